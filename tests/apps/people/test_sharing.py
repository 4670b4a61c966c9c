"""Nothing crosses without an agreement in force; fiduciaries follow one another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.support.table import NOW, Table, joined

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.access import received_by
from courtepointe.people.actions import (
    answer_agreement,
    change_workspace,
    drop_territory,
    end_fiduciary,
    name_fiduciary,
    offer_agreement,
    revoke_agreement,
    stand_on,
)
from courtepointe.people.actions.workspaces import Described
from courtepointe.people.queries import (
    agreements_of,
    fiduciaries_of,
    fiduciary_on,
    sets_received,
    territories_of,
    workspace_named,
)

JUNE, DECEMBER = date(2026, 6, 1), date(2026, 12, 31)


def offered(table: Table, **other: object) -> int:
    told: dict[str, object] = {
        "receiver": table.other,
        "what": "directory",
        "purpose": "orienter les dons",
        "since": JUNE,
        "until": DECEMBER,
    }
    return offer_agreement(table.slug, **{**told, **other}, by=table.coordinator, now=NOW)  # type: ignore[arg-type]


def test_nothing_is_seen_before_both_have_agreed(table: Table) -> None:
    number = offered(table)
    with pytest.raises(NotFound, match="unknown_agreement"):
        received_by(table.other, number, by=table.stranger, now=NOW)
    with pytest.raises(NotFound):
        answer_agreement(table.slug, number, accepted=True, by=table.coordinator, now=NOW)
    answer_agreement(table.other, number, accepted=True, by=table.stranger, now=NOW)
    seen = received_by(table.other, number, by=table.stranger, now=NOW)
    assert seen.owner_id == table.id and seen.agreement.what == "directory"
    receiver = workspace_named(table.other)
    assert receiver and sets_received(receiver.id, "directory", now=NOW) == {table.id}
    assert sets_received(receiver.id, "assets", now=NOW) == frozenset()


def test_only_the_receiver_sees_and_with_their_own_rights(table: Table) -> None:
    number = offered(table)
    answer_agreement(table.other, number, accepted=True, by=table.stranger, now=NOW)
    for who in (table.coordinator, table.member, table.former):
        with pytest.raises(NotFound):
            received_by(table.other, number, by=who, now=NOW)
    joined(table.other, table.stranger, table.member, "reader")
    seen = received_by(table.other, number, by=table.member, now=NOW)
    assert seen.receiver.rights == {"read"}, "a reader of the funder, though a member of the table"


def test_an_agreement_ends_by_its_day_and_by_either_side(table: Table) -> None:
    number = offered(table)
    answer_agreement(table.other, number, accepted=True, by=table.stranger, now=NOW)
    with pytest.raises(NotFound):
        received_by(table.other, number, by=table.stranger, now=NOW + timedelta(days=300))
    (told,) = agreements_of(table.id, now=NOW + timedelta(days=300))
    assert told.state == "expired"
    for side, slug, who in (
        ("owner", table.slug, table.coordinator),
        ("receiver", table.other, table.stranger),
    ):
        again = offered(table, what="assets")
        answer_agreement(table.other, again, accepted=True, by=table.stranger, now=NOW)
        revoke_agreement(slug, again, side=side, why="fini", by=who, now=NOW)
        with pytest.raises(NotFound):
            received_by(table.other, again, by=table.stranger, now=NOW)
        with pytest.raises(Refused, match="agreement_already_ended"):
            revoke_agreement(slug, again, side=side, why="", by=who, now=NOW)


def test_an_offer_is_answered_once(table: Table) -> None:
    number = offered(table)
    answer_agreement(table.other, number, accepted=False, by=table.stranger, now=NOW)
    with pytest.raises(Refused, match="agreement_already_answered"):
        answer_agreement(table.other, number, accepted=True, by=table.stranger, now=NOW)
    with pytest.raises(NotFound):
        revoke_agreement(table.slug, number, side="autre", why="", by=table.coordinator, now=NOW)


def test_who_may_share(table: Table) -> None:
    for who, error in (
        (table.member, NotAllowed),
        (table.former, NotFound),
        (table.stranger, NotFound),
    ):
        with pytest.raises(error):
            offer_agreement(
                table.slug, receiver=table.other, what="directory", purpose="x", since=JUNE,
                until=DECEMBER, by=who, now=NOW,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"receiver": "aucun"}, "unknown_receiver"),
        ({"what": "contacts"}, "unknown_set"),
        ({"purpose": "  "}, "purpose_needed"),
        ({"until": date(2026, 5, 1)}, "ends_before_it_begins"),
    ],
)
def test_an_offer_that_cannot_stand(table: Table, told: dict[str, object], code: str) -> None:
    with pytest.raises((BadInput, NotFound), match=code):
        offered(table, **told)


def test_nobody_shares_with_themselves(table: Table) -> None:
    with pytest.raises(NotFound, match="unknown_receiver"):
        offered(table, receiver=table.slug)


def test_fiduciaries_follow_one_another(table: Table) -> None:
    def name(who: str, since: date, until: date | None) -> None:
        name_fiduciary(
            table.slug, name=who, registration="", since=since, until=until, note="",
            by=table.coordinator, now=NOW,
        )  # fmt: skip

    name("Maison A", date(2020, 1, 1), date(2024, 3, 31))
    name("Maison B", date(2024, 4, 1), None)
    with pytest.raises(Refused, match="fiduciaries_overlap"):
        name("Maison C", date(2026, 1, 1), None)
    with pytest.raises(Refused, match="fiduciaries_overlap"):
        name("Maison C", date(2019, 1, 1), date(2020, 1, 1))
    first = fiduciaries_of(table.id)[0]
    end_fiduciary(table.slug, first.number, until=date(2026, 5, 31), by=table.coordinator, now=NOW)
    name("Maison C", JUNE, None)
    on = {day: fiduciary_on(table.id, day) for day in (date(2022, 1, 1), date(2026, 5, 31), JUNE)}
    assert [one.name for one in on.values() if one] == ["Maison A", "Maison B", "Maison C"]
    assert fiduciary_on(table.id, date(2019, 1, 1)) is None
    with pytest.raises(NotFound, match="unknown_fiduciary"):
        end_fiduciary(table.other, first.number, until=JUNE, by=table.stranger, now=NOW)


def test_a_workspace_stands_on_several_territories_each_once(table: Table) -> None:
    def stand(key: str) -> None:
        stand_on(
            table.slug, atlas_code="demo", area_key=key, name=key, since=JUNE,
            by=table.coordinator, now=NOW,
        )  # fmt: skip

    stand("quartier:2014:1")
    stand("quartier:2014:2")
    with pytest.raises(Refused, match="territory_already_named"):
        stand("quartier:2014:2")
    number = territories_of(table.id)[0].number
    drop_territory(table.slug, number, until=JUNE, by=table.coordinator, now=NOW)
    assert len(territories_of(table.id, on=DECEMBER)) == 1
    with pytest.raises(NotFound, match="unknown_territory"):
        drop_territory(table.other, number, until=JUNE, by=table.stranger, now=NOW)
    stand("quartier:2014:1")
    assert len(territories_of(table.id, on=DECEMBER)) == 2, "one that was left is taken up again"
    with pytest.raises(Refused, match="territory_already_named"):
        stand("quartier:2014:1")


def test_a_workspace_keeps_its_address_when_its_name_changes(table: Table) -> None:
    told = Described("Concertation du Vieux-Moulin", "table", officer_title="Direction")
    change_workspace(table.slug, told, by=table.coordinator, now=NOW)
    found = workspace_named(table.slug)
    assert found and found.name == "Concertation du Vieux-Moulin"
    with pytest.raises(BadInput, match="unknown_workspace_kind"):
        change_workspace(table.slug, Described("x", "secte"), by=table.coordinator, now=NOW)
    with pytest.raises(BadInput, match="workspace_name_needed"):
        change_workspace(table.slug, Described(" ", "table"), by=table.coordinator, now=NOW)


def test_the_same_is_not_offered_twice_over_the_same_days(table: Table) -> None:
    first = offered(table)
    for days in ({}, {"since": DECEMBER, "until": date(2027, 6, 1)}):
        with pytest.raises(Refused, match="agreement_already_offered"):
            offered(table, **days)
    assert len(agreements_of(table.id, now=NOW)) == 1
    offered(table, what="calendar")
    offered(table, since=date(2027, 1, 1), until=date(2027, 6, 1))
    answer_agreement(table.other, first, accepted=False, by=table.stranger, now=NOW)
    offered(table)


def test_a_mandate_is_not_stretched_over_the_next(table: Table) -> None:
    def name(who: str, since: date, until: date | None) -> None:
        name_fiduciary(
            table.slug, name=who, registration="", since=since, until=until, note="",
            by=table.coordinator, now=NOW,
        )  # fmt: skip

    name("Maison A", date(2020, 1, 1), date(2024, 3, 31))
    name("Maison B", date(2024, 4, 1), None)
    first = fiduciaries_of(table.id)[-1].number
    with pytest.raises(Refused, match="fiduciaries_overlap"):
        end_fiduciary(table.slug, first, until=date(2024, 4, 1), by=table.coordinator, now=NOW)
    end_fiduciary(table.slug, first, until=date(2024, 3, 30), by=table.coordinator, now=NOW)
    assert fiduciaries_of(table.id)[-1].until == date(2024, 3, 30)
