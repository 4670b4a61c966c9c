"""What people keyed from the cards of a workshop, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.core.sheets import CLASSES, VISIBILITIES, Code, card_layout, read_code
from courtepointe.places.workshop.record import PrintedWorkshop
from courtepointe.places.workshop.squares import Square, square_on_ground
from courtepointe.press.words import LANGUAGES
from courtepointe.press.workshop.words import sheet_words

FIELDS = ("class", "name", "map_cell", "need", "note", "visibility")
LONGEST = {"name": 120, "need": 120, "note": 600}
CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}")
"""An electronic address or a telephone number: somebody's?"""


class Caution(StrEnum):
    """What to look at again before anything is shown."""

    CONTACT = "contact"
    NOT_SAID = "visibility_not_said"
    NO_SQUARE = "no_square"


@dataclass(frozen=True, slots=True)
class Keyed:
    """A card as somebody keyed it: text by field, nothing checked.

    Attributes
    ----------
    code : str
    values : mapping of field -> str
        Of `FIELDS`; an absent field is an empty one.
    row : int
        Where it was keyed, for messages; 0 where it has no row.
    """

    code: str
    values: dict[str, str] = field(default_factory=dict)
    row: int = 0

    def of(self, name: str) -> str:
        """Give a field, without spaces around it."""
        return " ".join(self.values.get(name, "").split())

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was keyed but the code."""
        return not any(self.of(name) for name in FIELDS)


@dataclass(frozen=True, slots=True)
class Contribution:
    """A card that may be kept.

    Attributes
    ----------
    card : Code
    kind : str
        One of `courtepointe.core.sheets.CLASSES`.
    square : Square or None
        None where the card names none: it is counted, and is on no map.
    visibility : str
        One of `courtepointe.core.sheets.VISIBILITIES`; ``nobody`` where the card does not say.
    cautions : tuple of Caution
    """

    card: Code
    kind: str
    name: str
    square: Square | None
    need: str
    note: str
    visibility: str
    cautions: tuple[Caution, ...]

    def may_be_shown_to(self, audience: str) -> bool:
        """Say whether ``table`` or ``everyone`` may be shown this."""
        return VISIBILITIES.index(self.visibility) >= VISIBILITIES.index(audience) > 0


@dataclass(frozen=True, slots=True)
class Checked:
    """What was keyed, checked.

    Attributes
    ----------
    contributions : tuple of Contribution
        Of the cards without a fault.
    faults : tuple of CourtepointeError
        Each with ``card``, ``field``, ``row`` and ``value``; while there is one, keep nothing.
    n_empty : int
        Cards of which only the code was keyed.
    """

    contributions: tuple[Contribution, ...]
    faults: tuple[CourtepointeError, ...]
    n_empty: int


def check_keyed(rows: Iterable[Keyed], made: PrintedWorkshop) -> Checked:
    """Check cards against the sheets that were printed.

    Parameters
    ----------
    rows : iterable of Keyed
    made : PrintedWorkshop
    """
    kept: dict[str, Contribution] = {}
    faults: list[CourtepointeError] = []
    met: set[str] = set()
    n_empty = 0
    for one in rows:
        card, wrong = _card(one, made, met)
        if card is None:
            faults += wrong
            continue
        met.add(card.text)
        if one.is_empty:
            n_empty += 1
            continue
        found, wrong = _contribution(one, card, made)
        faults += wrong
        if found is not None:
            kept[card.text] = found
    return Checked(tuple(kept[code] for code in sorted(kept)), tuple(faults), n_empty)


def _card(
    one: Keyed, made: PrintedWorkshop, met: set[str]
) -> tuple[Code | None, list[CourtepointeError]]:
    try:
        code = read_code(one.code)
    except CourtepointeError as error:
        return None, [_fault(error, one, "code")]
    cards = len(card_layout(made.paper).cells)
    if code.card is None or code.card > cards:
        return None, [_fault(BadInput("card_number", value=one.code, expected=cards), one, "code")]
    if code.sheet not in {sheet.sheet for sheet in made.card_codes}:
        return None, [_fault(BadInput("card_elsewhere", value=code.spaced, expected=made.area), one, "code")]  # fmt: skip
    if code.text in met:
        return None, [_fault(BadInput("card_twice", value=code.spaced), one, "code")]
    return code, []


def _contribution(
    one: Keyed, card: Code, made: PrintedWorkshop
) -> tuple[Contribution | None, list[CourtepointeError]]:
    faults = list(_lengths(one))
    kind = _option(one, "class", CLASSES, faults)
    visibility = _option(one, "visibility", VISIBILITIES, faults)
    if not one.of("name"):
        faults.append(_fault(BadInput("card_name"), one, "name"))
    if kind == "":
        faults.append(_fault(BadInput("card_class", value="", expected=_listed("class")), one, "class"))  # fmt: skip
    square = None
    if one.of("map_cell"):
        try:
            square = square_on_ground(made, one.of("map_cell"))
        except CourtepointeError as error:
            faults.append(_fault(error, one, "map_cell"))
    if faults or kind is None or visibility is None:
        return None, faults
    told = Contribution(
        card, kind, one.of("name"), square, one.of("need"), one.of("note"),
        visibility or VISIBILITIES[0], tuple(_cautions(one, square)),
    )  # fmt: skip
    return told, []


def _cautions(one: Keyed, square: Square | None) -> Iterable[Caution]:
    if CONTACT.search(" ".join(one.of(name) for name in LONGEST)):
        yield Caution.CONTACT
    if not one.of("visibility"):
        yield Caution.NOT_SAID
    if square is None:
        yield Caution.NO_SQUARE


def _lengths(one: Keyed) -> Iterable[CourtepointeError]:
    for name, most in LONGEST.items():
        long = len(one.of(name))
        if long > most:
            yield _fault(BadInput("card_too_long", value=long, expected=most), one, name)


def _option(
    one: Keyed, name: str, options: tuple[str, ...], faults: list[CourtepointeError]
) -> str | None:
    """Read an option by its code or its words; empty where nothing was keyed, None where it is a fault."""
    said = one.of(name)
    if not said:
        return ""
    found = _meanings(name).get(_folded(said))
    if found not in options:
        facts = {"value": said, "expected": _listed(name)}
        wrong = (
            BadInput("card_class", **facts)
            if name == "class"
            else BadInput("card_visibility", **facts)
        )
        faults.append(_fault(wrong, one, name))
        return None
    return found


def coded(values: Mapping[str, str]) -> dict[str, str]:
    """Give a card's values with its class and visibility by their codes, whatever language they were keyed in.

    What means neither stays as it was keyed: `check_keyed` says what is wrong with it.
    """
    options = {"class": CLASSES, "visibility": VISIBILITIES}
    found = dict(values)
    for name in options.keys() & values.keys():
        meant = _meanings(name).get(_folded(values[name]))
        found[name] = meant if meant in options[name] else values[name]
    return found


@cache
def _meanings(name: str) -> dict[str, str]:
    """Give what the words of both languages mean, and the codes themselves."""
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        for code, words in sheet_words(name, lang=lang).items():
            found[_folded(words)] = code
            found[_folded(code)] = code
    return found


def _listed(name: str) -> str:
    return " · ".join(
        " / ".join(sheet_words(name, lang=lang)[code] for lang in LANGUAGES)
        for code in sheet_words(name, lang=LANGUAGES[0])
    )


def _folded(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("_", " ").casefold().split())


def _fault(error: CourtepointeError, one: Keyed, name: str) -> CourtepointeError:
    """Say on which card, in which field and row something is wrong."""
    error.facts.update(card=one.code, field=name, row=one.row)
    return error
