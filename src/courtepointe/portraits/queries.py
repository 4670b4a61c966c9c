"""Every read of kept areas."""

from __future__ import annotations

from datetime import datetime

import shapely

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.values import Ledger, Told
from courtepointe.portraits.models import CustomArea, ToldSum
from courtepointe.portraits.values import Assembled, KeptArea, Shaped


def living_area(token: str, *, now: datetime) -> KeptArea | None:
    """Give the area of a token; nothing where it never was or has expired."""
    row = CustomArea.objects.filter(token=token, expires__gt=now).first()
    return None if row is None else kept(row)


def kept(row: CustomArea) -> KeptArea:
    """Read a row as a frozen value."""
    return KeptArea(
        token=row.token,
        kind=row.kind,
        name=row.name,
        what=_what(row),
        fit_method=FitMethod(row.fit_method),
        sections=_lines(row.sections),
        comparators=_lines(row.comparators),
        atlas_code=row.atlas_code,
        pack_hash=row.pack_hash,
        created=row.created,
        expires=row.expires,
        named=row.named is not None,
    )


def told_before(atlas_code: str) -> Ledger:
    """Give all that was told of protected releases, in the order in which it was told."""
    rows = ToldSum.objects.filter(atlas_code=atlas_code).order_by("number")
    return Ledger(
        tuple(
            Told(
                row.release,
                row.indicator,
                row.unit_type,
                _lines(row.unit_codes),
                tuple(float(share) for share in _lines(row.unit_shares)),
            )
            for row in rows
        )
    )


def _what(row: CustomArea) -> Shaped | Assembled:
    if row.shape is not None:
        return Shaped(shapely.from_wkb(bytes(row.shape)))
    return Assembled(row.unit_type, _lines(row.unit_codes))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
