"""Rows of a sheet of volunteers, cell by cell: what is wrong with each is said, with what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from courtepointe.core.errors import BadInput
from courtepointe.engagement.days import months_after
from courtepointe.engagement.kinds import code_named, consent_in_force, folded, words_of
from courtepointe.engagement.texts import line
from courtepointe.engagement.values.volunteers import NewVolunteer

COLUMNS = ("code", "contact", "zone", "skills", "languages", "slots", "consented")
LISTS = ("skills", "languages", "slots")
LONGEST_CONTACT = 254
HEADER_ROWS = 1
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,9}", re.ASCII)
APART = re.compile(r"[;\n|]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the rows are read against.

    Attributes
    ----------
    zones : mapping of folded code or name -> number
    today : date
    file : str
        For messages.
    """

    zones: Mapping[str, int]
    today: date
    file: str = ""


def read_rows(
    rows: Sequence[Mapping[str, str]], sheet: Sheet
) -> tuple[list[NewVolunteer], list[BadInput]]:
    """Read rows of a sheet: column -> text, the columns being `COLUMNS`.

    Skills, languages and slots are codes or their words in either language, with semicolons between
    them. ``code`` is kept where it is two to ten letters, digits and hyphens and nobody has it; else one is
    drawn. ``consented`` is a day, 2026-03-31; a row without one cannot be kept. Where a row has a key
    ``row`` it is the row's number; else rows follow a line of names.
    """
    read: list[NewVolunteer] = []
    faults: list[BadInput] = []
    for place, cells in enumerate(rows, start=HEADER_ROWS + 1):
        row = int(cells.get("row") or place)
        found = list(_faults(cells, row, sheet))
        faults += found
        if not found:
            read.append(_volunteer(cells, row))
    return read, faults


def split(name: str, cell: str) -> list[tuple[str, str | None]]:
    """Give each entry of a cell with its code; a comma parts entries only where the whole is no entry."""
    parts = [part.strip() for part in APART.split(cell)]
    if len(parts) == 1 and code_named(name, parts[0]) is None:
        parts = [part.strip() for part in cell.split(",")]
    return [(part, code_named(name, part)) for part in parts if part]


def _volunteer(cells: Mapping[str, str], row: int) -> NewVolunteer:
    held = {name: tuple(code for _, code in _split(name, cells) if code) for name in LISTS}
    return NewVolunteer(
        **held,
        zone=cells.get("zone", "").strip(),
        contact=line(cells.get("contact", ""), longest=LONGEST_CONTACT),
        consented=date.fromisoformat(cells["consented"].strip()),
        row=row,
        code=code_kept(cells.get("code", "")),
    )


def code_kept(told: str) -> str:
    """Give a code that somebody has already as we keep it; nothing where it cannot be one of ours."""
    plain = told.strip().upper()
    return plain if CODE.fullmatch(plain) else ""


_KEPT: dict[tuple[str, str], list[tuple[str, str | None]]] = {}
MOST_KEPT = 20_000


def _split(name: str, cells: Mapping[str, str]) -> list[tuple[str, str | None]]:
    """Split a cell once for all the rows that say the same."""
    key = (name, cells.get(name, ""))
    found = _KEPT.get(key)
    if found is None:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        found = _KEPT[key] = split(*key)
    return found


def _faults(cells: Mapping[str, str], row: int, sheet: Sheet) -> Iterator[BadInput]:
    for name in LISTS:
        for text, code in _split(name, cells):
            if code is None:
                expected = ", ".join(words_of(name))
                yield BadInput(
                    "volunteer_cell", file=sheet.file, row=row, column=name, value=text[:60], expected=expected,
                )  # fmt: skip
    zone = cells.get("zone", "").strip()
    if zone and folded(zone) not in sheet.zones:
        yield BadInput(
            "volunteer_cell",
            file=sheet.file,
            row=row,
            column="zone",
            value=zone[:60],
            expected="zone",
        )
    if len(cells.get("contact", "")) > LONGEST_CONTACT:
        yield BadInput("volunteer_cell_long", file=sheet.file, row=row, column="contact", expected=LONGEST_CONTACT)  # fmt: skip
    yield from _consent(cells.get("consented", "").strip(), row, sheet)


def _consent(told: str, row: int, sheet: Sheet) -> Iterator[BadInput]:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        yield BadInput(
            "volunteer_consent", file=sheet.file, row=row, column="consented", value=told[:40]
        )
        return
    months = consent_in_force("volunteers").months
    if day > sheet.today or months_after(day, months) <= sheet.today:
        yield BadInput(
            "volunteer_consent", file=sheet.file, row=row, column="consented", value=told
        )
