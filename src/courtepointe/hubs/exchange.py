"""Hubs in a directory of the standard: each is a service, and what it can take are its capacities (HSDS 3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid5

from courtepointe.core.errors import BadInput
from courtepointe.formats.hsds import Directory, Record
from courtepointe.hubs.kinds import units, words_of
from courtepointe.hubs.values import NewCapacity
from courtepointe.places import capacities

NAMESPACE = UUID("3d8f0f5e-5b0f-5c1b-9c55-6f2f7f5a9a10")
SCHEME = "courtepointe:hub-capacities"
STATUS = {"ready": "active", "paused": "temporarily closed", "ended": "defunct"}
"""Of a hub, as the standard says it; one that is not open yet is inactive."""


@dataclass(frozen=True, slots=True)
class HubTold:
    """A hub as it leaves.

    Attributes
    ----------
    host : str
        Identifier of an organisation of the directory; empty where there is none.
    places : tuple of str
        Identifiers of locations.
    """

    uid: str
    name: str
    about: str
    status: str
    host: str
    places: tuple[str, ...]
    capacities: tuple[NewCapacity, ...]


def with_hubs(directory: Directory, hubs: Iterable[HubTold], *, owner: Record) -> Directory:
    """Add hubs to a directory.

    Parameters
    ----------
    directory : Directory
    hubs : iterable of HubTold
    owner : Record
        The organisation of the hubs that have no host in the directory.

    Notes
    -----
    The standard wants a capacity to say how many are available and when that was updated. One that nobody
    counted or verified is told on the service's line of text, as for other records: nothing is made up.
    """
    held = {
        table: {one.id for one in directory.of(table)} for table in ("organization", "location")
    }
    made: list[Record] = []
    for hub in hubs:
        made += _hub(hub, held, owner)
    if any(one.values.get("organization_id") == owner.id for one in made):
        made.append(owner)
    made += _units(made)
    tables = {**directory.records}
    for one in made:
        tables[one.table] = (*tables.get(one.table, ()), one)
    return Directory(tables)


def _hub(hub: HubTold, held: Mapping[str, set[str]], owner: Record) -> Iterator[Record]:
    told = [one for one in hub.capacities if one.available is not None and one.verified_on]
    rest = [_line(one) for one in hub.capacities if one not in told]
    host = hub.host if hub.host in held["organization"] else owner.id
    values = {"id": hub.uid, "organization_id": host, "name": hub.name, "status": STATUS.get(hub.status, "inactive")}  # fmt: skip
    if hub.about:
        values["description"] = hub.about
    yield Record("service", values, {capacities.FIELD: capacities.written(rest)} if rest else {})
    for place in hub.places:
        if place in held["location"]:
            link = {"id": _own(hub.uid, place), "service_id": hub.uid, "location_id": place}
            yield Record("service_at_location", link)
    for one in told:
        assert one.available is not None and one.verified_on is not None
        yield Record("service_capacity", {
            "id": _own(hub.uid, one.code), "service_id": hub.uid, "unit_id": _unit_id(one.code),
            "available": one.available, "maximum": one.maximum,
            "updated": datetime.combine(one.verified_on, time(12)).isoformat() + "Z",
        })  # fmt: skip


def _units(made: Sequence[Record]) -> list[Record]:
    asked = {str(one.values["unit_id"]) for one in made if one.table == "service_capacity"}
    return [
        Record("unit", {"id": _unit_id(code), "name": unit_name(code), "scheme": SCHEME, "identifier": code})
        for code in words_of("capacities")
        if _unit_id(code) in asked
    ]  # fmt: skip


def unit_name(code: str) -> str:
    """Name what is counted, in French, with its unit where it is another word: two capacities have never one name."""
    what, unit = words_of("capacities")[code].fr, units()[code].fr
    return what if what == unit else f"{what} ({unit})"


def _line(one: NewCapacity) -> capacities.Held:
    return capacities.Held(unit_name(one.code), one.maximum, one.available, one.verified_on)


def _own(hub: str, what: str) -> str:
    return str(uuid5(UUID(hub), what))


def _unit_id(code: str) -> str:
    return str(uuid5(NAMESPACE, code))


def hubs_apart(
    directory: Directory, known: Iterable[str]
) -> tuple[Directory, dict[str, tuple[NewCapacity, ...]]]:
    """Take the hubs that are known here out of a directory: a hub is told in one place.

    Parameters
    ----------
    directory : Directory
    known : iterable of str
        Identifiers of hubs, and of the organisation that stands for their workspace.

    Returns
    -------
    Directory
        The rest.
    dict of str to tuple of NewCapacity
        Of each known hub that it holds, the capacities that are ours; the verifier is not told.

    Raises
    ------
    BadInput
        ``hub_available``: more is available than there is.
    """
    known = frozenset(known)
    ours = {one.id for one in directory.of("service")} & known
    units_here = {one.id: one for one in directory.of("unit")}
    codes = {unit_name(code): code for code in words_of("capacities")}
    found: dict[str, tuple[NewCapacity, ...]] = {}
    for service in directory.of("service"):
        if service.id not in ours:
            continue
        line = service.more.get(capacities.FIELD)
        said = {codes[one.unit]: _of_line(codes[one.unit], one) for one in (capacities.read(line) or () if isinstance(line, str) else ()) if one.unit in codes}  # fmt: skip
        for one in directory.of("service_capacity"):
            unit = units_here.get(str(one.values.get("unit_id")))
            code = "" if unit is None else str(unit.values.get("identifier", ""))
            if one.values.get("service_id") == service.id and code in words_of("capacities"):
                said[code] = _of_record(code, one)
        found[service.id] = tuple(said.values())
    return _without(directory, ours, known) if ours else directory, found


def _of_line(code: str, one: capacities.Held) -> NewCapacity:
    return NewCapacity(code, one.maximum, one.available, one.verified_on)


def _of_record(code: str, one: Record) -> NewCapacity:
    free = int(one.values["available"])
    most = int(one.values.get("maximum", free))
    if not 0 <= free <= most:
        raise BadInput("hub_available", value=free, expected=most)
    return NewCapacity(code, most, free, date.fromisoformat(str(one.values["updated"])[:10]))


def _without(directory: Directory, services: set[str], known: frozenset[str]) -> Directory:
    """Leave out services with what hangs on them, their workspace, and units that count nothing any more."""
    kept = {
        table: tuple(one for one in some if one.id not in known and one.values.get("service_id") not in services)
        for table, some in directory.records.items()
    }  # fmt: skip
    counted = {one.values.get("unit_id") for one in kept.get("service_capacity", ())}
    kept["unit"] = tuple(one for one in kept.get("unit", ()) if one.id in counted)
    return Directory({table: some for table, some in kept.items() if some})
