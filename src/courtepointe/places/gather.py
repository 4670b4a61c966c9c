"""The places of a pack as a directory: what publishers' files say, in HSDS, each with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID, uuid5

import numpy as np
import shapely

from courtepointe.atlas.pack.values import Pack, PlaceTable
from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.recipe.values import PlaceLayer
from courtepointe.core.errors import NotFound
from courtepointe.formats.hsds import Directory, Record
from courtepointe.formats.hsds.spec import tables
from courtepointe.formats.hsds.values import Value

NAMESPACE = UUID("0b2f2b52-7c0e-5f0c-8f6a-4a1f3b0d7c22")
UNKNOWN = "(unknown)"
"""What the standard wants filled in an address and the publisher does not say."""
NAMELESS = frozenset({"", "unnamed", "sans nom"})
Told = Mapping[str, str]


def gathered(
    pack: Pack,
    layers: Sequence[str] = (),
    *,
    within: shapely.Geometry | None = None,
    city: str = "",
    province: str = "",
    country: str = "",
) -> Directory:
    """Give the places of some layers of a pack, or of all, as locations of a directory.

    Parameters
    ----------
    pack : Pack
    layers : sequence of str
        Codes of place layers; all where empty.
    within : shapely polygon, optional
        In the pack's metres: only the places that lie in it, its limit included.
    city : str
        For addresses; where empty, the name of the area that the layer describes.
    province, country : str
        For addresses: ``QC``, ``CA``.

    Returns
    -------
    Directory
        A location for each place, with the identifier that its publisher gave it and the citation
        of the source; an address, a telephone, opening hours and what is said of accessibility
        where the recipe keeps properties of these names: ``address``, or ``number`` and
        ``street``; ``postal_code``, ``telephone``, ``opening_hours``, ``wheelchair``,
        ``accessibility``, ``website``, ``type``. The area that a label of the publisher names is
        the address's ``region``, whether or not the point lies there. The same pack gives the same
        identifiers.

    Raises
    ------
    NotFound
        ``gather_layer`` with the layers that there are.
    """
    known = {one.code: one for one in pack.recipe.places}
    for code in layers:
        if code not in known:
            raise NotFound("gather_layer", value=code, expected=", ".join(known))
    records = [
        record
        for code in layers or known
        for record in _layer(
            pack.place_tables[code],
            _citation(pack, known[code]),
            {"city": city or _city(pack, known[code]), "state_province": province or UNKNOWN, "country": country or UNKNOWN},
            _label(known[code]),
            within,
        )
    ]  # fmt: skip
    by_table = {name: tuple(one for one in records if one.table == name) for name in tables()}
    return Directory({name: some for name, some in by_table.items() if some})


def _citation(pack: Pack, layer: PlaceLayer) -> str:
    return next(one.citation.fr for one in pack.recipe.sources if one.code == layer.source)


def _city(pack: Pack, layer: PlaceLayer) -> str:
    """Give the name of the area that a layer describes."""
    if layer.covers is None:
        return UNKNOWN
    kind, _, code = layer.covers.rpartition(":")
    areas = area_table(pack, kind)
    return areas.names_fr[areas.codes.index(code)]


def _label(layer: PlaceLayer) -> str:
    """Give under which name the pack keeps the label that names an area."""
    named = (name for name, column in layer.properties.items() if column == layer.borough_column)
    return next(named, "")


def _layer(
    table: PlaceTable, citation: str, where: Told, label: str, within: shapely.Geometry | None
) -> Iterator[Record]:
    inside = np.ones(len(table.ids), dtype=bool)
    if within is not None:
        shapely.prepare(within)
        inside = shapely.intersects_xy(within, table.x, table.y)
    kept = {name: [_text(one) for one in told] for name, told in table.properties.items()}
    seen: Counter[str] = Counter()
    for n, own in enumerate(table.ids):
        said = {name: told[n] for name, told in kept.items() if told[n]}
        point = f"{table.layer} {own} {table.longitude[n]!r} {table.latitude[n]!r}"
        # Publishers repeat identifiers, and rows: which time it is tells those apart.
        place = uuid5(NAMESPACE, f"{point} {seen[point]}" if seen[point] else point)
        seen[point] += 1
        if not inside[n]:
            continue
        if label in said:
            said["label"] = said[label]
        name = _text(table.names[n])
        yield _record("location", place, {
            "id": str(place), "location_type": "physical",
            "name": "" if name.casefold() in NAMELESS else name,
            "description": said.get("type", ""), "url": _web(said.get("website", "")),
            "longitude": float(table.longitude[n]), "latitude": float(table.latitude[n]),
            "external_identifier": own, "external_identifier_type": citation,
        })  # fmt: skip
        yield from belongings(place, said, where)


def belongings(place: UUID, said: Told, where: Told) -> Iterator[Record]:
    """Give what belongs to a place: address, telephone, hours, what is said of getting in.

    Parameters
    ----------
    said : mapping of str
        As `gathered` names them, and ``label``.
    where : mapping of str
        ``city``, ``state_province``, ``country``.
    """
    street = said.get("address", "") or " ".join(said[n] for n in ("number", "street") if n in said)
    if street:
        postal = {"postal_code": said.get("postal_code", UNKNOWN), "address_type": "physical"}
        postal |= {"region": said["label"]} if said.get("label") else {}
        yield _owned("address", place, {"address_1": street, **where, **postal})
    if phone := said.get("telephone", said.get("phone", "")):
        yield _owned("phone", place, {"number": phone})
    if hours := said.get("opening_hours", ""):
        yield _owned("schedule", place, {"description": hours})
    for name in ("wheelchair", "accessibility"):
        if name in said:
            yield _owned("accessibility", place, {"description": f"{name}: {said[name]}"}, name)


def _owned(table: str, place: UUID, values: Told, which: str = "") -> Record:
    own = uuid5(place, f"{table} {which}")
    return _record(table, own, {"id": str(own), "location_id": str(place), **values})


def _record(table: str, own: UUID, values: Mapping[str, Value]) -> Record:
    return Record(
        table, {name: told for name, told in values.items() if told != ""}, where=str(own)
    )


def _text(told: object) -> str:
    return "" if told is None else str(told).strip()


def _web(told: str) -> str:
    return told if told.startswith(("http://", "https://")) else ""
