"""The privacy impact sheet of a workspace (ÉFVP), drawn from what the rooms declare, ready to be printed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from courtepointe.people.fields import field_words
from courtepointe.people.personal import Datum, Declared, closed_list, declared
from courtepointe.people.roles import FOLDER, kinds, rights, roles, shared_sets
from courtepointe.people.values import Agreement, Workspace
from courtepointe.press.numbers import date_text
from courtepointe.press.patches import patch_mark
from courtepointe.press.publication.told import pair
from courtepointe.press.publication.values import (
    Block,
    Cell,
    Part,
    Publication,
    Table,
    TableBlock,
    TextBlock,
)
from courtepointe.press.templates.values import SheetKind
from courtepointe.press.words import typeset

DATA_WIDE = (0.24, 0.17, 0.19, 0.2, 0.2)


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / "impact.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Who writes the sheet, in one language."""

    about: Workspace
    agreements: Sequence[Agreement]
    lang: str
    all: Declared

    def said(self, *path: str) -> str:
        entry: Any = _words()
        for step in path:
            entry = entry[step]
        return typeset(str(entry[self.lang]), lang=self.lang)

    def column(self, *names: str) -> tuple[str, ...]:
        return tuple(self.said("column", name) for name in names)

    def of(self, table: Mapping[str, Any], code: str) -> str:
        return typeset(table[code].in_(self.lang), lang=self.lang) if code in table else code

    def text(self, code: str, **facts: str) -> Iterator[Block]:
        """Give the fixed words of a part, then what the workspace must write."""
        entry = _words()["part"][code]
        lines = entry.get("text", {}).get(self.lang, ())
        told = tuple(typeset(line.format(**facts), lang=self.lang) for line in lines)
        if told:
            yield TextBlock(told)
        if "lacks" in entry:
            yield TextBlock((), warning=self.todo("part", code, "lacks"))

    def todo(self, *path: str) -> str:
        return self.said("todo").replace("{what}", self.said(*path))

    def part(self, code: str, *blocks: Block, **facts: str) -> Part:
        return Part(code, self.said("part", code), (*self.text(code, **facts), *blocks))


def impact_sheet(
    about: Workspace, agreements: Sequence[Agreement], *, lang: str, today: date
) -> Publication:
    """Write the sheet of a workspace, in French or in English, as of a day."""
    writer = _Writer(about, agreements, lang, declared())
    kind = writer.of(kinds(), about.kind)
    title = f"{writer.said('sheet')} · {about.name}"
    return Publication(
        template="impact",
        kind=writer.said("sheet"),
        sheet=SheetKind.PAGE,
        lang=lang,
        title=title,
        name=about.name,
        notice=writer.said("notice"),
        identity=(),
        mark=patch_mark(about.slug),
        parts=tuple(_parts(writer, kind)),
        data=(),
        fit=(),
        sources=(),
        notes=(),
        foot=f"Courtepointe · {about.name} · {date_text(today.isoformat(), lang=lang)}",
        citation="",
        pack_hash="",
        dated=today.isoformat(),
    )


def _parts(writer: _Writer, kind: str) -> Iterator[Part]:
    about = writer.about
    officer = ", ".join(filter(None, (about.officer_title, about.officer_contact))) or "—"
    purpose = TextBlock((), warning=writer.todo("part", "system", "no_purpose"))
    if about.purpose:
        said = writer.said("part", "system", "purpose").replace("{purpose}", about.purpose)
        purpose = TextBlock((said,))
    yield writer.part("who", name=about.name, kind=kind, officer=officer)
    yield writer.part("system", purpose)
    yield writer.part("data", *_data(writer))
    yield writer.part("readers", _roles(writer))
    yield writer.part("shared", _shared(writer))
    yield writer.part("safeguards")
    yield writer.part("rights")
    yield writer.part("risks", _risks(writer))
    yield writer.part("decision")


def _data(writer: _Writer) -> Iterator[TableBlock]:
    """Write one table for each kind of rows: what a person looks for is who they are in it."""
    columns = writer.column("what", "purpose", "readers", "ground", "end")
    for held in writer.all.models.values():
        if held.data:
            rows = tuple(_datum(writer, held.model, datum) for datum in held.data)
            name = typeset(held.name.in_(writer.lang), lang=writer.lang)
            caption = f"{name[:1].upper()}{name[1:]}"
            yield TableBlock(Table(caption, columns, rows, DATA_WIDE))


def _datum(writer: _Writer, model: str, datum: Datum) -> tuple[Cell, ...]:
    readers = {**rights(), **closed_list("readers")}
    rule = writer.all.rules[datum.retention]
    ground = writer.of(closed_list("grounds"), datum.ground)
    sensitivity = writer.of(closed_list("sensitivities"), datum.sensitivity)
    end = writer.of(closed_list("ends"), rule.then)
    until = typeset(rule.words.in_(writer.lang), lang=writer.lang)
    names = [field_words(model, name).in_(writer.lang) for name in datum.fields]
    mark = " ; " if writer.lang == "fr" else "; "
    read_by = mark.join(_reader(writer, readers, code) for code in datum.readers)
    return (
        Cell(typeset(", ".join(dict.fromkeys(names)), lang=writer.lang)),
        Cell(writer.of(writer.all.purposes, datum.purpose)),
        Cell(typeset(read_by, lang=writer.lang)),
        Cell(f"{ground} — {sensitivity}"),
        Cell(pair(until, end, lang=writer.lang)),
    )


def _reader(writer: _Writer, readers: Mapping[str, Any], code: str) -> str:
    """Name who reads: a right is named by the roles that give it, that of reading by all members."""
    if code == "read":
        return writer.of(readers, "members")
    if code not in rights():
        return writer.of(readers, code)
    holders = [role.name.in_(writer.lang) for role in roles().values() if code in role.rights]
    return ", ".join(holders)


def _roles(writer: _Writer) -> TableBlock:
    rows = tuple(
        (
            Cell(role.name.in_(writer.lang)),
            Cell("; ".join(writer.of(rights(), code) for code in rights() if code in role.rights)),
        )
        for role in roles().values()
    )
    caption = writer.said("part", "readers")
    return TableBlock(Table(caption, writer.column("role", "rights"), rows, (0.28, 0.72)))


def _shared(writer: _Writer) -> Block:
    """List the agreements in force by which this workspace shows something."""
    shown = [
        one
        for one in writer.agreements
        if one.owner_slug == writer.about.slug and one.state == "accepted"
    ]
    if not shown:
        return TextBlock((writer.said("part", "shared", "none"),))
    rows = tuple(
        (
            Cell(one.receiver),
            Cell(f"{writer.of(shared_sets(), one.what)}. {one.purpose}"),
            Cell(date_text(one.until.isoformat(), lang=writer.lang)),
        )
        for one in shown
    )
    columns = writer.column("receiver", "shown", "until")
    return TableBlock(Table(writer.said("part", "shared"), columns, rows, (0.3, 0.5, 0.2)))


def _risks(writer: _Writer) -> TableBlock:
    rows = tuple(
        (Cell(writer.said("risk", code, "what")), Cell(writer.said("risk", code, "measure")))
        for code in _words()["risk"]
    )
    caption = writer.said("part", "risks")
    return TableBlock(Table(caption, writer.column("risk", "measure"), rows, (0.4, 0.6)))
