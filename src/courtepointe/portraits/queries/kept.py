"""Reads of kept areas, and of notices and uses of releases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import shapely
from django.db.models import QuerySet
from django.utils.timezone import localdate

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.values import Ledger, Told
from courtepointe.atlas.recipe.recalls import Notice
from courtepointe.atlas.recipe.values import Words
from courtepointe.portraits.models import (
    CustomArea,
    Edition,
    ReleaseNotice,
    ReleaseUse,
    ToldSum,
    WrittenPortrait,
)
from courtepointe.portraits.releases import CUSTOM_AREA, Use
from courtepointe.portraits.values import Assembled, KeptArea, Shaped
from courtepointe.portraits.written import EDITION, PORTRAIT

KINDS = (CUSTOM_AREA, PORTRAIT, EDITION)


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


def notices_in_force(atlas_code: str) -> tuple[Notice, ...]:
    """Give the last notice about each release, by release; none where it was lifted."""
    last: dict[str, ReleaseNotice] = {}
    for row in ReleaseNotice.objects.filter(atlas_code=atlas_code).order_by("id"):
        last[row.release] = row
    return tuple(
        Notice(
            release=code,
            date=localdate(row.given).isoformat(),
            reason=Words(row.reason_fr, row.reason_en)
            if row.kind == ReleaseNotice.Kind.RECALLED
            else None,
            replaced_by=row.replaced_by or None,
        )
        for code, row in sorted(last.items())
        if row.kind != ReleaseNotice.Kind.LIFTED
    )


def uses_of_release(release: str, *, atlas_code: str, now: datetime) -> tuple[Use, ...]:
    """List everything living that was read with a release: for operators only."""
    return _uses(ReleaseUse.objects.filter(release=release, atlas_code=atlas_code), now)


def uses_by(kind: str, key: str, *, now: datetime) -> tuple[Use, ...]:
    """List the releases that one kept thing was read with."""
    return _uses(ReleaseUse.objects.filter(user_kind=kind, user_key=key), now)


def _uses(rows: QuerySet[ReleaseUse], now: datetime) -> tuple[Use, ...]:
    found = list(rows.order_by("noted", "id"))
    names = _names(found, now)
    return tuple(
        Use(
            row.user_kind,
            row.user_key,
            names[row.user_kind, row.user_key],
            row.release,
            row.pack_hash,
            row.noted,
        )
        for row in found
        if (row.user_kind, row.user_key) in names
    )


def _names(rows: Sequence[ReleaseUse], now: datetime) -> dict[tuple[str, str], str]:
    """Name what still is there: areas and portraits until they expire, editions until withdrawn."""
    keys = {kind: [r.user_key for r in rows if r.user_kind == kind] for kind in KINDS}
    areas = CustomArea.objects.filter(token__in=keys[CUSTOM_AREA], expires__gt=now)
    portraits = WrittenPortrait.objects.filter(token__in=keys[PORTRAIT], expires__gt=now)
    editions = Edition.objects.filter(slug__in=keys[EDITION], withdrawn=None)
    told = {(CUSTOM_AREA, token): name for token, name in areas.values_list("token", "name")}
    told |= {(PORTRAIT, row.token): str(row) for row in portraits}
    told |= {(EDITION, row.slug): str(row) for row in editions}
    known = {(r.user_kind, r.user_key): "" for r in rows if r.user_kind not in KINDS}
    return known | told


def _what(row: CustomArea) -> Shaped | Assembled:
    if row.shape is not None:
        return Shaped(shapely.from_wkb(bytes(row.shape)))
    return Assembled(row.unit_type, _lines(row.unit_codes))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
