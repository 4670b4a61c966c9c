"""The sign of a hub, the list of its box, its role cards, as PDF/UA-1."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.press.attestations.attestation import qr_svg
from courtepointe.press.attestations.setting import print_paper
from courtepointe.press.numbers import date_text, number
from courtepointe.press.patches import patch_mark
from courtepointe.press.templates.values import Paper
from courtepointe.press.words import LANGUAGES, typeset

FOLDER = Path(__file__).parent
LONGEST = 200


@dataclass(frozen=True, slots=True)
class HubSign:
    """What the sign on a hub's door says.

    Attributes
    ----------
    link : str
        Where the QR code leads; empty: no code is drawn.
    here, opens : tuple of str
        What is found inside, and what starts it, in words.
    mark : str
        What the patchwork mark is drawn from.
    made : date
        Of the file.
    """

    name: str
    workspace: str
    mark: str
    made: date
    address: str = ""
    host: str = ""
    link: str = ""
    here: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _named(self.name)


@dataclass(frozen=True, slots=True)
class BoxLine:
    """A line of the box; ``checked`` and ``expires`` are None where they are not known."""

    name: str
    wanted: int
    checked: date | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class HubBox:
    """The list of a hub's box, to tick."""

    name: str
    workspace: str
    mark: str
    made: date
    lines: tuple[BoxLine, ...]

    def __post_init__(self) -> None:
        _named(self.name)
        if not self.lines:
            raise BadInput("hub_box_empty")


@dataclass(frozen=True, slots=True)
class RoleCard:
    """The card of a role."""

    name: str
    card: str
    first: tuple[str, ...]
    stop: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleCards:
    """The cards of a hub, two a page, to cut."""

    name: str
    workspace: str
    made: date
    cards: tuple[RoleCard, ...]

    def __post_init__(self) -> None:
        _named(self.name)


def _named(name: str) -> None:
    if not name.strip() or len(name) > LONGEST:
        raise BadInput("hub_paper_name", value=len(name), expected=LONGEST)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


def _said(key: str, *, lang: str, **slots: object) -> str:
    if lang not in LANGUAGES:
        raise BadInput("unknown_language", value=lang, expected=", ".join(LANGUAGES))
    return typeset(_words()[key][lang], lang=lang).format(**slots)


def _day(day: date, lang: str) -> str:
    return date_text(day.isoformat(), lang=lang)


def _print(
    layout: str, told: dict[str, Any], *, lang: str, made: date, fonts: Path, paper: Paper | str
) -> bytes:
    file = str(FOLDER / layout)
    return print_paper(file, told, lang=lang, made=made, fonts=fonts, paper=paper)


def write_sign(
    made: HubSign, *, lang: str, fonts: Path, paper: Paper | str = Paper.LETTER
) -> bytes:
    """Write the sign of a hub, one page.

    Raises
    ------
    BadInput
        ``unknown_paper``, ``unknown_language``.
    """
    told = {
        "hub": _said("hub", lang=lang),
        "lead": _said("sign_lead", lang=lang),
        "name": made.name.strip(),
        "address": made.address,
        "host": made.host,
        "workspace": made.workspace,
        "here_title": _said("here", lang=lang),
        "here": list(made.here),
        "opens_title": _said("opens", lang=lang),
        "opens": list(made.opens),
        "more": _said("more", lang=lang),
        "link": made.link,
        "qr": qr_svg(made.link) if made.link else "",
        "qr_alt": _said("qr_alt", lang=lang, link=made.link),
        "mark": patch_mark(made.mark),
        "made": _said("made", lang=lang, date=_day(made.made, lang)),
    }
    return _print("sign.typ", told, lang=lang, made=made.made, fonts=fonts, paper=paper)


def write_box(made: HubBox, *, lang: str, fonts: Path, paper: Paper | str = Paper.LETTER) -> bytes:
    """Write the list of a hub's box, to tick with a pencil; raise as `write_sign`."""
    words = ("item", "wanted", "last", "there", "expires", "checked_by", "checked_on")
    told = {
        "title": _said("box", lang=lang),
        "lead": _said("box_lead", lang=lang),
        "name": made.name.strip(),
        "workspace": made.workspace,
        "mark": patch_mark(made.mark),
        "lines": [_line(line, lang) for line in made.lines],
        "words": {key: _said(key, lang=lang) for key in words},
        "page": _said("page", lang=lang, n="{n}", all="{all}"),
    }
    return _print("box.typ", told, lang=lang, made=made.made, fonts=fonts, paper=paper)


def _line(line: BoxLine, lang: str) -> list[str]:
    return [
        line.name,
        number(float(line.wanted), lang=lang),
        _said("never", lang=lang) if line.checked is None else _day(line.checked, lang),
        "" if line.expires is None else _day(line.expires, lang),
    ]


def write_cards(
    made: RoleCards, *, lang: str, fonts: Path, paper: Paper | str = Paper.LETTER
) -> bytes:
    """Write the role cards of a hub, two a page; raise as `write_sign`."""
    told = {
        "title": _said("cards", lang=lang),
        "name": made.name.strip(),
        "workspace": made.workspace,
        "words": {key: _said(key, lang=lang) for key in ("first", "stop", "taken", "given")},
        "cards": [
            {"name": one.name, "card": one.card, "first": list(one.first), "stop": list(one.stop)}
            for one in made.cards
        ],
    }
    return _print("cards.typ", told, lang=lang, made=made.made, fonts=fonts, paper=paper)
