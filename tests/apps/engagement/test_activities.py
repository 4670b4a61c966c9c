"""Activities: who registers with how little, who waits, what is needed, what it costs, what is destroyed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.gathered import ACTIVITY, AGO, COMING, SINCE, SOON, Gathered
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement import access
from courtepointe.engagement.actions import registrations
from courtepointe.engagement.actions.activities import (
    add_cost,
    cancel_activity,
    change_activity,
    change_cost,
    count_attendance,
    plan_activity,
    renew_link,
)
from courtepointe.engagement.actions.registrations import (
    destroy_registrations,
    register,
    withdraw_registration,
)
from courtepointe.engagement.days import months_after
from courtepointe.engagement.models import Activity, Registration, RegistrationNeed
from courtepointe.engagement.protect import alone, of_whole, parts
from courtepointe.engagement.queries.activities import (
    activity,
    coming_activities,
    costs_of,
    past_activities,
    registrations_of,
)
from courtepointe.engagement.values.activities import Count, NeedTold, NewRegistration
from courtepointe.people.access import workspace_to
from courtepointe.people.models import HistoryRow

pytestmark = pytest.mark.django_db


def as_(table: Table, who: str, right: str = "read") -> Any:
    return workspace_to(right, table.slug, by=getattr(table, who), now=NOW)


def come(token: str, name: str, people: int, *needs: NeedTold) -> str:
    return register(token, NewRegistration(name, people, needs, agrees=True), now=NOW).secret


def states(table: Table, number: int) -> list[tuple[str, str]]:
    rows = registrations_of(as_(table, "coordinator", "write"), number)
    return [(one.name, one.state) for one in rows]


def test_who_comes_first_has_a_place_and_the_others_wait_in_order(
    table: Table, made: Gathered
) -> None:
    small = come(made.token, "Bo", 5)
    come(made.token, "Cy", 4)
    come(made.token, "Dani", 2)
    assert states(table, made.activity) == [
        ("Mirabelle", "confirmed"),
        ("Bo", "confirmed"),
        ("Cy", "waiting"),
        ("Dani", "confirmed"),
    ], "a group that fits is not kept waiting by one that does not"
    assert access.activity_offered(made.token, now=NOW).is_full
    withdraw_registration(small, now=NOW)
    assert states(table, made.activity)[1:] == [("Cy", "confirmed"), ("Dani", "confirmed")]
    come(made.token, "Eli", 4)
    assert states(table, made.activity)[-1] == ("Eli", "waiting")
    change_activity(
        table.slug, made.activity, replace(ACTIVITY, places=None), by=table.coordinator, now=NOW
    )
    assert states(table, made.activity)[-1] == ("Eli", "confirmed")


def test_a_registration_that_is_withdrawn_leaves_nothing(table: Table, made: Gathered) -> None:
    withdraw_registration(made.registration_secret, now=NOW)
    assert not Registration.objects.exists() and not RegistrationNeed.objects.exists()
    lines = HistoryRow.objects.filter(what__startswith="engagement.registration")
    assert [line.verb for line in lines.filter(verb="destroyed")] == ["destroyed"]
    assert all(line.before == {} and line.after == {} for line in lines)
    with pytest.raises(NotFound, match="unknown_registration"):
        withdraw_registration(made.registration_secret, now=NOW)


def test_all_is_destroyed_in_time_and_numbers_stay(table: Table, made: Gathered) -> None:
    (row,) = Registration.objects.all()
    assert row.destroy_on == date(2026, 7, 8)
    assert destroy_registrations(now=NOW + timedelta(days=36)) == 0
    with pytest.raises(NotFound, match="unknown_registration"):
        access.my_registration(made.registration_secret, now=NOW + timedelta(days=37))
    assert destroy_registrations(now=NOW + timedelta(days=37)) == 1
    assert not RegistrationNeed.objects.exists()
    assert Activity.objects.filter(pk=made.activity).exists()


WRONG = [
    (replace(COMING, agrees=False), "gathering_consent_needed"),
    (replace(COMING, people=0), "gathering_number"),
    (replace(COMING, people=31), "gathering_number"),
    (replace(COMING, name=" "), "gathering_line_needed"),
    (replace(COMING, name="x" * 61), "gathering_text_too_long"),
    (replace(COMING, needs=(NeedTold("transport", 1),)), "need_wrong"),
    (replace(COMING, needs=(NeedTold("interpretation", 1),)), "need_wrong"),
    (replace(COMING, needs=(NeedTold("childcare", 1, "ar"),)), "need_wrong"),
    (replace(COMING, needs=(NeedTold("childcare", 0),)), "need_wrong"),
]


def test_what_cannot_be_registered_is_refused(
    table: Table, made: Gathered, monkeypatch: pytest.MonkeyPatch
) -> None:
    for what, code in WRONG:
        with pytest.raises(BadInput, match=code):
            register(made.token, what, now=NOW)
    for when in (SOON, SOON + timedelta(days=1)):
        with pytest.raises(Refused, match="registration_closed"):
            register(made.token, COMING, now=when)
    monkeypatch.setattr(registrations, "MOST_REGISTRATIONS", 1)
    with pytest.raises(Refused, match="too_many_registrations"):
        register(made.token, COMING, now=NOW)
    assert Registration.objects.count() == 1
    new = renew_link(table.slug, made.activity, by=table.coordinator, now=NOW)
    with pytest.raises(NotFound, match="unknown_activity"):
        register(made.token, COMING, now=NOW)
    cancel_activity(table.slug, made.activity, by=table.coordinator, now=NOW)
    with pytest.raises(Refused, match="registration_closed"):
        register(new, COMING, now=NOW)


def test_needs_are_exact_for_who_prepares_and_protected_for_who_reads(
    table: Table, made: Gathered
) -> None:
    change_activity(
        table.slug, made.activity, replace(ACTIVITY, places=None), by=table.coordinator, now=NOW
    )
    come(made.token, "Bo", 12, NeedTold("catering", 12), NeedTold("interpretation", 6, "es"))
    exact = activity(as_(table, "coordinator"), made.activity)
    assert (exact.confirmed, exact.waiting) == (15, 0)
    assert set(exact.needs) == {
        Count("childcare", 2),
        Count("catering", 12),
        Count("interpretation", 1, "ar"),
        Count("interpretation", 6, "es"),
    }
    told = activity(as_(table, "member"), made.activity)
    assert (told.confirmed, told.token) == (15, "")
    assert set(told.needs) == {
        Count("childcare", None),
        Count("catering", None),
        Count("interpretation", None, "ar"),
        Count("interpretation", 6, "es"),
    }, "15 less 12 would be three people"
    withdraw_registration(made.registration_secret, now=NOW)
    assert activity(as_(table, "member"), made.activity).confirmed == 12


def test_small_counts_are_not_told() -> None:
    assert [alone(n) for n in (0, 1, 4, 5)] == [0, None, None, 5]
    assert of_whole({"a": 30, "b": 27, "c": 3, "d": 20, "e": 0}, 30) == {
        "a": 30,
        "b": None,
        "c": None,
        "d": 20,
        "e": 0,
    }
    assert parts({"a": 20, "b": 3, "c": 9}) == (32, {"a": 20, "b": None, "c": None}), (
        "not told, nor given away by subtraction"
    )
    assert parts({"a": 20, "b": 0, "c": 9}) == (29, {"a": 20, "b": 0, "c": 9})
    assert parts({"a": 2}) == (None, {"a": None})
    assert parts({}) == (0, {})


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1))
def test_no_part_is_worked_out(counts: dict[str, int]) -> None:
    whole, told = parts(counts)
    hidden = [counts[code] for code, n in told.items() if n is None]
    assert all(n is None or n == 0 or n >= 5 for n in told.values())
    if whole is not None and hidden:
        assert len(hidden) >= 2 and sum(hidden) >= 5


def test_attendance_is_counted_by_group_and_nobody_is_named(table: Table, made: Gathered) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    past = plan_activity(table.slug, replace(ACTIVITY, starts=AGO, ends=SINCE), **k)
    with pytest.raises(Refused, match="gathering_not_yet"):
        count_attendance(table.slug, made.activity, {"adults": 3}, **k)
    with pytest.raises(BadInput, match="gathering_unknown_kind"):
        count_attendance(table.slug, past, {"cats": 3}, **k)
    count_attendance(table.slug, past, {"adults": 20, "children": 3, "older": 9}, **k)
    count_attendance(table.slug, past, {"adults": 21}, **k)
    exact, told = (activity(as_(table, who), past) for who in ("coordinator", "member"))
    assert {c.code: c.count for c in exact.attendance} == {"adults": 21, "children": 3, "older": 9}
    assert {c.code: c.count for c in told.attendance} == {
        "adults": 21,
        "children": None,
        "older": None,
    }
    assert told.line.state == "held"
    assert [one.number for one in past_activities(as_(table, "member"), now=NOW)] == [past]
    assert [one.number for one in coming_activities(as_(table, "member"), now=NOW)] == [
        made.activity
    ]
    with pytest.raises(Refused, match="gathering_held"):
        cancel_activity(table.slug, past, **k)


def test_costs_are_decimal_and_say_what_is_known(table: Table, made: Gathered) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    add_cost(table.slug, "room", activity=made.activity, actual_cad=Decimal("0.10"), **k)
    add_cost(
        table.slug,
        "other",
        activity=made.activity,
        actual_cad=Decimal("-0.30"),
        what="remboursement",
        **k,
    )
    told = costs_of(as_(table, "member"), activity=made.activity)
    assert (told.planned_cad, told.actual_cad, told.actual_known) == (
        Decimal("120.50"),
        Decimal("-0.20"),
        2,
    )
    change_cost(
        table.slug,
        made.cost,
        "catering",
        planned_cad=Decimal("120.50"),
        actual_cad=Decimal(99),
        **k,
    )
    assert costs_of(as_(table, "member"), activity=made.activity).actual_cad == Decimal("98.80")
    add_cost(table.slug, "people", session=made.session, planned_cad=Decimal(400), **k)
    of_session = costs_of(as_(table, "member"), session=made.session)
    assert (of_session.planned_cad, of_session.actual_cad) == (Decimal(400), None), "not zero"
    for wrong, code in (
        ({"activity": made.activity}, "cost_needed"),
        ({"activity": made.activity, "planned_cad": Decimal(-1)}, "cost_amount"),
        ({"activity": made.activity, "planned_cad": Decimal("NaN")}, "cost_amount"),
        ({"activity": made.activity, "actual_cad": Decimal("1e12")}, "cost_amount"),
        ({"planned_cad": Decimal(1)}, "cost_of_one_thing"),
        (
            {"activity": made.activity, "session": made.session, "planned_cad": Decimal(1)},
            "cost_of_one_thing",
        ),
    ):
        with pytest.raises(BadInput, match=code):
            add_cost(table.slug, "room", **wrong, **k)


def test_months_end_where_months_end() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2027, 12, 15), 1) == date(2028, 1, 15)
    assert months_after(date(2026, 2, 28), 24) == date(2028, 2, 28)
