"""Cards keyed by two people, compared: what differs is read again on the paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from courtepointe.core.errors import CourtepointeError, Refused
from courtepointe.core.sheets import read_code
from courtepointe.places.workshop.keyed import FIELDS, Keyed

WHOLE = "card"
"""The field of a difference where only one of two people keyed a card."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people keyed differently.

    Attributes
    ----------
    card : str
    field : str
        ``card`` where only one of them keyed the card at all.
    first, second : str
    """

    card: str
    field: str
    first: str
    second: str


def differences(first: Iterable[Keyed], second: Iterable[Keyed]) -> tuple[Difference, ...]:
    """Say where two keyings differ, in the order of the cards.

    Notes
    -----
    Spaces, capital letters and the kind of apostrophe are no difference; accents are.
    """
    one, other = _by_card(first), _by_card(second)
    found = []
    for card in sorted({*one, *other}):
        if card not in one or card not in other:
            held = one.get(card) or other[card]
            if held.is_empty:
                continue
            shown = " · ".join(held.of(name) for name in FIELDS if held.of(name))
            pair = (shown, "") if card in one else ("", shown)
            found.append(Difference(card, WHOLE, *pair))
            continue
        found += [
            Difference(card, name, one[card].of(name), other[card].of(name))
            for name in FIELDS
            if _plain(one[card].of(name)) != _plain(other[card].of(name))
        ]
    return tuple(found)


def agreed(first: Iterable[Keyed], second: Iterable[Keyed]) -> tuple[Keyed, ...]:
    """Give the cards that two people keyed alike, as the first did.

    Raises
    ------
    Refused
        ``keyed_differently`` while there is one difference.
    """
    held = tuple(first)
    found = differences(held, second)
    if found:
        one = found[0]
        raise Refused("keyed_differently", value=len(found), card=one.card, field=one.field)
    return held


def _by_card(rows: Iterable[Keyed]) -> dict[str, Keyed]:
    """Give the last keying of each card; a code that cannot be read stands as it was keyed."""
    found = {}
    for one in rows:
        try:
            code = read_code(one.code).spaced
        except CourtepointeError:
            code = one.code.strip()
        found[code] = one
    return found


def _plain(text: str) -> str:
    told = unicodedata.normalize("NFC", text.replace("’", "'")).casefold()
    return " ".join(told.split())
