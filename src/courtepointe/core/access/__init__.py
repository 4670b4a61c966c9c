"""Access to sites as people: who is covered, what capacity each reaches, how unequal it is.

See ``docs/methods/access.md``. Minutes come from `core.streets`.
"""

from courtepointe.core.access.coverage import (
    LIMITS_MIN,
    Coverage,
    Gap,
    coverage,
    gap,
    median_minutes,
)
from courtepointe.core.access.equity import (
    Concentration,
    KolmPollak,
    Theil,
    concentration,
    gini,
    kolm_pollak,
    theil,
)
from courtepointe.core.access.floating import (
    Access,
    Reach,
    balanced,
    gaussian,
    in_reach,
    in_steps,
    power,
    three_step,
    two_step,
    within,
)
from courtepointe.core.access.placing import (
    LEAST_COVERED,
    NEAR_M,
    Placed,
    Spread,
    along_streets,
    covered_along,
)
from courtepointe.core.access.rational import TAU_MIN, Rational, rational

__all__ = [
    "LEAST_COVERED",
    "LIMITS_MIN",
    "NEAR_M",
    "TAU_MIN",
    "Access",
    "Concentration",
    "Coverage",
    "Gap",
    "KolmPollak",
    "Placed",
    "Rational",
    "Reach",
    "Spread",
    "Theil",
    "along_streets",
    "balanced",
    "concentration",
    "coverage",
    "covered_along",
    "gap",
    "gaussian",
    "gini",
    "in_reach",
    "in_steps",
    "kolm_pollak",
    "median_minutes",
    "power",
    "rational",
    "theil",
    "three_step",
    "two_step",
    "within",
]
