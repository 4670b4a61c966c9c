"""The sheet of a meeting: before it, an agenda and a list to sign; after it, minutes and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.press.attestations.setting import print_paper, said
from courtepointe.press.numbers import date_text
from courtepointe.press.patches import patch_mark
from courtepointe.press.templates.values import Paper

BLANK_LINES = 6
"""Left at the foot of a list to sign, for people who were not expected."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item: ``minutes`` is 0 where it is not told; ``notes`` are the minutes of the item."""

    title: str
    minutes: int = 0
    led_by: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.title.strip() or self.minutes < 0:
            raise BadInput("agenda_line", value=self.title)


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """One seat: ``status`` is ``expected``, ``present``, ``excused`` or ``absent``."""

    seat: str
    role: str = ""
    status: str = "expected"

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise BadInput("presence_status", value=self.status, expected=", ".join(STATUSES))


STATUSES = ("expected", "present", "excused", "absent")


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision: what it changes and the day on which it is looked at again, where they are told."""

    number: str
    text: str
    changes: str = ""
    review: date | None = None


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """What the sheet of a meeting says.

    Attributes
    ----------
    when, where : str
        In words: « mardi 10 mars 2026, de 19 h à 21 h 30 ».
    state : str
        ``planned``, ``held`` or ``cancelled``.
    quorum : str
        In words; empty where there is none.
    made : date
        Of the file.
    """

    title: str
    kind: str
    workspace: str
    mark: str
    when: str
    where: str
    state: str
    made: date
    agenda: tuple[AgendaLine, ...] = ()
    presence: tuple[PresenceLine, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    minutes: tuple[str, ...] = ()
    quorum: str = ""
    access: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip() or self.state not in ("planned", "held", "cancelled"):
            raise BadInput("meeting_sheet", value=self.title)


def write_meeting_sheet(
    made: MeetingSheet, *, lang: str, fonts: Path, paper: Paper | str = Paper.LETTER
) -> bytes:
    """Write the sheet of a meeting as PDF/UA-1.

    Raises
    ------
    BadInput
        ``unknown_paper``, ``unknown_language``.
    """
    held = made.state == "held"
    told: dict[str, Any] = {
        "title": made.title,
        "kind": made.kind,
        "workspace": made.workspace,
        "mark": patch_mark(made.mark),
        "state": said(f"state_{made.state}", lang=lang),
        "facts": [[said(key, lang=lang), text] for key, text in _facts(made) if text],
        "agenda": [_agenda(line, place, lang) for place, line in enumerate(made.agenda, start=1)],
        "presence": [_presence(line, lang) for line in made.presence],
        "to_sign": not held,
        "blank": 0 if held else BLANK_LINES,
        "minutes": list(made.minutes),
        "decisions": [_decision(line, lang) for line in made.decisions],
        "words": {key: said(key, lang=lang) for key in WORDS},
        "page": said("page", lang=lang, n="{n}", all="{all}"),
    }
    return print_paper("sheet.typ", told, lang=lang, made=made.made, fonts=fonts, paper=paper)


WORDS = (
    "agenda", "item", "led_by", "minutes_of", "presence", "seat", "seat_role", "signed", "status",
    "decisions", "decision", "changes", "review", "notes_here", "minutes_title",
)  # fmt: skip


def _facts(made: MeetingSheet) -> list[tuple[str, str]]:
    return [
        ("when", made.when), ("where", made.where), ("access", made.access), ("quorum", made.quorum),
    ]  # fmt: skip


def _agenda(line: AgendaLine, place: int, lang: str) -> dict[str, Any]:
    minutes = said("minutes", lang=lang, n=line.minutes) if line.minutes else ""
    return {
        "place": str(place),
        "title": line.title,
        "minutes": minutes,
        "led_by": line.led_by,
        "notes": list(line.notes),
    }


def _presence(line: PresenceLine, lang: str) -> dict[str, str]:
    return {
        "seat": line.seat,
        "role": line.role,
        "status": said(f"presence_{line.status}", lang=lang),
    }


def _decision(line: DecisionLine, lang: str) -> dict[str, str]:
    review = "" if line.review is None else date_text(line.review.isoformat(), lang=lang)
    return {"number": line.number, "text": line.text, "changes": line.changes, "review": review}
