"""Every write to kept areas. Nothing is known of who draws: the address is the only key."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import shapely
from django.db import IntegrityError, transaction

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.values import Told
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.portraits.access import draft_to_name
from courtepointe.portraits.models import CustomArea, ReleaseNotice, ReleaseUse, ToldSum
from courtepointe.portraits.names import clean_name
from courtepointe.portraits.queries import kept
from courtepointe.portraits.releases import CUSTOM_AREA
from courtepointe.portraits.values import Assembled, KeptArea, Shaped

DRAFT_LIFE = timedelta(days=2)
KEPT_LIFE = timedelta(days=400)
MOST_DRAFTS = 5_000
"""Areas that wait for a name: with the largest shapes, some two gigabytes."""


@transaction.atomic
def keep_draft(
    what: Shaped | Assembled,
    *,
    kind: str,
    atlas_code: str,
    pack_hash: str,
    now: datetime,
    fit_method: FitMethod | None = None,
) -> KeptArea:
    """Keep a shape or units for two days, until it is named; forget what has expired."""
    forget_expired(now=now)
    waiting = CustomArea.objects.filter(named=None).count()
    if waiting >= MOST_DRAFTS:
        raise Refused("too_many_drafts", value=waiting)
    shaped = isinstance(what, Shaped)
    row = CustomArea.objects.create(
        token=secrets.token_urlsafe(16),
        kind=kind,
        shape=shapely.to_wkb(what.shape) if isinstance(what, Shaped) else None,
        unit_type="" if isinstance(what, Shaped) else what.unit_type,
        unit_codes="" if isinstance(what, Shaped) else "\n".join(what.codes),
        fit_method=(fit_method or (FitMethod.BEST_FIT if shaped else FitMethod.EXACT)).value,
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
    releases: Sequence[str] = (),
    pack_hash: str = "",
    now: datetime,
) -> KeptArea:
    """Name a draft and keep it for 400 days; its address never changes what it shows.

    ``releases`` are those that its figures rest on in the pack ``pack_hash``.
    """
    row = draft_to_name(token, now=now)
    row.name = clean_name(name)
    row.fit_method = fit_method.value
    row.sections = "\n".join(sections)
    row.comparators = "\n".join(comparators)
    row.named = now
    row.expires = now + KEPT_LIFE
    row.pack_hash = pack_hash or row.pack_hash
    row.save()
    note_uses(
        CUSTOM_AREA, row.token, releases,
        atlas_code=row.atlas_code, pack_hash=row.pack_hash, now=now,
    )  # fmt: skip
    return kept(row)


def forget_expired(*, now: datetime) -> int:
    """Delete the areas whose time is over, with what they rested on, and say how many."""
    over = CustomArea.objects.filter(expires__lte=now)
    tokens = list(over.values_list("token", flat=True))
    ReleaseUse.objects.filter(user_kind=CUSTOM_AREA, user_key__in=tokens).delete()
    return CustomArea.objects.filter(token__in=tokens).delete()[0]


@transaction.atomic
def note_uses(
    kind: str,
    key: str,
    releases: Sequence[str],
    *,
    atlas_code: str,
    pack_hash: str,
    now: datetime,
) -> None:
    """Write down which releases a kept thing was read with."""
    ReleaseUse.objects.bulk_create(
        [
            ReleaseUse(
                user_kind=kind,
                user_key=key,
                atlas_code=atlas_code,
                release=release,
                pack_hash=pack_hash,
                noted=now,
            )
            for release in dict.fromkeys(releases)
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def recall_release(
    release: str,
    *,
    atlas_code: str,
    known: Sequence[str],
    reason: Words,
    replaced_by: str = "",
    by: str,
    now: datetime,
) -> None:
    """Give notice that a release is no longer to be relied on; its figures stay, with a caution."""
    if not reason.fr.strip() or not reason.en.strip():
        raise BadInput("recall_without_reason", value=release)
    _give(
        release, ReleaseNotice.Kind.RECALLED, atlas_code=atlas_code, known=known,
        reason=reason, replaced_by=replaced_by, by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def supersede_release(
    release: str, *, atlas_code: str, known: Sequence[str], replaced_by: str, by: str, now: datetime
) -> None:
    """Give notice that a newer release exists; nothing is wrong with this one."""
    _give(
        release, ReleaseNotice.Kind.SUPERSEDED, atlas_code=atlas_code, known=known,
        replaced_by=replaced_by, by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def lift_notice(
    release: str, *, atlas_code: str, known: Sequence[str], by: str, now: datetime
) -> None:
    """Take the notice about a release back; what was said stays written."""
    last = ReleaseNotice.objects.filter(atlas_code=atlas_code, release=release).last()
    if last is None or last.kind == ReleaseNotice.Kind.LIFTED:
        raise Refused("no_notice_to_lift", value=release)
    _give(
        release, ReleaseNotice.Kind.LIFTED, atlas_code=atlas_code, known=known, by=by, now=now
    )  # fmt: skip


def _give(
    release: str,
    kind: str,
    *,
    atlas_code: str,
    known: Sequence[str],
    by: str,
    now: datetime,
    reason: Words | None = None,
    replaced_by: str = "",
) -> None:
    if release not in known:
        raise NotFound("unknown_release", value=release, expected=", ".join(known))
    if release == replaced_by:
        raise BadInput("release_replaced_by_itself", value=release)
    ReleaseNotice.objects.create(
        atlas_code=atlas_code,
        release=release,
        kind=kind,
        reason_fr=reason.fr if reason else "",
        reason_en=reason.en if reason else "",
        replaced_by=replaced_by,
        given_by=by,
        given=now,
    )


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
