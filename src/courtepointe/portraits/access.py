"""The one gate to kept areas: whoever holds the address may read; only a draft may be named."""

from __future__ import annotations

from datetime import datetime

from courtepointe.core.errors import NotFound, Refused
from courtepointe.portraits.models import CustomArea
from courtepointe.portraits.queries import living_area
from courtepointe.portraits.values import KeptArea


def area_to_read(token: str, *, now: datetime) -> KeptArea:
    """Give a kept area, or raise `NotFound`."""
    area = living_area(token, now=now)
    if area is None:
        raise NotFound("unknown_custom_area", value=token)
    return area


def draft_to_name(token: str, *, now: datetime) -> CustomArea:
    """Give a draft's row, locked; raise `Refused` where it has its name already."""
    row = CustomArea.objects.select_for_update().filter(token=token, expires__gt=now).first()
    if row is None:
        raise NotFound("unknown_custom_area", value=token)
    if row.named is not None:
        raise Refused("custom_area_already_named", value=row.name)
    return row
