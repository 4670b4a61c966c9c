"""The register of incidents, and what each line still lacks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from courtepointe.people.models import Incident


@dataclass(frozen=True, slots=True)
class IncidentTold:
    """What the register says of an incident (Regulation respecting confidentiality incidents, section 7).

    Attributes
    ----------
    happened : str
        The day or the time over which it happened, or what is known of it.
    data : str
        Which personal information, or why that is not known.
    people_count : int or None
        About how many persons; None where it is not known.
    sensitivity, consequences, likelihood : str
        What the judgement on the risk of serious harm rests on.
    is_serious : bool or None
        The judgement; None where it was not made yet.
    cai_told, people_told : date or None
        When the Commission d'accès à l'information, and the persons, were told.
    public_notice : str
        Whether a public notice was given, and why.
    """

    discovered: date
    what: str
    happened: str = ""
    data: str = ""
    people_count: int | None = None
    sensitivity: str = ""
    consequences: str = ""
    likelihood: str = ""
    is_serious: bool | None = None
    cai_told: date | None = None
    people_told: date | None = None
    public_notice: str = ""
    measures: str = ""

    @property
    def lacking(self) -> tuple[str, ...]:
        """Name what the register still lacks, the most urgent first; words are in ``privacy.toml``."""
        urgent = ("cai_told", "people_told") if self.is_serious else ()
        asked = ("data", "happened", "people_count", "sensitivity", "consequences", "likelihood")
        unjudged = ("is_serious",) if self.is_serious is None else ()
        silent = (name for name in (*asked, "measures") if getattr(self, name) in ("", None))
        return (*(n for n in urgent if getattr(self, n) is None), *unjudged, *silent)


COLUMNS = tuple(field.name for field in fields(IncidentTold))


@dataclass(frozen=True, slots=True)
class IncidentSeen:
    """A line of the register."""

    number: int
    told: IncidentTold
    noted_by: str


def incidents_of(workspace_id: int) -> tuple[IncidentSeen, ...]:
    """List a workspace's incidents, the newest first."""
    rows = Incident.objects.select_related("noted_by").filter(workspace_id=workspace_id)
    return tuple(map(_seen, rows.order_by("-discovered", "-pk")))


def _seen(row: Incident) -> IncidentSeen:
    told = IncidentTold(**{name: getattr(row, name) for name in COLUMNS})
    return IncidentSeen(row.pk, told, row.noted_by.name if row.noted_by else "")
