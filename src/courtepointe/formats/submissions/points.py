"""Points and lines as telephones, ODK and Kobo write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from courtepointe.formats.submissions.values import GeoPoint

WKT = re.compile(r"POINT\s*\(\s*([^()]+?)\s*\)", re.IGNORECASE)


def point_of(told: Any) -> GeoPoint:
    """Read a point.

    Parameters
    ----------
    told : str, mapping or sequence
        ``latitude longitude altitude accuracy`` (the last two may lack), GeoJSON, WKT, or
        ``[latitude, longitude]``.

    Raises
    ------
    ValueError
        Where it is none of these, or lies outside the earth.
    """
    if isinstance(told, Mapping):
        accuracy = (told.get("properties") or {}).get("accuracy")
        return _from_geojson(told["coordinates"], accuracy)
    if isinstance(told, str):
        found = WKT.fullmatch(told.strip())
        if found is not None:
            return _from_geojson(found[1].split(), None)
        told = told.split()
    return _point(*_numbers(told))


def point_of_parts(part: Callable[[str], str]) -> GeoPoint | None:
    """Read a point from a column for each of its parts; None where they are empty.

    Raises
    ------
    ValueError
        Where one is no number, or longitude stands without latitude.
    """
    texts = [part(name) for name in ("latitude", "longitude", "altitude", "accuracy")]
    if not any(texts):
        return None
    return _point(*_numbers([texts[0] or "?", texts[1] or "?", texts[2] or None, texts[3] or None]))


def line_of(told: Any) -> tuple[GeoPoint, ...]:
    """Read a line or the outline of a surface: points with ``;`` between them, or GeoJSON.

    Raises
    ------
    ValueError
        As `point_of`; where there is no point.
    """
    if isinstance(told, Mapping):
        accuracies = (told.get("properties") or {}).get("accuracies") or []
        ring = told["coordinates"]
        if ring and isinstance(ring[0][0], Sequence):
            ring = ring[0]
        missing = [None] * (len(ring) - len(accuracies))
        pairs = zip(ring, [*accuracies, *missing], strict=True)
        return tuple(_from_geojson(one, accuracy) for one, accuracy in pairs)
    points = tuple(point_of(one) for one in str(told).split(";") if one.strip())
    if not points:
        raise ValueError(told)
    return points


def _numbers(told: Sequence[Any]) -> list[float | None]:
    if not 2 <= len(told) <= 4:
        raise ValueError(told)
    # A comma can only be a decimal one: there are no thousands of degrees.
    numbers = [None if one is None else float(str(one).replace(",", ".")) for one in told]
    if any(
        (number is not None and abs(number) == float("inf")) or number != number
        for number in numbers
    ):
        raise ValueError(told)
    return numbers


def _from_geojson(coordinates: Sequence[Any], accuracy: Any) -> GeoPoint:
    longitude, latitude, *rest = _numbers(coordinates[:3])
    return _point(latitude, longitude, rest[0] if rest else None, None if accuracy is None else float(accuracy))  # fmt: skip


def _point(
    latitude: float | None,
    longitude: float | None,
    altitude: float | None = None,
    accuracy: float | None = None,
) -> GeoPoint:
    if latitude is None or longitude is None:
        raise ValueError("a point without one of its two coordinates")
    # A point that a hand placed has an accuracy of 0 and no altitude: neither was measured.
    by_hand = not accuracy
    return GeoPoint(longitude, latitude, accuracy or None, None if by_hand and not altitude else altitude)  # fmt: skip
