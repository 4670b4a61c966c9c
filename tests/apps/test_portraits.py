"""Kept areas: what is kept, what is refused, what is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import shapely
from django.db import IntegrityError, transaction

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.values import Told
from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.portraits.access import area_to_read
from courtepointe.portraits.actions import (
    DRAFT_LIFE,
    KEPT_LIFE,
    forget_expired,
    keep_draft,
    name_area,
    note_told,
)
from courtepointe.portraits.models import CustomArea
from courtepointe.portraits.names import clean_name
from courtepointe.portraits.queries import living_area, told_before
from courtepointe.portraits.values import Assembled, KeptArea, Shaped

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SQUARE = shapely.box(-73.6, 45.5, -73.5, 45.6)


def draft(what: Shaped | Assembled | None = None) -> KeptArea:
    return keep_draft(
        what or Shaped(SQUARE), kind="drawn", atlas_code="town", pack_hash="hash", now=NOW
    )


def test_a_shape_comes_back_as_it_was_kept() -> None:
    kept = area_to_read(draft().token, now=NOW)
    assert isinstance(kept.what, Shaped) and kept.what.shape.equals_exact(SQUARE, 0)
    assert kept.fit_method is FitMethod.BEST_FIT and not kept.named
    assert (kept.atlas_code, kept.pack_hash) == ("town", "hash")


def test_units_come_back_in_their_order_and_fit_exactly() -> None:
    kept = area_to_read(draft(Assembled("secteur:2021", ("001", "4620001.00"))).token, now=NOW)
    assert kept.what == Assembled("secteur:2021", ("001", "4620001.00"))
    assert kept.fit_method is FitMethod.EXACT


def test_a_draft_is_named_once_and_then_lives_longer() -> None:
    token = draft().token
    named = name_area(
        token, name="  Cœur – ᐃ ", fit_method=FitMethod.AS_DRAWN, sections=("housing",),
        comparators=("ville:2021:1",), now=NOW,
    )  # fmt: skip
    assert (named.name, named.fit_method) == ("Cœur – ᐃ", FitMethod.AS_DRAWN)
    assert (named.sections, named.comparators) == (("housing",), ("ville:2021:1",))
    assert named.expires == NOW + KEPT_LIFE
    with pytest.raises(Refused, match="custom_area_already_named"):
        name_area(token, name="Autre", fit_method=FitMethod.BEST_FIT, now=NOW)
    assert area_to_read(token, now=NOW).name == "Cœur – ᐃ"


def test_what_has_expired_is_neither_read_nor_named_nor_kept() -> None:
    token = draft().token
    later = NOW + DRAFT_LIFE
    assert living_area(token, now=later - timedelta(seconds=1)) is not None
    with pytest.raises(NotFound, match="unknown_custom_area"):
        area_to_read(token, now=later)
    with pytest.raises(NotFound):
        name_area(token, name="Tard", fit_method=FitMethod.BEST_FIT, now=later)
    assert forget_expired(now=later) == 1
    assert not CustomArea.objects.exists()


def test_keeping_an_area_forgets_those_whose_time_is_over() -> None:
    old = draft().token
    keep_draft(
        Shaped(SQUARE), kind="drawn", atlas_code="t", pack_hash="h", now=NOW + timedelta(days=3)
    )
    assert not CustomArea.objects.filter(token=old).exists()


def test_addresses_cannot_be_guessed() -> None:
    tokens = {draft().token for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 20


@pytest.mark.parametrize(
    ["shape", "code"],
    [
        [shapely.Point(0, 0), "custom_area_not_a_surface"],
        [shapely.Polygon(), "custom_area_not_a_surface"],
        [shapely.Point(0, 0).buffer(1, quad_segs=6000), "custom_area_too_detailed"],
    ],
)
def test_what_is_no_area_is_refused(shape: shapely.Geometry, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        Shaped(shape)


def test_no_unit_is_no_area() -> None:
    with pytest.raises(BadInput, match="custom_area_without_units"):
        Assembled("secteur:2021", ())


def test_the_database_refuses_an_area_that_is_both_or_neither() -> None:
    row = CustomArea.objects.get(token=draft().token)
    for change in ({"unit_codes": "001"}, {"shape": None}, {"kind": "other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CustomArea.objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize("name", ["Œuvre", "L’Île – Nord", "ᐃᓄᒃ", "Łódź", "می\u200cخواهم"])
def test_names_of_every_script_are_kept(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ["name", "code"],
    [
        ["", "custom_area_name_empty"],
        [" \u2009 ", "custom_area_name_empty"],
        ["é" * 121, "custom_area_name_too_long"],
        ["a\x00", "custom_area_name_unprintable"],
        ["a\u202e", "custom_area_name_unprintable"],
        ["a\n", "custom_area_name_unprintable"],
    ],
)
def test_names_that_cannot_be_shown_are_refused(name: str, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        clean_name(name)


def test_told_sums_are_kept_in_order_and_read_back() -> None:
    first = Told("helped_2021", "helped", "area:2021", ("1", "2"), (1.0, 0.25))
    second = replace(first, codes=("1",), shares=(1.0,))
    assert note_told([first], atlas_code="village", after=0, now=NOW)
    assert note_told([second], atlas_code="village", after=1, now=NOW)
    assert told_before("village").told == (first, second)
    assert told_before("elsewhere").told == ()


def test_a_sum_told_meanwhile_sends_the_question_back() -> None:
    """Two people ask at once: the second must be answered against the first."""
    one = Told("helped_2021", "helped", "area:2021", ("1",), (1.0,))
    assert note_told([one], atlas_code="village", after=0, now=NOW)
    assert not note_told([replace(one, codes=("2",))], atlas_code="village", after=0, now=NOW)
    assert told_before("village").told == (one,)
