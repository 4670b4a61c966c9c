"""What is written as SDMX: observations, and the code lists that they use."""

from __future__ import annotations

from dataclasses import dataclass

AGENCY = "COURTEPOINTE"
STRUCTURE = "FIGURES"
VERSION = "1.0.0"
DIMENSIONS = ("AREA_TYPE", "REF_AREA", "INDICATOR")
MEASURE = "OBS_VALUE"
NUMBERS = ("LOW", "HIGH", "COVERAGE")
ATTRIBUTES = (
    "OBS_STATUS", "STATUS", "LOW", "HIGH", "UNCERTAINTY", "UNIT_MEASURE", "METHOD", "COVERAGE",
    "REF_PERIOD", "RELEASE", "CAUTIONS",
)  # fmt: skip
CODED = {"INDICATOR": "CL_INDICATOR", "OBS_STATUS": "CL_OBS_STATUS", "STATUS": "CL_STATUS"}
OBS_STATUS = {
    "published": "A",
    "aggregated": "A",
    "suppressed": "Q",
    "unreliable": "Q",
    "not_available": "O",
    "not_applicable": "M",
    "not_loaded": "L",
}
"""Our statuses among those of SDMX's own list (CL_OBS_STATUS 2.2)."""
OBS_STATUS_NAMES = {
    "A": ("Valeur normale", "Normal value"),
    "L": ("Valeur manquante ; les données existent mais n’ont pas été recueillies",
          "Missing value; data exist but were not collected"),
    "M": ("Valeur manquante ; les données ne peuvent pas exister",
          "Missing value; data cannot exist"),
    "O": ("Valeur manquante", "Missing value"),
    "Q": ("Valeur manquante ; supprimée", "Missing value; suppressed"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a list, in both languages."""

    id: str
    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure as SDMX sees it.

    Attributes
    ----------
    key : (3,) tuple of str
        ``AREA_TYPE``, ``REF_AREA``, ``INDICATOR``.
    value : float or None
    attributes : dict of name -> text, number or None
        Those of `ATTRIBUTES`.
    """

    key: tuple[str, str, str]
    value: float | None
    attributes: dict[str, str | float | None]


@dataclass(frozen=True, slots=True)
class Message:
    """Observations with all that a message says of itself.

    Attributes
    ----------
    id : str
        Letters, digits, ``-`` and ``_``.
    prepared : str
        ISO 8601 with its time zone.
    notes : dict of name -> text
        Releases, licences, citation, pack hash: annotations of the data set.
    """

    id: str
    lang: str
    prepared: str
    title: str
    observations: tuple[Observation, ...]
    indicators: tuple[Code, ...]
    statuses: tuple[Code, ...]
    notes: dict[str, str]

    def codes(self, component: str) -> tuple[Code, ...]:
        """Give the codes of a coded component."""
        if component == "INDICATOR":
            return self.indicators
        if component == "STATUS":
            return self.statuses
        return tuple(Code(code, *names) for code, names in OBS_STATUS_NAMES.items())
