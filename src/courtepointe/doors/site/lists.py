"""Lists of areas and of kinds of areas, for pages."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.query.areas import area_table, current_vintages, steward_of, type_names
from courtepointe.atlas.query.values import AreaKey
from courtepointe.atlas.recipe.values import Words
from courtepointe.doors.served import Served
from courtepointe.doors.site.addresses import area_address
from courtepointe.press.words import typeset

MOST_LISTED = 3000


@dataclass(frozen=True, slots=True)
class Line:
    """An area in a list."""

    key: AreaKey
    name: str
    address: str
    beside: str = ""

    @property
    def code(self) -> str:
        """Give its code."""
        return self.key.code


@dataclass(frozen=True, slots=True)
class Listing:
    """The areas of a kind, with who defines them."""

    title: str
    one: str
    steward: str
    vintage: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class KindOfArea:
    """A kind of area that lists show."""

    code: str
    title: str
    steward: str
    vintage: str
    count: int


def home_groups(served: Served, type_and_vintage: str, *, lang: str) -> Listing:
    """List the areas of a kind by name."""
    return served.shelf.take(
        ("listing", type_and_vintage, lang), lambda: _listing(served, type_and_vintage, lang)
    )


def _listing(served: Served, type_and_vintage: str, lang: str) -> Listing:
    pack = served.pack
    table = area_table(pack, type_and_vintage)
    code, vintage = table.type_and_vintage.split(":", 1)
    kind = next(kind for kind in pack.recipe.area_types if kind.code == code)
    steward = steward_of(pack, table.type_and_vintage)
    lines = [
        _line(AreaKey(code, vintage, area), Words(fr, en), lang)
        for area, fr, en in zip(table.codes, table.names_fr, table.names_en, strict=True)
    ]
    return Listing(
        title=typeset(kind.plural.in_(lang), lang=lang),
        one=typeset(type_names(pack, table.type_and_vintage).in_(lang), lang=lang),
        steward=typeset(steward.name.in_(lang), lang=lang) if steward else "",
        vintage=vintage,
        lines=tuple(sorted(lines, key=lambda line: alphabetical(line.name))[:MOST_LISTED]),
    )


def _line(key: AreaKey, name: Words, lang: str) -> Line:
    return Line(key, typeset(name.in_(lang), lang=lang), area_address(key, name, lang=lang))


def alphabetical(name: str) -> tuple[str, str]:
    """Order names as a dictionary does: accents and articles aside."""
    folded = name.translate(_FOLDED).casefold()
    for article in ("le ", "la ", "les ", "l’", "l'"):
        folded = folded.removeprefix(article)
    return folded, name


_FOLDED = str.maketrans("ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸàâäçéèêëîïôöùûüÿ", "AAACEEEEIIOOUUUYaaaceeeeiioouuuy")


def kinds_listed(served: Served, *, lang: str) -> tuple[KindOfArea, ...]:
    """Give the kinds of areas that lists show, coarse first."""
    pack = served.pack
    current = current_vintages(pack)
    found = []
    for kind in sorted(pack.recipe.area_types, key=lambda kind: kind.order):
        if not kind.listed or kind.code not in current:
            continue
        whole = f"{kind.code}:{current[kind.code]}"
        steward = steward_of(pack, whole)
        found.append(
            KindOfArea(
                kind.code,
                typeset(kind.plural.in_(lang), lang=lang),
                typeset(steward.name.in_(lang), lang=lang) if steward else "",
                current[kind.code],
                len(pack.area_tables[whole]),
            )
        )
    return tuple(found)


def named_kinds(served: Served, codes: str, *, lang: str) -> str:
    """Write kinds of areas, given as codes between commas, by their names where the atlas has them."""
    known = {kind.code: kind for kind in served.pack.recipe.area_types}
    told = []
    for whole in codes.split(", "):
        code, _, vintage = whole.partition(":")
        name = known[code].name.in_(lang) if code in known else code
        told.append(typeset(f"{name} {vintage}".strip(), lang=lang))
    return ", ".join(told)


def names_by_code(served: Served, type_and_vintage: str, *, lang: str) -> dict[str, str]:
    """Give the names of a kind's areas by code."""

    def make() -> dict[str, str]:
        table = area_table(served.pack, type_and_vintage)
        names = table.names_en if lang == "en" else table.names_fr
        pairs = zip(table.codes, names, strict=True)
        return {code: typeset(name, lang=lang) for code, name in pairs}

    return served.shelf.take(("names", type_and_vintage, lang), make)
