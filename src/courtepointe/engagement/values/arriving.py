"""What a sheet says of activities and of who was where, before the room has looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from courtepointe.engagement.values.activities import NewActivity


@dataclass(frozen=True, slots=True)
class ArrivingActivity:
    """An activity of a sheet, with how many came and what it cost where the sheet says so.

    Attributes
    ----------
    participants : int or None
        Of no told age.
    cost_cad : Decimal or None
        Actual where the activity is over, else planned.
    row : int
    """

    what: NewActivity
    participants: int | None = None
    cost_cad: Decimal | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody at a gathering, as a row says it.

    Attributes
    ----------
    who : str
        A name, an organisation, or a volunteer's code. It is matched, and not kept.
    status : str
        Of `Presence.Status`: ``present``, ``excused``, ``absent``.
    """

    row: int
    day: date
    gathering: str
    who: str = field(repr=False)
    organisation: str = ""
    status: str = "present"


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting, an activity or a session of a training, as rows are matched with it.

    Attributes
    ----------
    what : str
        ``meeting``, ``activity``, ``session``.
    names : frozenset of str
        What it is called, folded: its title, its committee, its training in both languages.
    seats : mapping of a folded name of a person or an organisation -> seat's number
        Of a meeting: who sits that day.
    is_noted : bool
        Whether somebody wrote already who was there.
    attested : frozenset of str
        Of a session: codes of volunteers whose attendance is attested.
    """

    what: str
    number: int
    day: date
    starts: datetime
    names: frozenset[str]
    is_called_off: bool = False
    is_noted: bool = False
    seats: Mapping[str, int] = field(default_factory=dict)
    attested: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Misfit:
    """What of a row the room cannot take: which field, why; codes are those of the bringing's words."""

    row: int
    field: str
    code: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Who was at one gathering, as its rows say together.

    Attributes
    ----------
    seats : mapping of seat's number -> status
    came : int
        Of a meeting: those who were there and hold no seat; of an activity: all who were there.
    codes : mapping of volunteer's code -> whether they were there
    """

    gathering: Gathering
    seats: Mapping[int, str]
    came: int
    codes: Mapping[str, bool]
