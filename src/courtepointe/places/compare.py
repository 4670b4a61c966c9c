"""Two records compared: their names, numbers and addresses made comparable, and how well each agrees."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from courtepointe.atlas.query.spelling import plain

ALIKE_TOKEN = 86.0
SAME, NEAR, SOME = 0.92, 0.62, 0.34
"""Parts of the weight of two names' words that they share."""
KIND_WORTH = 0.25
Reasons = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """A record as it is compared; what is not known is empty.

    Attributes
    ----------
    longitude, latitude : float or None, degrees
    """

    name: str
    longitude: float | None = None
    latitude: float | None = None
    address: str = ""
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A record made comparable: see `told`."""

    tokens: tuple[str, ...]
    kind: str
    number: str
    street: frozenset[str]
    phone: str
    host: str

    @property
    def folded(self) -> str:
        """The words of the name in one."""
        return " ".join(self.tokens)


def told(sight: Sight) -> Told:
    """Make a record comparable."""
    tokens = words(sight.name)
    number, street = _address(sight.address)
    kind = next((kinds()[one] for one in tokens if one in kinds()), "")
    return Told(tokens, kind, number, street, digits(sight.phone), host(sight.website))


def words(text: str) -> tuple[str, ...]:
    """Give the words of a name without accents, abbreviations written out, small words left out."""
    found = re.findall(r"[^\W_]+", plain(text))
    short, empty = _lists()["short"], _lists()["empty"]["words"]
    return tuple(short.get(one, one) for one in found if one not in empty)


def digits(phone: str) -> str:
    """Give a telephone's last ten digits, without its extension; empty where there are fewer."""
    found = re.sub(r"\D", "", re.split(r"(?i)poste|ext|#|x", phone)[0])
    return found[-10:] if len(found) >= 10 else ""


def host(address: str) -> str:
    """Give the host of a web address; empty where it cannot be read."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        return (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def weights(records: Sequence[Told]) -> Mapping[str, float]:
    """Weigh words by how rare they are; those for a kind of place little, the kind being compared itself."""
    seen = Counter(token for one in records for token in set(one.tokens))
    return {
        token: math.log((len(records) + 1) / n) * (KIND_WORTH if token in kinds() else 1.0)
        for token, n in seen.items()
    }


def compared(
    first: Told, second: Told, away_m: float | None, weighed: Mapping[str, float]
) -> Reasons:
    """Compare two records, on what both of them say.

    Returns
    -------
    tuple of (what, level), as ``likeness.toml`` names them
    """
    found = [("name", _names(first.tokens, second.tokens, weighed))]
    if first.kind and second.kind:
        found.append(("kind", _equal(first.kind, second.kind)))
    if away_m is not None:
        steps = likeness()["distance"].items()
        found.append(("distance", next((n for n, one in steps if away_m <= one["to_m"]), "apart")))
    if first.phone and second.phone:
        found.append(("phone", _equal(first.phone, second.phone)))
    if first.street and second.street:
        number = first.number if first.number == second.number else ""
        street = "same" if number else "street"
        found.append(("address", street if first.street & second.street else "other"))
    if first.host and second.host:
        found.append(("website", _equal(first.host, second.host)))
    return tuple(found)


def _equal(first: str, second: str) -> str:
    return "same" if first == second else "other"


def _names(first: tuple[str, ...], second: tuple[str, ...], weighed: Mapping[str, float]) -> str:
    """Say how much of the weight of two names' words they share; misspelt words are shared."""
    if not first or not second:
        return "other"
    if first == second:
        return "same"
    shared = _shared(first, second, weighed)
    each = [sum(weighed[token] for token in {*one}) for one in (first, second)]
    both = sum(each) - shared
    part = shared / both if both > 0.0 else 0.0
    # All of the shorter name in the longer one is more than their shares alone tell.
    if min(each) > 0.0 and shared >= SAME * min(each) and min(len(first), len(second)) > 1:
        part = max(part, NEAR)
    steps = (("same", SAME), ("near", NEAR), ("some", SOME))
    return next((level for level, least in steps if part >= least), "other")


def _shared(first: tuple[str, ...], second: tuple[str, ...], weighed: Mapping[str, float]) -> float:
    """Add up the weight of the words that both have, each once."""
    left, shared = list(dict.fromkeys(second)), 0.0
    for token in dict.fromkeys(first):
        best = max(left, key=lambda one: fuzz.ratio(token, one), default="")
        if best and (token == best or (len(token) > 3 and fuzz.ratio(token, best) >= ALIKE_TOKEN)):
            shared += min(weighed[token], weighed[best])
            left.remove(best)
    return shared


def _address(text: str) -> tuple[str, frozenset[str]]:
    """Give the number and the words of a street, its kind left out."""
    tokens = words(text.split(";")[0])
    number = next((one for one in tokens[:2] if one[0].isdigit()), "")
    after = tokens[tokens.index(number) + 1 :] if number else tokens
    ways = _lists()["ways"]["words"]
    street = [one for one in after[:5] if one not in ways and not one[0].isdigit()]
    return number, frozenset(street[:2])


@cache
def likeness() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """Read how telling each agreement is: what -> level -> ``m``, ``u``, ``to_m``."""
    return dict(_toml("likeness.toml"))


@cache
def kinds() -> Mapping[str, str]:
    """Read which word names which kind of place."""
    return {word: kind for kind, some in _lists()["kinds"].items() for word in some}


@cache
def _lists() -> Mapping[str, Mapping[str, Any]]:
    return dict(_toml("words.toml"))


def _toml(name: str) -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
