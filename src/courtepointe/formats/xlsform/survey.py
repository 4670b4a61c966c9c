"""The sheet of questions, row after row, into questions inside groups; every fault by its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from courtepointe.core.errors import BadInput
from courtepointe.formats.xlsform.cells import SURVEY, Cells, cells_of
from courtepointe.formats.xlsform.expressions import is_balanced, references
from courtepointe.formats.xlsform.kinds import TypeCell, kinds, read_type
from courtepointe.formats.xlsform.names import is_name, name_from
from courtepointe.formats.xlsform.sheets import Sheet
from courtepointe.formats.xlsform.values import Choice, Group, Part, Question

GROUP = re.compile(r"(begin|end)[\s_]+(group|repeat|lgroup|looped[\s_]group)", re.IGNORECASE)
YES = frozenset({"yes", "true", "true()", "oui", "1"})
NO = frozenset({"", "no", "false", "false()", "non", "0"})
EXPRESSIONS = ("relevant", "constraint", "calculation", "repeat_count")


class Where(TypedDict):
    """The place of a cell, as errors name it."""

    file: str
    sheet: str
    row: int
    column: str


@dataclass(slots=True)
class _Open:
    """A group that has begun; the outermost one is the form."""

    cells: Cells
    repeat: bool = False
    parts: list[Part] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


class SurveyReader:
    """Reads rows in their order; what is wrong gathers in `faults`.

    Parameters
    ----------
    sheet : Sheet
    choices : mapping of list -> tuple of Choice
    file : str
        For messages.
    """

    def __init__(
        self, sheet: Sheet, choices: Mapping[str, tuple[Choice, ...]], *, file: str
    ) -> None:
        self.faults: list[BadInput] = []
        self._file, self._sheet, self._choices = file, sheet, choices
        self._rows = [cells_of(row, read=SURVEY) for row in sheet.rows]
        self._names = {cells.get("name") for cells in self._rows}
        self._open = [_Open(Cells(1, {}, {}, {}))]

    def parts(self) -> tuple[Part, ...]:
        """Read all rows."""
        for cells in self._rows:
            if cells.get("disabled").casefold() not in YES:
                self._read(cells)
        while len(self._open) > 1:
            cells = self._open.pop().cells
            self.faults.append(BadInput("xlsform_not_ended", **self._at(cells, "type"), value=cells.get("type")))  # fmt: skip
        return tuple(self._open[0].parts)

    def _at(self, cells: Cells, column: str) -> Where:
        return {"file": self._file, "sheet": self._sheet.name, "row": cells.row, "column": column}

    def _read(self, cells: Cells) -> None:
        kind = cells.get("type")
        if not kind:
            self.faults.append(BadInput("xlsform_cell_empty", **self._at(cells, "type")))
            return
        group = GROUP.fullmatch(kind)
        if group is None:
            self._question(cells, kind)
        elif group[1].casefold() == "begin":
            self._check(cells, labelled=False)
            self._open.append(_Open(cells, repeat=group[2].casefold() != "group"))
        else:
            self._end(cells, repeat=group[2].casefold() != "group")

    def _end(self, cells: Cells, *, repeat: bool) -> None:
        if len(self._open) == 1 or self._open[-1].repeat != repeat:
            self.faults.append(BadInput("xlsform_not_begun", **self._at(cells, "type"), value=cells.get("type")))  # fmt: skip
            return
        ended = self._open.pop()
        told = ended.cells
        if not ended.parts:
            self.faults.append(BadInput("xlsform_group_empty", **self._at(told, "name"), value=told.get("name")))  # fmt: skip
        group = Group(
            told.get("name"), tuple(ended.parts), told.text("label"), repeat, told.get("relevant"),
            told.get("repeat_count"), told.get("appearance"), told.more,
        )  # fmt: skip
        self._open[-1].parts.append(group)

    def _question(self, cells: Cells, text: str) -> None:
        told = read_type(text)
        if told is None:
            expected = ", ".join(kinds())
            self.faults.append(BadInput("xlsform_type", **self._at(cells, "type"), value=text, expected=expected))  # fmt: skip
            return
        self._check(cells, labelled=not told.kind.silent and told.kind.name != "note")
        if told.lists and told.choices not in self._choices:
            expected = ", ".join(self._choices) or "—"
            self.faults.append(BadInput("xlsform_list", **self._at(cells, "type"), value=told.choices, expected=expected))  # fmt: skip
        self._open[-1].parts.append(_question_of(cells, told))

    def _check(self, cells: Cells, *, labelled: bool) -> None:
        """Hold a row to what all rows must have."""
        self.faults.extend(self._name_faults(cells))
        if labelled and not (cells.text("label") or cells.text("hint")):
            self.faults.append(BadInput("xlsform_cell_empty", **self._at(cells, "label")))
        for column in EXPRESSIONS:
            self.faults.extend(self._expression_faults(cells, column))

    def _name_faults(self, cells: Cells) -> Iterator[BadInput]:
        name, at = cells.get("name"), self._at(cells, "name")
        rows = self._open[-1].rows
        if not name:
            yield BadInput("xlsform_cell_empty", **at)
        elif not is_name(name):
            yield BadInput("xlsform_name", **at, value=name, expected=name_from(name))
        elif name.casefold() in rows:
            yield BadInput(
                "xlsform_name_repeated", **at, value=name, first_row=rows[name.casefold()]
            )
        rows.setdefault(name.casefold(), cells.row)

    def _expression_faults(self, cells: Cells, column: str) -> Iterator[BadInput]:
        told = cells.get(column)
        if not is_balanced(told):
            yield BadInput("xlsform_expression", **self._at(cells, column), value=told)
            return
        for name in references(told):
            if name not in self._names:
                yield BadInput("xlsform_reference", **self._at(cells, column), value=name)


def _question_of(cells: Cells, told: TypeCell) -> Question:
    required = cells.get("required").casefold()
    # Required under a condition: kept as it is, and written back.
    more = {} if required in (YES | NO) else {"required": cells.get("required")}
    return Question(
        told.kind.name, cells.get("name"), cells.text("label"), cells.text("hint"), told.choices,
        told.or_other, required in YES, cells.get("relevant"), cells.get("constraint"),
        cells.text("constraint_message"), cells.get("calculation"), cells.get("appearance"),
        cells.get("default"), {**more, **cells.more},
    )  # fmt: skip
