"""Records of a directory as they are compared: with the position, address and telephone that other tables hold."""

from __future__ import annotations

from collections.abc import Iterable

from courtepointe.formats.hsds import Directory, Record
from courtepointe.places.compare import Sight

COMPARED = ("organization", "location")
"""Tables whose records may be the same thing twice; a service is told apart by who offers it."""


def sights(directory: Directory, table: str) -> tuple[Sight, ...]:
    """Give the records of a table as they are compared, in their order.

    Parameters
    ----------
    directory : Directory
    table : str
        ``organization`` or ``location``. An organisation stands where the first of its own
        locations that has a position stands; a location has its own telephone, or the one of its
        organisation.
    """
    belongs = "organization_id" if table == "organization" else "id"
    placed = [one for one in directory.of("location") if {"longitude", "latitude"} <= {*one.values}]
    places = _firsts(placed, belongs)
    address_of = _firsts(directory.of("address"), "location_id")
    phone_of = _firsts(directory.of("phone"), "location_id") | _firsts(
        directory.of("phone"), "organization_id"
    )
    homes = _firsts(directory.of("location"), belongs)
    found = []
    for record in directory.of(table):
        place, home = places.get(record.id), homes.get(record.id)
        address = address_of.get(home.id) if home else None
        owner = str(record.values.get("organization_id", ""))
        found.append(
            Sight(
                _text(record, "name"),
                *_position(place),
                _text(address, "address_1"),
                _text(phone_of.get(record.id) or phone_of.get(owner), "number"),
                _text(record, "website") or _text(record, "url"),
            )
        )
    return tuple(found)


def _firsts(records: Iterable[Record], field: str) -> dict[str, Record]:
    """Give the first record for each value of a field."""
    found: dict[str, Record] = {}
    for one in records:
        if one.values.get(field):
            found.setdefault(str(one.values[field]), one)
    return found


def _position(record: Record | None) -> tuple[float | None, float | None]:
    if record is None:
        return None, None
    return float(record.values["longitude"]), float(record.values["latitude"])


def _text(record: Record | None, field: str) -> str:
    return str(record.values.get(field, "")) if record is not None else ""
