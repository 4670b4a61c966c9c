"""Places of the directory among which a study chooses, and the hubs that count already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from courtepointe.hubs.models import Capacity
from courtepointe.hubs.queries.directory import accessible_of, counted_of
from courtepointe.hubs.queries.sites import PointSeen, SiteSeen, placed_places
from courtepointe.hubs.studies.values import Spot
from courtepointe.people.values import WorkspaceSeen
from courtepointe.places.belongs import folded

STEP_FREE, SURPLUS = "step_free", "surplus"
SEATS = "seats"


def possible_places(
    seen: WorkspaceSeen, *, among: str = "", search: str = ""
) -> tuple[PointSeen, ...]:
    """List the open places that have a point, by name; those known to have no steps, or spare room.

    Parameters
    ----------
    among : str
        Empty, `STEP_FREE` or `SURPLUS`.
    search : str
        Words that the name holds, accents and capitals aside.
    """
    words = folded(search).split()
    held = [one for one in placed_places(seen) if all(word in folded(one.name) for word in words)]
    numbers = [one.number for one in held]
    if among == STEP_FREE:
        known = accessible_of(numbers)
        return tuple(one for one in held if known.get(one.number))
    if among == SURPLUS:
        counted = counted_of(numbers)
        spare = {n for n, told in counted.items() if (told.get("floor", (0, None))[1] or 0) > 0}
        return tuple(one for one in held if one.number in spare)
    return tuple(held)


def spots_of(
    places: Sequence[PointSeen], *, held: Iterable[int] = (), refused: Iterable[int] = (),
    price: float | None = None, seats: float | None = None,
) -> tuple[Spot, ...]:  # fmt: skip
    """Make places what a study chooses among; seats as the directory has them, else as given."""
    held, refused = set(held), set(refused)
    counted = counted_of([one.number for one in places])

    def terms(number: int) -> str:
        return "forced" if number in held else "refused" if number in refused else "free"

    return tuple(
        Spot(
            one.name, one.longitude, one.latitude, one.number, terms(one.number), price,
            float(counted[one.number]["seats"][0]) if "seats" in counted.get(one.number, {}) else seats,
        )
        for one in places
    )  # fmt: skip


def standing_of(hubs: Sequence[SiteSeen], *, seats: float | None = None) -> tuple[Spot, ...]:
    """Make hubs what counts already: a spot a place; a hub's seats are shared among its places."""
    known = dict(
        Capacity.objects.filter(hub__in=[one.number for one in hubs], code=SEATS).values_list("hub_id", "maximum")
    )  # fmt: skip

    def each(one: SiteSeen) -> float | None:
        told = known.get(one.number)
        return seats if told is None else told / len(one.points)

    return tuple(
        Spot(one.name, *spot, one.number, "free", None, each(one)) for one in hubs for spot in one.points
    )  # fmt: skip
