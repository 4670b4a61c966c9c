"""What the pages of plans share."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.space.frame import Space
from courtepointe.plans.kinds import words_of
from courtepointe.plans.queries.actions import priorities
from courtepointe.plans.values import PrioritySeen
from courtepointe.portraits.resilience.queries import dimension_names, dimensions_of, portraits
from courtepointe.portraits.resilience.values import PortraitSeen

HERE = "space_plan"
PAGES = "../plans/"
APART = "|"


def portrait_asked(request: HttpRequest, space: Space) -> PortraitSeen | None:
    """Give the portrait that an address asks for, else the newest; nothing where there is none."""
    held = portraits(space.seen)
    asked = request.GET.get("portrait", "")
    if not asked:
        return held[0] if held else None
    found = next((one for one in held if str(one.number) == asked), None)
    if found is None:
        raise NotFound("unknown_resilience_portrait")
    return found


def word(name: str, code: str, *, lang: str) -> str:
    """Give the words of a code of a list of plans; the code itself where it has none."""
    words = words_of(name).get(code)
    return code if words is None else words.in_(lang)


def places(space: Space) -> list[tuple[str, list[tuple[str, str]]]]:
    """Offer dimensions, each with its parts, as ``dimension|part``."""
    lang = space.lang
    return [
        (
            one.name.in_(lang),
            [(f"{code}{APART}", one.name.in_(lang))]
            + [(f"{code}{APART}{part.code}", f"› {part.name.in_(lang)}") for part in one.parts],
        )
        for code, one in dimensions_of(space.seen.id).items()
    ]


def place_of(dimension: str, part: str) -> str:
    """Write a dimension and a part as a choice."""
    return f"{dimension}{APART}{part}"


def parted(told: str) -> tuple[str, str]:
    """Read a choice of `places`."""
    dimension, _, part = told.partition(APART)
    return dimension, part


def names_of(space: Space) -> dict[str, str]:
    """Give the names of dimensions and parts by code, in the page's language."""
    return {code: words.in_(space.lang) for code, words in dimension_names(space.seen.id).items()}


def priority_choices(space: Space, portrait: int) -> list[tuple[str, str]]:
    """Offer the priorities of a portrait."""
    return [(str(one.number), one.statement) for one in priorities(space.seen, portrait=portrait)]


def by_dimension(space: Space, held: Iterable[PrioritySeen]) -> list[tuple[str, list[PrioritySeen]]]:  # fmt: skip
    """Group priorities by dimension, in the order of the framework."""
    names = names_of(space)
    found: dict[str, list[PrioritySeen]] = {code: [] for code in dimensions_of(space.seen.id)}
    for one in held:
        found.setdefault(one.dimension, []).append(one)
    return [(names.get(code, code), those) for code, those in found.items() if those]
