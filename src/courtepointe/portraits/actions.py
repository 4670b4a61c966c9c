"""Every write to kept areas. Nothing is known of who draws: the address is the only key."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import shapely
from django.db import IntegrityError, transaction

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.values import Told
from courtepointe.portraits.access import draft_to_name
from courtepointe.portraits.models import CustomArea, ToldSum
from courtepointe.portraits.names import clean_name
from courtepointe.portraits.queries import kept
from courtepointe.portraits.values import Assembled, KeptArea, Shaped

DRAFT_LIFE = timedelta(days=2)
KEPT_LIFE = timedelta(days=400)


@transaction.atomic
def keep_draft(
    what: Shaped | Assembled, *, kind: str, atlas_code: str, pack_hash: str, now: datetime
) -> KeptArea:
    """Keep a shape or units for two days, until it is named; forget what has expired."""
    forget_expired(now=now)
    shaped = isinstance(what, Shaped)
    row = CustomArea.objects.create(
        token=secrets.token_urlsafe(16),
        kind=kind,
        shape=shapely.to_wkb(what.shape) if isinstance(what, Shaped) else None,
        unit_type="" if isinstance(what, Shaped) else what.unit_type,
        unit_codes="" if isinstance(what, Shaped) else "\n".join(what.codes),
        fit_method=(FitMethod.BEST_FIT if shaped else FitMethod.EXACT).value,
        atlas_code=atlas_code,
        pack_hash=pack_hash,
        created=now,
        expires=now + DRAFT_LIFE,
    )
    return kept(row)


@transaction.atomic
def name_area(
    token: str,
    *,
    name: str,
    fit_method: FitMethod,
    sections: tuple[str, ...] = (),
    comparators: tuple[str, ...] = (),
    now: datetime,
) -> KeptArea:
    """Name a draft and keep it for 400 days; its address never changes what it shows."""
    row = draft_to_name(token, now=now)
    row.name = clean_name(name)
    row.fit_method = fit_method.value
    row.sections = "\n".join(sections)
    row.comparators = "\n".join(comparators)
    row.named = now
    row.expires = now + KEPT_LIFE
    row.save()
    return kept(row)


def forget_expired(*, now: datetime) -> int:
    """Delete the areas whose time is over and say how many."""
    return CustomArea.objects.filter(expires__lte=now).delete()[0]


def note_told(told: Sequence[Told], *, atlas_code: str, after: int, now: datetime) -> bool:
    """Write down what is about to be told, unless something else was told meanwhile.

    ``after`` is how many sums had been told when the answer was found; False means that the
    answer must be found again, with those told since.
    """
    rows = [
        ToldSum(
            atlas_code=atlas_code,
            number=after + place,
            release=one.release,
            indicator=one.indicator,
            unit_type=one.unit_type,
            unit_codes="\n".join(one.codes),
            unit_shares="\n".join(repr(share) for share in one.shares),
            told=now,
        )
        for place, one in enumerate(told)
    ]
    try:
        with transaction.atomic():
            if ToldSum.objects.filter(atlas_code=atlas_code).count() != after:
                return False
            ToldSum.objects.bulk_create(rows)
    except IntegrityError:
        return False
    return True
