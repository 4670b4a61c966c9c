"""How far two readings of the same passages agree, when new ones stop bringing new codes, how broad evidence is.

See ``docs/methods/evidence.md``.
"""

from __future__ import annotations

from courtepointe.core.agreement.alpha import krippendorff_alpha
from courtepointe.core.agreement.breadth import Band, Breadth, breadth_of
from courtepointe.core.agreement.kappa import cohen_kappa, confusion
from courtepointe.core.agreement.saturation import Saturation, Seen, saturation
from courtepointe.core.agreement.values import MISSING, Agreement, Metric, Status

__all__ = [
    "MISSING",
    "Agreement",
    "Band",
    "Breadth",
    "Metric",
    "Saturation",
    "Seen",
    "Status",
    "breadth_of",
    "cohen_kappa",
    "confusion",
    "krippendorff_alpha",
    "saturation",
]
