"""Answers of a survey: weights, shares with intervals, medians of ordered answers, groups beside the others.

What somebody did not know, would not say or was not asked is no answer: it is left out of every array
here, never counted as 0. See ``docs/methods/surveys.md``.
"""

from courtepointe.core.survey.beside import Gap, gap_of
from courtepointe.core.survey.design import design_effect, effective_n
from courtepointe.core.survey.estimates import (
    Estimate,
    MedianPlace,
    ordered_median,
    weighted_mean,
    weighted_share,
    wilson,
)
from courtepointe.core.survey.protect import (
    Tell,
    few_of_a_weight,
    gives_away,
    in_percents,
    telling,
    weights_tell,
)
from courtepointe.core.survey.weights import (
    UNKNOWN,
    Margin,
    Weights,
    equal_weights,
    post_stratified,
    raked,
)

__all__ = [
    "UNKNOWN",
    "Estimate",
    "Gap",
    "Margin",
    "MedianPlace",
    "Tell",
    "Weights",
    "design_effect",
    "effective_n",
    "equal_weights",
    "few_of_a_weight",
    "gap_of",
    "gives_away",
    "in_percents",
    "ordered_median",
    "post_stratified",
    "raked",
    "telling",
    "weighted_mean",
    "weighted_share",
    "weights_tell",
    "wilson",
]
