"""Lists: narrowed, page by page, in a constant number of questions; each reader sees what is theirs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.directory import (
    ORGANISATION,
    PLACE,
    SECRETS,
    SERVICE,
    entry,
    taken_in,
    uid,
    writing,
)
from tests.support.table import NOW, Table

from courtepointe.core.errors import NotFound
from courtepointe.formats.hsds import write_json
from courtepointe.people.actions import answer_agreement, offer_agreement, revoke_agreement
from courtepointe.places.access import public_entry, received_directory, received_entry
from courtepointe.places.actions import add, close, show_to, verify
from courtepointe.places.exports import exported, received_export
from courtepointe.places.models import Entry
from courtepointe.places.queries import areas_named, languages_named, listed, public_rows, seen_by
from courtepointe.places.values import PARTNERS, PUBLIC, Audience, Filters

ALL = Audience(None, contacts=True, names=True)


def names(table: Table, audience: Audience = ALL, now: datetime = NOW, **filters: object) -> list[str]:  # fmt: skip
    page = listed(table.id, Filters(**filters), audience, now=now)  # type: ignore[arg-type]
    return [one.name for one in page.rows]


def test_a_list_is_narrowed_as_people_ask(table: Table) -> None:
    taken_in(table)
    assert names(table) == ["Centre Saint-Pierre", "Halte-chaleur", "La Maille"]
    assert names(table, q="st pierre") == names(table, q="PIER") == ["Centre Saint-Pierre"]
    assert names(table, q="ierre") == [], "words are found by their beginning"
    assert names(table, q="%") == names(table), "no word, no sieve"
    assert names(table, kind="service") == ["Halte-chaleur"]
    assert names(table, language="FR") == names(table, accessible=True) == ["Centre Saint-Pierre"]
    assert names(table, language="en") == ["Centre Saint-Pierre"]
    assert names(table, state="closed") == names(table, state="disagrees") == []
    assert names(table, unverified_months=6) == names(table)
    verify(table.slug, entry(PLACE).pk, writing=writing(table))
    assert names(table, unverified_months=6) == ["Halte-chaleur", "La Maille"]
    assert "Centre Saint-Pierre" in names(table, unverified_months=6, now=NOW + timedelta(days=200))
    close(table.slug, entry(PLACE).pk, on=NOW.date(), why="", writing=writing(table))
    assert names(table, state="closed") == ["Centre Saint-Pierre"]
    assert languages_named(table.id, ALL) == ["en", "fr", "iu"] and areas_named(table.id, ALL) == []


def test_open_now_follows_the_clock_of_the_place(table: Table) -> None:
    taken_in(table)
    monday = datetime(2026, 6, 1, 13, 30, tzinfo=UTC)  # 9:30 there
    assert names(table, open_now=True, now=monday) == ["Centre Saint-Pierre"]
    assert names(table, open_now=True, now=monday - timedelta(hours=1)) == []
    assert names(table, open_now=True, now=monday + timedelta(days=2)) == []


def many(table: Table, n: int) -> None:
    places = [
        {
            "id": uid(200 + k), "location_type": "physical", "name": f"Parc n° {k % 7}",
            "addresses": [{
                "id": uid(4000 + k), "address_1": f"{k}, rue A", "city": "M", "state_province": "QC",
                "postal_code": "H1H 1H1", "country": "CA", "address_type": "physical"}],
            "schedules": [{"id": uid(6000 + k), "description": "Mo-Fr 09:00-18:00" if k % 3 else "24/7"}],
        }
        for k in range(n)
    ]  # fmt: skip
    taken_in(table, {"locations": places})


@pytest.mark.parametrize("open_now", [False, True])
def test_pages_follow_each_other_and_hold_each_record_once(table: Table, open_now: bool) -> None:
    many(table, 120)
    monday = datetime(2026, 6, 1, 13, 30, tzinfo=UTC)
    seen: list[int] = []
    after, sizes = None, []
    while True:
        page = listed(table.id, Filters(open_now=open_now), ALL, now=monday, after=after)
        seen += [one.number for one in page.rows]
        sizes.append(len(page.rows))
        after = page.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 120 and sizes[:2] == [50, 50]
    expected = Entry.objects.order_by("folded", "pk").values_list("pk", flat=True)
    assert seen == list(expected)


def test_a_page_costs_the_same_whatever_it_holds(table: Table) -> None:
    def cost(act: object) -> int:
        with CaptureQueriesContext(connection) as asked:
            act()  # type: ignore[operator]
        return len(asked)

    many(table, 3)

    def first() -> Entry:
        return Entry.objects.earliest("pk")

    few = cost(lambda: listed(table.id, Filters(q="parc"), ALL, now=NOW))
    one = cost(lambda: seen_by(first(), ALL, now=NOW))
    many(table, 60)
    assert cost(lambda: listed(table.id, Filters(q="parc"), ALL, now=NOW)) == few <= 2
    assert cost(lambda: seen_by(first(), ALL, now=NOW)) == one <= 11
    taken_in(table)
    assert cost(lambda: seen_by(entry(PLACE), ALL, now=NOW)) <= 12


def agreed(table: Table) -> int:
    number = offer_agreement(
        table.slug, receiver=table.other, what="directory", purpose="orienter",
        since=NOW.date(), until=date(2026, 12, 31), by=table.coordinator, now=NOW,
    )  # fmt: skip
    answer_agreement(table.other, number, accepted=True, by=table.stranger, now=NOW)
    return number


def test_an_agreement_shows_what_is_for_partners_and_no_contact(table: Table) -> None:
    taken_in(table, visibility="partners")
    show_to(table.slug, entry(ORGANISATION).pk, "workspace", writing=writing(table))
    number = agreed(table)
    owner, audience = received_directory(table.other, number, by=table.stranger, now=NOW)
    assert owner == table.id
    assert names(table, audience) == ["Centre Saint-Pierre", "Halte-chaleur"]
    assert names(table, audience, state="closed") == names(table, audience)
    row, audience = received_entry(table.other, number, entry(SERVICE).pk, by=table.stranger, now=NOW)  # fmt: skip
    told = seen_by(row, audience, now=NOW)
    assert "La Maille" not in {one.name for one in told.links}
    with pytest.raises(NotFound, match="unknown_record"):
        received_entry(table.other, number, entry(ORGANISATION).pk, by=table.stranger, now=NOW)
    held = received_export(table.other, number, by=table.stranger, now=NOW)
    text = write_json(held).decode()
    assert PLACE in text and ORGANISATION not in text and SERVICE not in text, "a service without its organisation does not hold"  # fmt: skip
    assert not [one for one in (*SECRETS, "Ana") if one in text + str(told)]
    for who in ("coordinator", "member", "former"):
        with pytest.raises(NotFound):
            received_directory(table.other, number, by=getattr(table, who), now=NOW)
    revoke_agreement(table.slug, number, side="owner", why="", by=table.coordinator, now=NOW)
    with pytest.raises(NotFound, match="unknown_agreement"):
        received_directory(table.other, number, by=table.stranger, now=NOW)


def test_the_public_sees_what_is_public_and_nothing_else(table: Table) -> None:
    taken_in(table)
    assert not public_rows().exists()
    for audience in (PUBLIC, PARTNERS):
        assert names(table, audience) == []
        with pytest.raises(NotFound, match="unknown_record"):
            public_entry(PLACE, PUBLIC)
    show_to(table.slug, entry(PLACE).pk, "public", writing=writing(table))
    assert public_rows().exists() and public_entry(PLACE, PUBLIC).pk == entry(PLACE).pk
    page = listed(None, Filters(), PUBLIC, now=NOW)
    assert [one.name for one in page.rows] == ["Centre Saint-Pierre"]
    told = seen_by(public_entry(PLACE, PUBLIC), PUBLIC, now=NOW)
    assert told.links == () and not [one for one in SECRETS if one in str(told)]
    waits = add(table.slug, "location", {"name": "Z", "location_type": "physical"}, writing=writing(table, "member"))  # fmt: skip
    Entry.objects.filter(pk=waits).update(visibility="public")
    assert len(listed(None, Filters(state="review"), PUBLIC, now=NOW).rows) == 1
    close(table.slug, entry(PLACE).pk, on=NOW.date(), why="", writing=writing(table))
    assert not public_rows().exists()


def test_a_member_s_export_holds_no_contact_and_holds_together(table: Table) -> None:
    taken_in(table)
    held = exported(table.slug, by=table.member, now=NOW)
    assert {one.table for one in held} == {
        "organization", "service", "location", "service_at_location", "address", "phone",
        "language", "accessibility", "schedule", "attribute", "taxonomy_term",
    }  # fmt: skip
