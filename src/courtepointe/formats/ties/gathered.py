"""Cells of any file of ties made into organisations and ties, every fault named with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from rapidfuzz import fuzz, process

from courtepointe.core.errors import BadInput
from courtepointe.formats.letters import folded
from courtepointe.formats.ties.values import NamedTie, Organisation
from courtepointe.formats.ties.vocabulary import Vocabulary

Cells: TypeAlias = Mapping[str, str]
"""Field -> text; empty where the row says nothing."""
NEAR = 80.0
"""How alike a name must be to be offered in place of an unknown one, of 100."""
ORGANISATION_FIELDS = ("code", "name", "sector", "answered")
TIE_FIELDS = ("from", "to", "kind", "frequency", "trust")


@dataclass(slots=True)
class Faults:
    """What is wrong with a file, in the order of its rows."""

    file: str
    headings: Mapping[str, str] = field(default_factory=dict)
    found: list[BadInput] = field(default_factory=list)

    def lacks(self, row: int | str, column: str) -> None:
        """Note a cell that must be filled."""
        self.found.append(
            BadInput("ties_lacks", file=self.file, row=row, column=self._heading(column))
        )

    def value(self, row: int | str, column: str, value: str, expected: Iterable[str]) -> None:
        """Note a cell that is not understood."""
        told = ", ".join(expected)
        self.found.append(
            BadInput("ties_value", file=self.file, row=row, column=self._heading(column),
                     value=value, expected=told)
        )  # fmt: skip

    def add(self, fault: BadInput) -> None:
        """Note another fault."""
        self.found.append(fault)

    def _heading(self, column: str) -> str:
        return self.headings.get(column, column)


def organisations_of(
    rows: Sequence[tuple[int | str, Cells]], faults: Faults, words: Vocabulary
) -> tuple[Organisation, ...]:
    """Make organisations of rows; a code or a name that comes twice is a fault."""
    made: list[Organisation] = []
    codes: dict[str, int | str] = {}
    names: dict[str, int | str] = {}
    for row, cells in rows:
        name = cells.get("name", "")
        if not name:
            faults.lacks(row, "name")
            continue
        code = cells.get("code", "") or name
        _once(codes, code, row, faults, "code", code)
        _once(names, folded(name), row, faults, "name", name)
        answered = None
        if said := cells.get("answered", ""):
            answered = words.answer(said)
            if answered is None:
                faults.value(row, "answered", said, words.answers["fr"] + words.answers["en"])
        made.append(Organisation(code, name, cells.get("sector", ""), answered))
    return tuple(made)


def _once(
    held: dict[str, int | str], key: str, row: int | str, faults: Faults, column: str, value: str
) -> None:
    if key in held:
        faults.add(
            BadInput("ties_organisation_twice", file=faults.file, row=row, first_row=held[key],
                     column=faults.headings.get(column, column), value=value)
        )  # fmt: skip
    held.setdefault(key, row)


@dataclass(frozen=True, slots=True)
class Roll:
    """Organisations by code and by name."""

    by_code: Mapping[str, str]
    by_name: Mapping[str, str]
    names: tuple[str, ...]

    def find(self, cell: str) -> str | None:
        """Give the code of who is meant: a code first, else a name."""
        return self.by_code.get(cell) or self.by_name.get(folded(cell))

    def nearest(self, cell: str) -> str:
        """Give the name most like a cell, or nothing where none is like it."""
        best = process.extractOne(
            cell, self.names, scorer=fuzz.WRatio, processor=folded, score_cutoff=NEAR
        )
        return str(best[0]) if best else ""


def roll_of(organisations: Iterable[Organisation]) -> Roll:
    """Index organisations by code and name."""
    held = tuple(organisations)
    return Roll(
        {one.code: one.code for one in held},
        {folded(one.name): one.code for one in held},
        tuple(one.name for one in held),
    )


def ties_of(
    rows: Iterable[tuple[int | str, Cells]], roll: Roll, faults: Faults, words: Vocabulary
) -> tuple[tuple[NamedTie, ...], int]:
    """Make ties of rows; give them and how many rows only repeat another.

    A tie to itself, an unknown name, a word that is not understood, and two rows that contradict
    each other are faults.
    """
    held: dict[tuple[str, str, str], tuple[NamedTie, int | str]] = {}
    repeated = 0
    for row, cells in rows:
        tie = _tie(row, cells, roll, faults, words)
        if tie is None:
            continue
        key = (tie.from_code, tie.to_code, tie.kind)
        if key not in held:
            held[key] = (tie, row)
        elif held[key][0] == tie:
            repeated += 1
        else:
            faults.add(
                BadInput("ties_tie_twice", file=faults.file, row=row, first_row=held[key][1])
            )
    return tuple(tie for tie, _ in held.values()), repeated


def _tie(
    row: int | str, cells: Cells, roll: Roll, faults: Faults, words: Vocabulary
) -> NamedTie | None:
    """Make a tie of a row; None where something in it is wrong, and noted."""
    before = len(faults.found)
    start, end = (_end(row, side, cells.get(side, ""), roll, faults) for side in ("from", "to"))
    kind = _kind(row, cells.get("kind", ""), faults, words)
    often = _level(row, "frequency", cells, words.frequencies, faults, words)
    trust = _level(row, "trust", cells, words.trusts, faults, words)
    if start == end and start:
        faults.add(BadInput("ties_self", file=faults.file, row=row, value=cells["from"]))
    return NamedTie(start, end, kind, often, trust) if len(faults.found) == before else None


def _kind(row: int | str, said: str, faults: Faults, words: Vocabulary) -> str:
    kind = words.kind(said) if said else ""
    if kind is None:
        expected = [told[lang] for lang in ("fr", "en") for told in words.kinds.values()]
        faults.value(row, "kind", said, expected)
    return kind or ""


def _level(
    row: int | str,
    column: str,
    cells: Cells,
    levels: Mapping[str, tuple[str, ...]],
    faults: Faults,
    words: Vocabulary,
) -> int | None:
    said = cells.get(column, "")
    level = words.level(said, levels) if said else None
    if said and level is None:
        expected = [f"1-{len(levels['fr'])}", *levels["fr"], *levels["en"]]
        faults.value(row, column, said, expected)
    return level


def _end(row: int | str, side: str, cell: str, roll: Roll, faults: Faults) -> str:
    if not cell:
        faults.lacks(row, side)
        return ""
    found = roll.find(cell)
    if found is None:
        facts = {"file": faults.file, "row": row, "column": faults.headings.get(side, side)}
        nearest = roll.nearest(cell)
        if nearest:
            faults.add(BadInput("ties_unknown_near", **facts, value=cell, expected=nearest))
        else:
            faults.add(BadInput("ties_unknown", **facts, value=cell))
    return found or ""
