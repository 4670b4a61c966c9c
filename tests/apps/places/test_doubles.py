"""Likely doubles: found, decided and remembered, merged with a trace, taken apart again."""

from __future__ import annotations

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.directory import (
    ORGANISATION,
    PLACE,
    SERVICE,
    TWICE,
    by_id,
    entry,
    taken_in,
    told,
    uid,
    writing,
)
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.actions import undo_batch
from courtepointe.places.actions import (
    count_capacity,
    decide_pair,
    look_for_doubles,
    merge_pair,
    verify,
)
from courtepointe.places.exports import exported
from courtepointe.places.models import Candidate, Capacity, Entry, Part
from courtepointe.places.queries import pair_counts, pairs_to_decide


def with_a_double() -> dict[str, object]:
    content = told()
    place = content["services"][0]["service_at_locations"][0]["location"]
    twice = copy.deepcopy(place)
    twice |= {"id": TWICE, "name": "Centre St-Pierre", "url": "https://exemple.org", "contacts": []}
    twice |= {"languages": [], "accessibility": [], "schedules": [], "capacity": "9 lits"}
    twice["addresses"][0] |= {"id": uid(31)}
    twice["phones"][0] |= {"id": uid(32)}
    other = {"id": uid(33), "name": "Repas", "status": "active", "organization": content["services"][0]["organization"]}  # fmt: skip
    other["service_at_locations"] = [{"id": uid(34), "location": twice}]
    content["services"].append(other)
    return content


@pytest.fixture
def pair(table: Table) -> int:
    taken_in(table, with_a_double())
    assert look_for_doubles(table.slug, by=table.coordinator, now=NOW) == 1
    (found,) = pairs_to_decide(table.id)
    assert {found.first.name, found.second.name} == {"Centre Saint-Pierre", "Centre St-Pierre"}
    assert found.distance_m == 0.0 and ("name", "same") in found.reasons
    return found.number


def test_only_who_writes_looks_and_decides(table: Table, pair: int) -> None:
    for who, refusal in (("member", NotAllowed), ("former", NotFound), ("stranger", NotFound)):
        by = getattr(table, who)
        for act in (
            lambda by=by: look_for_doubles(table.slug, by=by, now=NOW),
            lambda by=by: decide_pair(table.slug, pair, "different", by=by, now=NOW),
            lambda by=by: merge_pair(table.slug, pair, keep="first", by=by, now=NOW),
        ):
            with pytest.raises(refusal):
                act()
    with pytest.raises(NotFound, match="unknown_pair"):
        decide_pair(table.other, pair, "different", by=table.stranger, now=NOW)


def test_a_decision_is_remembered(table: Table, pair: int) -> None:
    by = table.coordinator
    with pytest.raises(BadInput, match="pair_decision"):
        decide_pair(table.slug, pair, "same", by=by, now=NOW)
    decide_pair(table.slug, pair, "different", by=by, now=NOW)
    assert look_for_doubles(table.slug, by=by, now=NOW) == 0
    assert pairs_to_decide(table.id) == () and pair_counts(table.id) == {"different": 1}
    decide_pair(table.slug, pair, "", by=by, now=NOW)
    assert len(pairs_to_decide(table.id)) == 1


def merged(table: Table, pair: int) -> str:
    (row,) = Candidate.objects.all()
    keep = "first" if str(row.first) == PLACE else "second"
    return merge_pair(table.slug, pair, keep=keep, by=table.coordinator, now=NOW)


def test_a_merge_loses_nothing_and_leaves_a_trace(table: Table, pair: int) -> None:
    number = entry(TWICE).pk
    count_capacity(table.slug, number, unit="seats", maximum=7, available=None, writing=writing(table))  # fmt: skip
    verify(table.slug, number, fields=("name",), writing=writing(table))
    merged(table, pair)
    held = exported(table.slug, contacts=True, by=table.coordinator, now=NOW)
    assert {one.id for one in held.of("location")} == {PLACE}
    kept = entry(PLACE)
    assert kept.values["alternate_name"] == "Centre St-Pierre"
    assert kept.values["url"] == "https://exemple.org"
    assert kept.sources["url"]["source"], "what is taken over keeps its source"
    assert kept.verified_on == NOW.date()
    assert {one.values["location_id"] for one in held.of("service_at_location")} == {PLACE}
    assert len(held.of("address")) == 1 and len(held.of("phone")) == 2
    traces = {one.values["field_name"]: one.values for one in held.of("metadata")}
    assert traces["id"]["previous_value"] == TWICE and traces["id"]["updated_by"] == "Ana"
    assert set(Capacity.objects.values_list("holder__uid", "unit")) == {(kept.uid, "seats"), (kept.uid, "toilets"), (kept.uid, "lits")}  # fmt: skip
    with pytest.raises(Refused, match="pair_merged"):
        merged(table, pair)
    assert look_for_doubles(table.slug, by=table.coordinator, now=NOW) == 0
    assert set(Part.objects.exclude(holder=None).values_list("holder__workspace_id", flat=True)) == {table.id}  # fmt: skip


def test_a_merge_is_taken_apart_again(table: Table, pair: int) -> None:
    before = by_id(exported(table.slug, contacts=True, by=table.coordinator, now=NOW))
    rows = list(Entry.objects.order_by("pk").values("uid", "owner", "place", "folded", "sources", "verified_on"))  # fmt: skip
    batch = merged(table, pair)
    undo_batch(table.slug, batch, by=table.coordinator, now=NOW)
    assert by_id(exported(table.slug, contacts=True, by=table.coordinator, now=NOW)) == before
    assert list(Entry.objects.order_by("pk").values("uid", "owner", "place", "folded", "sources", "verified_on")) == rows  # fmt: skip
    assert len(pairs_to_decide(table.id)) == 1, "it is to be decided again"
    assert entry(ORGANISATION) and entry(SERVICE)


def test_the_page_of_pairs_asks_little_however_many_there_are(table: Table) -> None:
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            pairs_to_decide(table.id)
        return len(asked)

    taken_in(table, with_a_double())
    look_for_doubles(table.slug, by=table.coordinator, now=NOW)
    few = questions()
    places = [
        {"id": uid(100 + n), "location_type": "physical", "name": f"Parc {n // 2}", "latitude": 45.6, "longitude": -73.6 + n // 2 / 50}
        for n in range(40)
    ]  # fmt: skip
    taken_in(table, {"locations": places})
    assert look_for_doubles(table.slug, by=table.coordinator, now=NOW) == 20
    assert questions() == few <= 5
