"""Sheets counted: weights, shares with intervals, groups beside the others; a few people's answers are not told.

Pure: arrays are gathered from sheets once, and results leave as values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from courtepointe.core.small_counts import told_table
from courtepointe.core.survey import (
    UNKNOWN,
    Margin,
    Tell,
    design_effect,
    effective_n,
    equal_weights,
    few_of_a_weight,
    ordered_median,
    raked,
    weighted_mean,
    weighted_share,
    weights_tell,
)
from courtepointe.core.survey.protect import FEW
from courtepointe.core.typing import Bools, Floats
from courtepointe.portraits.surveys.asked import CLOSED, STATUSES, Asked, Given, is_asked
from courtepointe.portraits.surveys.beside import (
    Answered,
    Told,
    apart,
    groups_beside,
    groups_told,
    share_of,
)
from courtepointe.portraits.surveys.results import (
    Mean,
    Median,
    OptionShare,
    QuestionResult,
    Results,
    Share,
    Weighing,
)

LEAST = 10
"""Fewest answers of which a question has a result."""
Margins = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class _Sheets:
    """Sheets as arrays: who is of each group, who said that they are not, and everybody's weight."""

    given: Sequence[Given]
    weights: Floats
    member: Mapping[str, Bools]
    known: Mapping[str, Bools]


def counted(
    asked: Sequence[Asked], sheets: Sequence[tuple[str, Given]], margins: Margins
) -> Results:
    """Count the sheets of a survey.

    Parameters
    ----------
    asked : sequence of Asked
    sheets : sequence of (channel, answers)
    margins : mapping of question -> mapping of answer -> persons
        How many live there, for questions about who answers.
    """
    given = [answers for _, answers in sheets]
    weights, weighing = _weighed(asked, given, margins)
    held = _Sheets(given, weights, *_groups(asked, given))
    content = [one for one in asked if not one.about]
    found = [_question(one, held) for one in content]
    return Results(
        len(sheets), dict(sorted(Counter(channel for channel, _ in sheets).items())), weighing,
        tuple(apart(found)),
    )  # fmt: skip


def channels_told(channels: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Say of each way in which sheets came how many did, and what of it may be told beside their number in all.

    Returns
    -------
    list of (channel, sheets, what of `courtepointe.core.small_counts.Told`)
    """
    if not channels:
        return []
    told = told_table(np.array([list(channels.values())], dtype=np.int64)).cells[0].tolist()
    return [(code, n, mark) for (code, n), mark in zip(channels.items(), told, strict=True)]


def _weighed(
    asked: Sequence[Asked], given: Sequence[Given], margins: Margins
) -> tuple[Floats, Weighing]:
    used: list[Margin] = []
    contradicted: list[Margin] = []
    for one in (one for one in asked if one.about and one.code in margins):
        place = {code: n for n, code in enumerate(one.codes)}
        of = np.array([place.get(_chosen(answers, one.code), UNKNOWN) for answers in given], dtype=np.int64)  # fmt: skip
        people = np.array([margins[one.code].get(code, 0.0) for code in one.codes], dtype=np.float64)  # fmt: skip
        if people.sum() <= 0.0 or not (of >= 0).any():
            continue
        margin = Margin(one.code, of, people)
        (contradicted if margin.unexpected().any() else used).append(margin)
    if not used:
        none = Weighing(contradicted=tuple(one.name for one in contradicted))
        return equal_weights(len(given)).values, none
    made = raked(used)
    codes = {one.code: one.codes for one in asked}
    return made.values, Weighing(
        by=tuple(one.name for one in used),
        empty=tuple((name, codes[name][category]) for name, category in made.empty),
        contradicted=tuple(one.name for one in contradicted),
        disagree=made.disagree,
        n_trimmed=made.n_trimmed,
        off=made.off,
        effect=design_effect(made.values),
    )


def _chosen(answers: Given, code: str) -> str:
    said = answers.get(code)
    return said if isinstance(said, str) else ""


def _groups(
    asked: Sequence[Asked], given: Sequence[Given]
) -> tuple[dict[str, Bools], dict[str, Bools]]:
    """Tell who is of each group of the lens, and of whom it is known whether they are."""
    member, known = {}, {}
    for one in (one for one in asked if one.about):
        of = {option.code: option.groups for option in one.options}
        said = [_chosen(answers, one.code) for answers in given]
        for group in dict.fromkeys(group for told in of.values() for group in told):
            member[group] = np.array([group in of.get(code, ()) for code in said], dtype=np.bool_)
            known[group] = np.array([code in of for code in said], dtype=np.bool_)
    return member, known


def _question(asked: Asked, held: _Sheets) -> QuestionResult:
    """Count a question: whom it was asked of, who answered, what they said."""
    was_asked = np.array([is_asked(asked, answers) for answers in held.given], dtype=np.bool_)
    said = [answers.get(asked.code) for answers in held.given]
    answered = was_asked & np.array([_is_answer(one) for one in said], dtype=np.bool_)
    n = int(answered.sum())
    if n < LEAST:
        return QuestionResult(asked.code, str(Tell.TOO_FEW))
    values = [said[i] for i in np.flatnonzero(answered)]
    chosen = {code: _has(values, code) for code in asked.codes} if asked.kind in CLOSED else {}
    yes = np.array([bool(asked.yes & _codes(one)) for one in values], dtype=np.bool_)
    weights = held.weights[answered]
    if asked.kind == "number":
        return _number(asked, values, weights, _silences(said, was_asked, n))
    # Of a question that depends on another, how many of a group answered would tell what it said to that one.
    beside = _answered(yes, weights, answered, held) if asked.yes and not asked.when else None
    told = groups_told(beside) if beside else Told({}, {})
    cells = [yes, *chosen.values()] if asked.yes else list(chosen.values())
    is_weighed = not weights_tell(weights, cells, told.sets)
    weights = weights if is_weighed else np.ones(n)
    of_groups = is_weighed and not weights_tell(weights, cells, told.sets, weighed=told.sets)
    return QuestionResult(
        asked.code, str(Tell.TOLD), n, effective_n(weights), is_weighed=is_weighed,
        options=tuple(OptionShare(code, _share(one, weights)) for code, one in chosen.items()),
        median=_median(asked, values, weights),
        yes=_share(yes, weights) if asked.yes else None,
        groups=groups_beside(beside, told, is_weighed=of_groups) if beside else (),
        **_silences(said, was_asked, n),
    )  # fmt: skip


def _number(
    asked: Asked, values: Sequence[Any], weights: Floats, silences: Mapping[str, Any]
) -> QuestionResult:
    is_weighed = not few_of_a_weight(weights)
    weights = weights if is_weighed else np.ones(weights.size)
    mean = weighted_mean(np.array(values, dtype=np.float64), weights)
    return QuestionResult(
        asked.code, str(Tell.TOLD), mean.n, mean.n_effective, is_weighed=is_weighed,
        mean=Mean(mean.value, mean.low, mean.high), **silences,
    )  # fmt: skip


def _answered(yes: Bools, weights: Floats, answered: Bools, held: _Sheets) -> Answered:
    member = {group: of[answered] for group, of in held.member.items()}
    return Answered(yes, weights, member, {group: of[answered] for group, of in held.known.items()})


def _is_answer(said: Any) -> bool:
    return said is not None and not (isinstance(said, str) and said in STATUSES)


def _codes(said: Any) -> frozenset[str]:
    return frozenset(said) if isinstance(said, list) else frozenset({said})


def _has(values: Sequence[Any], code: str) -> Bools:
    return np.array([code in _codes(one) for one in values], dtype=np.bool_)


def _silences(said: Sequence[Any], was_asked: Bools, n: int) -> dict[str, Any]:
    told = Counter(one for one in said if isinstance(one, str) and one in STATUSES)
    silent = int(was_asked.sum()) - n
    parts = [told["not_known"], told["no_answer"], silent - told["not_known"] - told["no_answer"]]
    is_told = not any(0 < one < FEW for one in parts)
    return {
        "n_silent": silent,
        "n_not_known": parts[0] if is_told else None,
        "n_no_answer": parts[1] if is_told else None,
    }


def _share(yes: Bools, weights: Floats) -> Share:
    return share_of(weighted_share(yes, weights), yes, weights)


def _median(asked: Asked, values: Sequence[Any], weights: Floats) -> Median | None:
    if asked.kind != "scale":
        return None
    places = np.array([asked.codes.index(one) for one in values], dtype=np.int64)
    made = ordered_median(places, weights, n_answers=len(asked.codes))
    return Median(*(asked.codes[place] for place in (made.place, made.low, made.high)))
