"""What a person typed, pasted, ticked or uploaded -> clean values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
import shapely.geometry
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from courtepointe.atlas.fits import FitMethod
from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.doors.served import Served
from courtepointe.doors.site.maps import carried, metres
from courtepointe.doors.site.security import upload_too_large
from courtepointe.doors.site.shapes_to_pick import whole_bounds
from courtepointe.doors.site.subjects import FITS
from courtepointe.formats.boundaries import check_drawn, read_drawn
from courtepointe.formats.boundaries.values import Drawn
from courtepointe.portraits.names import clean_name
from courtepointe.portraits.values import Assembled, Shaped

WAYS = ("draw", "upload", "assemble")
LONGEST_WRITTEN = 2_000_000


@dataclass(frozen=True, slots=True)
class Proposed:
    """A shape or units that a person proposes, and what was mended on the way."""

    what: Shaped | Assembled
    kind: str
    name: str = ""
    notices: tuple[str, ...] = ()


def written_shape(text: str, served: Served) -> Proposed:
    """Read a shape as text: GeoJSON as the map writes it, or WKT; longitude and latitude."""
    told = text.strip()
    if not told:
        raise BadInput("shape_not_given")
    if len(told) > LONGEST_WRITTEN:
        raise upload_too_large(len(told))
    if told.startswith("{") and '"Feature' in told:
        return _uploaded(told.encode(), "forme.geojson", served, kind="drawn")
    shape = _geometry(told)
    _check_width(shape, served)
    carried_shape = shapely.transform(
        shapely.force_2d(shape), metres(served).transform, interleaved=False
    )
    return _proposed(check_drawn(carried_shape), served, kind="drawn")


def _geometry(told: str) -> shapely.Geometry:
    try:
        if told.startswith("{"):
            return shapely.from_geojson(told)
        return shapely.from_wkt(told)
    except (shapely.errors.ShapelyError, json.JSONDecodeError, ValueError) as error:
        raise BadInput("shape_not_read", value=told[:60]) from error


def uploaded_shape(file: UploadedFile[bytes] | None, served: Served) -> Proposed:
    """Read an uploaded file of boundaries."""
    if file is None or file.size is None:
        raise BadInput("file_not_given")
    if file.size > settings.UPLOAD_LIMIT_BYTES:
        raise upload_too_large(file.size)
    return _uploaded(file.read(), file.name or "", served, kind="uploaded")


def _uploaded(content: bytes, filename: str, served: Served, *, kind: str) -> Proposed:
    drawn = read_drawn(
        content,
        filename=filename,
        to_crs=served.pack.recipe.metric_crs,
        limit_bytes=settings.UPLOAD_LIMIT_BYTES,
    )
    return _proposed(drawn, served, kind=kind)


def _proposed(drawn: Drawn, served: Served, *, kind: str) -> Proposed:
    shape = carried(served, drawn.shape)
    _check_order(shape, served)
    return Proposed(Shaped(shape), kind, suggested_name(drawn.name), drawn.notices)


def _check_width(shape: shapely.Geometry, served: Served) -> None:
    """Refuse what no projection of the atlas can carry: metres taken for degrees, half the world."""
    if shape.is_empty or not np.isfinite(shape.bounds).all():
        return
    west, south, east, north = shape.bounds
    if max(abs(west), abs(east)) > 180.0 or max(abs(south), abs(north)) > 90.0:
        raise BadInput("area_shape_not_degrees", value=f"{west:g}, {south:g}")
    own = whole_bounds(served)
    wide, high = own[2] - own[0], own[3] - own[1]
    if east - west > max(20.0, 3.0 * wide) or north - south > max(20.0, 3.0 * high):
        width, height = round(east - west, 2), round(north - south, 2)
        raise BadInput(
            "shape_too_wide", width=width, height=height, wide=round(wide, 2), high=round(high, 2)
        )


def _check_order(shape: shapely.Geometry, served: Served) -> None:
    """Name a shape whose longitude and latitude are exchanged: it is inside once they are put right."""
    atlas = shapely.box(*whole_bounds(served))
    if shapely.intersects(shapely.box(*shape.bounds), atlas):
        return
    west, south, east, north = shape.bounds
    if shapely.intersects(shapely.box(south, west, north, east), atlas):
        longitude, latitude = (round(float(n), 4) for n in shapely.get_coordinates(shape)[0])
        raise BadInput("shape_swapped", longitude=longitude, latitude=latitude)


def suggested_name(found: str | None) -> str:
    """Give the name found in a file, where it may be kept as it is."""
    try:
        return clean_name(found or "")
    except CourtepointeError:
        return ""


def chosen_units(codes: Sequence[str], unit_type: str, served: Served) -> Proposed:
    """Read ticked units; a code that the atlas does not know is refused by name."""
    tables = served.pack.area_tables
    if unit_type not in tables:
        raise BadInput("unknown_unit_type", value=unit_type, expected=", ".join(tables))
    known = set(tables[unit_type].codes)
    strange = [code for code in codes if code not in known]
    if strange:
        raise BadInput("unknown_unit", value=strange[0], unit_type=unit_type)
    return Proposed(Assembled(unit_type, tuple(sorted(set(codes)))), "assembled")


@dataclass(frozen=True, slots=True)
class NameForm:
    """The second step, as typed: nothing of it is lost where something is refused."""

    name: str
    fit: str
    sections: tuple[str, ...]
    against: tuple[str, ...]

    @classmethod
    def of(cls, data: QueryDict) -> NameForm:
        """Read what was sent."""
        return cls(
            name=data.get("name", "")[:1000],
            fit=data.get("fit", ""),
            sections=tuple(data.getlist("section")),
            against=tuple(dict.fromkeys(text for text in data.getlist("against") if text)),
        )

    def fit_method(self, own: FitMethod) -> FitMethod:
        """Give the fit chosen, or the draft's own where the form does not say."""
        return FITS.get(self.fit, own)

    def known_sections(self, served: Served) -> tuple[str, ...]:
        """Give the sections chosen; none where all of them are."""
        every = tuple(section.code for section in served.pack.recipe.sections)
        kept = tuple(code for code in every if code in self.sections)
        return () if len(kept) == len(every) else kept
