"""Read templates from TOML; what is unknown is refused by name.

What ``of`` may say, by kind of block:

========== ==========================================================================
figure     ``key`` (of the whole portrait), ``section``, or nothing with ``codes``
sentence   ``fit``, ``standing``, ``section``, ``gaps``, ``notes``
chart      ``section``
map        ``place`` (the area among its neighbours), ``section``
table      ``key``, ``section``, ``main`` (of the section, without the parts of breakdowns)
places     ``section``
========== ==========================================================================
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput, NotFound
from courtepointe.press.templates.values import (
    EACH,
    BlockKind,
    Condition,
    SheetKind,
    Template,
    TemplateBlock,
    TemplatePart,
)

FOLDER = Path(__file__).parent
SHIPPED = ("portrait", "fiche", "dossier", "assemblee")
OF: Mapping[BlockKind, tuple[str, ...]] = {
    BlockKind.FIGURE: ("key", "section", ""),
    BlockKind.SENTENCE: ("fit", "standing", "section", "gaps", "notes"),
    BlockKind.CHART: ("section",),
    BlockKind.MAP: ("place", "section"),
    BlockKind.TABLE: ("key", "main", "section"),
    BlockKind.PLACES: ("section",),
}
SLOTS = ("place", "place_subject", "place_de", "place_a", "place_dans")
BLOCK_KEYS = ("kind", "of", "codes", "most", "text", "by", "photo", "alt", "against", "when")
PART_KEYS = ("section", "heading", "new_page", "blocks")
KEYS = ("code", "name", "about", "sheet", "parts")
CONDITION_KEYS = ("indicator", "has_value", "above", "below", "area")
AREAS = ("", "official", "custom")


@cache
def template(code: str) -> Template:
    """Give a shipped template, or raise `NotFound` ``unknown_template``."""
    return read_template(template_text(code), file=f"{code}.toml")


def template_text(code: str) -> str:
    """Give the TOML of a shipped template, or raise `NotFound` ``unknown_template``."""
    if code not in SHIPPED:
        raise NotFound("unknown_template", value=code, expected=", ".join(SHIPPED))
    return (FOLDER / f"{code}.toml").read_text(encoding="utf-8")


def shipped() -> tuple[Template, ...]:
    """Give all shipped templates, the fullest first."""
    return tuple(template(code) for code in SHIPPED)


def read_template(text: str, *, file: str) -> Template:
    """Read a template.

    Raises
    ------
    BadInput
        ``template_toml`` (no TOML: where), ``template_key``, ``template_lacks``, ``template_block``
        (a kind of block that is not known), ``template_value``: with the file and the place in it.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput("template_toml", file=file, problem=str(error)) from error
    at = _Place(file, "")
    at.only(told, KEYS)
    at.needs(told, ("code", "name", "about", "parts"))
    if not isinstance(told["parts"], list) or not told["parts"]:
        raise at.wrong("parts", told["parts"], "[[parts]]")
    return Template(
        code=at.text(told, "code"),
        name=at.words(told, "name"),
        about=at.words(told, "about"),
        sheet=SheetKind(at.one_of(told, "sheet", tuple(SheetKind), default="page")),
        parts=tuple(
            _part(one, at.under(f"parts {number}"))
            for number, one in enumerate(told["parts"], start=1)
        ),
    )


def _part(told: Mapping[str, Any], at: _Place) -> TemplatePart:
    at.only(told, PART_KEYS)
    at.needs(told, ("blocks",))
    section = at.text(told, "section")
    blocks = tuple(
        _block(one, at.under(f"{at.where}, blocks {number}"), section=section)
        for number, one in enumerate(at.listed(told, "blocks"), start=1)
    )
    heading = at.words(told, "heading") if "heading" in told else None
    return TemplatePart(blocks, section, heading, at.flag(told, "new_page"))


def _block(told: Mapping[str, Any], at: _Place, *, section: str) -> TemplateBlock:
    at.only(told, BLOCK_KEYS)
    at.needs(told, ("kind",))
    if told["kind"] not in set(BlockKind):
        expected = ", ".join(BlockKind)
        raise BadInput(
            "template_block", file=at.file, table=at.where, value=told["kind"], expected=expected
        )
    kind = BlockKind(told["kind"])
    of = at.one_of(told, "of", OF.get(kind, ("",)), default="" if "codes" in told else None)
    if of in ("section", "main") and not section:
        raise at.wrong("of", of, f'section = "{EACH}"')
    if kind is BlockKind.FIGURE and not of and not told.get("codes"):
        raise at.wrong("of", of, "key, section, codes")
    if kind in (BlockKind.TEXT, BlockKind.QUOTE):
        at.needs(told, ("text",))
    if kind is BlockKind.PHOTO:
        at.needs(told, ("photo", "alt"))
    return TemplateBlock(
        kind=kind,
        of=of,
        codes=at.texts(told, "codes"),
        most=at.count(told, "most"),
        text=at.words(told, "text", slots=True) if "text" in told else None,
        by=at.words(told, "by") if "by" in told else None,
        photo=at.text(told, "photo"),
        alt=at.words(told, "alt") if "alt" in told else None,
        against=at.texts(told, "against") if "against" in told else None,
        when=_condition(told["when"], at) if "when" in told else None,
    )


def _condition(told: Any, at: _Place) -> Condition:
    if not isinstance(told, Mapping):
        raise at.wrong("when", told, ", ".join(CONDITION_KEYS))
    at.only(told, CONDITION_KEYS)
    asks = [key for key in ("has_value", "above", "below") if key in told]
    if asks and not told.get("indicator"):
        raise at.wrong("indicator", "", asks[0])
    return Condition(
        indicator=at.text(told, "indicator"),
        has_value=at.flag(told, "has_value") if "has_value" in told else None,
        above=at.number(told, "above"),
        below=at.number(told, "below"),
        area=at.one_of(told, "area", AREAS, default=""),
    )


class _Place:
    """A place in a file, for telling what is wrong there."""

    def __init__(self, file: str, where: str) -> None:
        self.file = file
        self.where = where

    def under(self, where: str) -> _Place:
        return _Place(self.file, where)

    def wrong(self, key: str, value: object, expected: str) -> BadInput:
        told = {"table": self.where or "—", "column": key, "value": value, "expected": expected}
        return BadInput("template_value", file=self.file, **told)

    def only(self, told: Any, keys: Sequence[str]) -> None:
        if not isinstance(told, Mapping):
            raise self.wrong("—", told, ", ".join(keys))
        for key in told:
            if key not in keys:
                raise BadInput(
                    "template_key", file=self.file, table=self.where or "—", value=key,
                    expected=", ".join(keys),
                )  # fmt: skip

    def needs(self, told: Mapping[str, Any], keys: Sequence[str]) -> None:
        for key in keys:
            if key not in told:
                raise BadInput(
                    "template_lacks", file=self.file, table=self.where or "—", expected=key
                )

    def text(self, told: Mapping[str, Any], key: str) -> str:
        found = told.get(key, "")
        if not isinstance(found, str):
            raise self.wrong(key, found, '"…"')
        return found

    def texts(self, told: Mapping[str, Any], key: str) -> tuple[str, ...]:
        found = told.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.wrong(key, found, '["…", "…"]')
        return tuple(found)

    def listed(self, told: Mapping[str, Any], key: str) -> list[Any]:
        found = told[key]
        if not isinstance(found, list):
            raise self.wrong(key, found, "[…]")
        return found

    def flag(self, told: Mapping[str, Any], key: str) -> bool:
        found = told.get(key, False)
        if not isinstance(found, bool):
            raise self.wrong(key, found, "true, false")
        return found

    def count(self, told: Mapping[str, Any], key: str) -> int:
        found = told.get(key, 0)
        if isinstance(found, bool) or not isinstance(found, int) or found < 0:
            raise self.wrong(key, found, "0, 1, 2…")
        return found

    def number(self, told: Mapping[str, Any], key: str) -> float | None:
        found = told.get(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.wrong(key, found, "0.5")
        return float(found)

    def one_of(
        self, told: Mapping[str, Any], key: str, known: Sequence[str], *, default: str | None
    ) -> str:
        if key not in told and default is None and known == ("",):
            return ""
        found = told.get(key, default)
        if found not in known:
            raise self.wrong(key, "" if found is None else found, ", ".join(filter(None, known)))
        return str(found)

    def words(self, told: Mapping[str, Any], key: str, *, slots: bool = False) -> Words:
        found = told[key]
        if not isinstance(found, Mapping) or set(found) != {"fr", "en"}:
            raise self.wrong(key, found, 'fr = "…", en = "…"')
        if not all(isinstance(one, str) and one.strip() for one in found.values()):
            raise self.wrong(key, found, 'fr = "…", en = "…"')
        if slots:
            for one in found.values():
                self._slots(key, one)
        return Words(found["fr"], found["en"])

    def _slots(self, key: str, text: str) -> None:
        try:
            named = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        except ValueError as error:
            raise self.wrong(key, text, "{place_de}") from error
        for name in named:
            if name not in SLOTS:
                raise self.wrong(key, f"{{{name}}}", ", ".join(f"{{{one}}}" for one in SLOTS))
