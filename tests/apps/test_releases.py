"""Notices about releases: what is recalled, what rests on it, and who may see that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import shapely
from django.db import IntegrityError, transaction

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.portraits.actions import (
    KEPT_LIFE,
    forget_expired,
    keep_draft,
    lift_notice,
    name_area,
    note_uses,
    recall_release,
    supersede_release,
)
from courtepointe.portraits.models import ReleaseNotice, ReleaseUse
from courtepointe.portraits.queries import notices_in_force, uses_by, uses_of_release
from courtepointe.portraits.releases import CUSTOM_AREA
from courtepointe.portraits.values import Shaped

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WHY = Words("Deux colonnes étaient échangées.", "Two columns were exchanged.")
KNOWN = ("profil", "comptage")
SQUARE = Shaped(shapely.box(-73.6, 45.5, -73.5, 45.6))


def kept(name: str, *releases: str) -> str:
    draft = keep_draft(SQUARE, kind="drawn", atlas_code="town", pack_hash="old", now=NOW)
    name_area(
        draft.token, name=name, fit_method=FitMethod.BEST_FIT, releases=releases,
        pack_hash="hash", now=NOW,
    )  # fmt: skip
    return draft.token


def recall(release: str = "profil", why: Words = WHY, replaced_by: str = "") -> None:
    recall_release(
        release, atlas_code="town", known=KNOWN, reason=why, replaced_by=replaced_by,
        by="opératrice", now=NOW,
    )  # fmt: skip


def test_a_recall_lists_every_kept_area_that_was_read_with_the_release() -> None:
    ours, theirs = kept("Le nôtre", "profil", "comptage"), kept("Le leur", "profil")
    kept("Un autre", "comptage")
    recall(replaced_by="profil_2")
    found = uses_of_release("profil", atlas_code="town", now=NOW)
    assert [(use.key, use.name, use.pack_hash) for use in found] == [
        (ours, "Le nôtre", "hash"), (theirs, "Le leur", "hash"),
    ]  # fmt: skip
    (notice,) = notices_in_force("town")
    assert (notice.release, notice.reason, notice.replaced_by) == ("profil", WHY, "profil_2")
    assert notices_in_force("another atlas") == ()


def test_each_holder_sees_their_own_area_and_a_stranger_none() -> None:
    ours, theirs = kept("Le nôtre", "profil", "comptage"), kept("Le leur", "profil")
    assert {use.release for use in uses_by(CUSTOM_AREA, ours, now=NOW)} == {"profil", "comptage"}
    assert {use.key for use in uses_by(CUSTOM_AREA, theirs, now=NOW)} == {theirs}
    assert uses_by(CUSTOM_AREA, "a-strangers-guess", now=NOW) == ()


def test_the_last_notice_is_in_force_and_all_of_them_stay_written() -> None:
    supersede_release(
        "profil", atlas_code="town", known=KNOWN, replaced_by="profil_2", by="op", now=NOW
    )
    assert notices_in_force("town")[0].reason is None
    recall()
    assert notices_in_force("town")[0].reason == WHY
    lift_notice("profil", atlas_code="town", known=KNOWN, by="op", now=NOW)
    assert notices_in_force("town") == ()
    assert [row.kind for row in ReleaseNotice.objects.order_by("id")] == [
        "superseded", "recalled", "lifted",
    ]  # fmt: skip
    with pytest.raises(Refused, match="no_notice_to_lift"):
        lift_notice("profil", atlas_code="town", known=KNOWN, by="op", now=NOW)


def test_a_recall_that_says_nothing_or_names_nothing_is_refused() -> None:
    with pytest.raises(BadInput, match="recall_without_reason"):
        recall(why=Words("Une raison.", " "))
    with pytest.raises(NotFound, match="unknown_release"):
        recall("profile")
    with pytest.raises(BadInput, match="release_replaced_by_itself"):
        recall(replaced_by="profil")
    assert not ReleaseNotice.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseNotice.objects.create(
            atlas_code="town", release="profil", kind="recalled", given_by="op", given=NOW
        )


def test_what_is_forgotten_rests_on_nothing() -> None:
    token = kept("Passager", "profil")
    later = NOW + KEPT_LIFE
    assert uses_of_release("profil", atlas_code="town", now=later - timedelta(seconds=1))
    assert uses_of_release("profil", atlas_code="town", now=later) == ()
    forget_expired(now=later)
    assert not ReleaseUse.objects.filter(user_key=token).exists()


def test_anything_else_that_rests_on_releases_is_noted_once() -> None:
    for _ in range(2):
        note_uses("plan", "e1", ["profil", "profil"], atlas_code="town", pack_hash="h", now=NOW)
    (use,) = uses_of_release("profil", atlas_code="town", now=NOW)
    assert (use.kind, use.key, use.name) == ("plan", "e1", "")
