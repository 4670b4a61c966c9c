"""The one gate: whoever holds an address may read an area, or write in a portrait."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound, Refused
from courtepointe.portraits.models import CustomArea, Paragraph, WrittenPortrait
from courtepointe.portraits.queries import living_area, living_portrait, published_edition
from courtepointe.portraits.values import KeptArea
from courtepointe.portraits.written import KeptEdition, KeptPortrait


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


def portrait_to_read(token: str, *, now: datetime) -> KeptPortrait:
    """Give a portrait that people write in, or raise `NotFound`."""
    portrait = living_portrait(token, now=now)
    if portrait is None:
        raise NotFound("unknown_portrait")
    return portrait


def portrait_to_change(token: str, *, now: datetime) -> WrittenPortrait:
    """Give a portrait's row, locked, or raise `NotFound`."""
    row = WrittenPortrait.objects.select_for_update().filter(token=token, expires__gt=now).first()
    if row is None:
        raise NotFound("unknown_portrait")
    return row


def paragraph_to_change(token: str, number: int, *, now: datetime) -> Paragraph:
    """Give a paragraph of this portrait and of no other, or raise `NotFound`."""
    portrait = portrait_to_change(token, now=now)
    row = portrait.paragraphs.filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_paragraph")
    return row


def edition_to_read(slug: str) -> KeptEdition:
    """Give an edition; raise `NotFound` where there never was one, `Refused` where it was withdrawn."""
    edition = published_edition(slug)
    if edition is None:
        raise NotFound("unknown_edition")
    if edition.withdrawn is not None:
        raise Refused("edition_withdrawn", date=localdate(edition.withdrawn))
    return edition
