"""Hubs: what is written is read, bad values are refused by name, readiness ages by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.directory import PLACE, TWICE, entry, taken_in, told, uid, writing
from tests.support.hub_made import (
    AGREEMENT,
    ANSWERS,
    CAPACITY,
    DAY,
    EXERCISE,
    FACT,
    HUB,
    MODE,
    POWER,
    Made,
)
from tests.support.table import NOW, Table, joined, person

from courtepointe.core.errors import CourtepointeError
from courtepointe.core.readiness import Readiness, State
from courtepointe.hubs.actions import adopted, held, hubs, run
from courtepointe.hubs.kinds import kit
from courtepointe.hubs.models import Answered, AnswerSheet, Commitment, Hub
from courtepointe.hubs.queries.adopted import adoption, assessment, assessments, spread
from courtepointe.hubs.queries.directory import candidates
from courtepointe.hubs.queries.hubs import hub
from courtepointe.hubs.queries.hubs import hubs as listed
from courtepointe.hubs.values import (
    HubSeen,
    KitCheck,
    NewCommitment,
    NewKeys,
    NewKitItem,
    NewMember,
    NewPost,
    NewPower,
)
from courtepointe.people.access import workspace_to
from courtepointe.people.models import HistoryRow
from courtepointe.people.queries import changes_of
from courtepointe.people.values import WorkspaceSeen
from courtepointe.places.actions import count_capacity, merge_pair
from courtepointe.places.models import Candidate as Double
from courtepointe.places.models import Entry, Part


def seen(table: Table) -> WorkspaceSeen:
    return workspace_to("read", table.slug, by=table.member, now=NOW)


def shown(table: Table, made: Made, *, days: int = 0) -> HubSeen:
    return hub(seen(table), made.hub, now=NOW + timedelta(days=days))


def states(found: Readiness) -> dict[str, str]:
    return {part.code: part.state.value for part in found.parts}


def test_what_is_written_is_read(table: Table, made: Made) -> None:
    found = shown(table, made)
    assert (found.told.name, found.host, found.told.way) == ("Pôle Saint-Pierre", "La Maille", "centres")  # fmt: skip
    (member,) = found.members
    assert (member.told.name, member.told.address) == ("Centre Saint-Pierre", "1212, rue Panet")
    assert member.told.commitments[0].told == NewCommitment("disruption", "Ouvre la grande salle", "direction")  # fmt: skip
    assert [one.told for one in found.capacities] == [CAPACITY]
    assert [one.told for one in found.facts] == [FACT] and found.power == POWER
    assert [one.told for one in found.agreements] == [AGREEMENT] and not found.agreements_ended
    assert [one.told for one in found.modes] == [MODE]
    assert [one.told for one in found.exercises] == [EXERCISE]
    assert found.autonomy["winter"].least_h == pytest.approx(3.6)
    assert found.autonomy["summer"].is_known


def test_readiness_ages_by_itself(table: Table, made: Made) -> None:
    today = states(shown(table, made).by_level["base"])
    assert today == {
        "agreement": "holds", "members": "not_asked", "keys": "fading", "kit": "unknown",
        "roles": "unknown", "exercise": "holds", "power": "not_asked", "place": "unknown",
        "capacities": "holds",
    }  # fmt: skip
    later = states(shown(table, made, days=800).by_level["base"])
    assert (later["capacities"], later["exercise"], later["agreement"]) == ("fading", "fading", "lacks")  # fmt: skip
    assert states(shown(table, made).by_level["optimal"])["power"] == "lacks", "3.6 h for 12"


def test_a_level_is_reached_and_lost(table: Table, made: Made) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    assert shown(table, made).reached == ""
    run.count_keys(table.slug, made.hub, NewKeys("upkeep", 1, DAY), **k)
    for role in ("supervision", "welcome", "information"):
        run.fill_post(table.slug, made.hub, NewPost(role, 2, 1, DAY), **k)
    for code in ("entrance", "toilets", "heating"):
        held.note_fact(table.slug, made.hub, replace(FACT, code=code), **k)
    assert held.check_all_kit(table.slug, made.hub, KitCheck(0, DAY, "agent"), **k) == len(kit())
    assert shown(table, made).reached == "base"
    (line,) = listed(seen(table), now=NOW)
    assert (line.reached, line.lacking, line.unknown) == ("base", (), ())
    (line,) = listed(seen(table), now=NOW + timedelta(days=370))
    assert line.reached == "" and {"agreement"} <= set(line.lacking), "nobody did anything"


def test_a_network_counts_the_members_who_wrote_what_they_do(table: Table, made: Made) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    number = hubs.form_hub(table.slug, replace(HUB, form="network", name="Réseau"), **k)
    for name in ("Un", "Deux", "Trois"):
        member = hubs.add_member(table.slug, number, NewMember("organization", None, name), **k)
        hubs.commit(table.slug, number, member, NewCommitment("disruption", "Appelle"), **k)
    found = {part.code: part for part in hub(seen(table), number, now=NOW).by_level["base"].parts}
    assert found["members"].state == State.HOLDS and found["members"].whys[0].facts == {"n": 3, "asked": 3}  # fmt: skip
    assert found["place"].state == found["keys"].state == State.NOT_ASKED
    hubs.commit(table.slug, number, member, NewCommitment("disruption", "Ouvre"), **k)
    assert Commitment.objects.filter(member_id=member).count() == 1, "said again, in its place"


def test_a_place_that_is_merged_with_its_double_stays_in_the_hub(table: Table, made: Made) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    twin = told()
    twin["services"][0]["service_at_locations"][0]["location"]["id"] = TWICE
    twin["services"][0]["service_at_locations"][0]["id"] = uid(99)
    taken_in(table, twin)
    double = entry(TWICE).pk
    number = hubs.form_hub(table.slug, replace(HUB, name="Pôle double"), **k)
    hubs.add_member(table.slug, number, NewMember("location", double), **k)
    pair = Double.objects.create(workspace_id=table.id, table="location", first=PLACE, second=TWICE, probability=0.9)  # fmt: skip
    merge_pair(table.slug, pair.pk, keep="first", by=table.coordinator, now=NOW)
    assert not Entry.objects.filter(uid=TWICE).exists(), "its record is gone"
    (member,) = hub(seen(table), number, now=NOW).members
    assert (member.told.name, member.told.record) == ("Centre Saint-Pierre", made.place)
    (place,) = candidates(seen(table)).rows
    assert place.hubs == ("Pôle Saint-Pierre", "Pôle double")
    Entry.objects.filter(uid=PLACE).delete()
    (member,) = hub(seen(table), number, now=NOW).members
    assert (member.told.name, member.told.record) == ("", None)


def test_candidates_are_turned_page_by_page_and_narrowed_before(table: Table, made: Made) -> None:
    places = [
        Entry(workspace_id=table.id, table="location", uid=uid(200 + n), folded=f" a {n:03d}", values={"name": f"A {n:03d}"})
        for n in range(60)
    ]  # fmt: skip
    Entry.objects.bulk_create(places)
    first = candidates(seen(table))
    assert len(first.rows) == 50 and first.after is not None
    second = candidates(seen(table), after=first.after)
    assert len(second.rows) == 11 and second.after is None
    names = [one.name for one in (*first.rows, *second.rows)]
    assert names == sorted(names) and len(set(names)) == 61
    narrowed = candidates(seen(table), step_free=True)
    assert [one.name for one in narrowed.rows] == ["Centre Saint-Pierre"] and narrowed.after is None


def test_a_host_whose_record_is_closed_stays_and_is_no_longer_chosen(
    table: Table, made: Made
) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    Entry.objects.filter(pk=made.host).update(closed=DAY)
    told_of = shown(table, made).told
    hubs.change_hub(table.slug, made.hub, replace(told_of, name="Pôle rebaptisé"), **k)
    found = shown(table, made)
    assert (found.told.name, found.host) == ("Pôle rebaptisé", "La Maille")
    with pytest.raises(CourtepointeError, match="unknown_record"):
        hubs.form_hub(table.slug, replace(HUB, host=made.host), **k)
    hubs.change_hub(table.slug, made.hub, replace(told_of, host=None), **k)
    assert shown(table, made).host == ""


def test_a_list_asks_the_same_number_of_questions(
    table: Table, made: Made, django_assert_num_queries: Any
) -> None:
    looked = seen(table)
    with CaptureQueriesContext(connection) as one:
        listed(looked, now=NOW)
    for n in range(6):
        number = hubs.form_hub(table.slug, replace(HUB, name=f"Pôle {n}"), by=table.coordinator, now=NOW)  # fmt: skip
        hubs.add_member(table.slug, number, NewMember("location", made.place), by=table.coordinator, now=NOW)  # fmt: skip
    with django_assert_num_queries(len(one)):
        assert len(listed(looked, now=NOW)) == 7


def test_a_mobile_hub_needs_a_vehicle(table: Table, made: Made) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    number = hubs.form_hub(table.slug, replace(HUB, form="mobile", name="Camion"), **k)

    def members() -> str:
        return states(hub(seen(table), number, now=NOW).by_level["base"])["members"]

    assert members() == "lacks"
    hubs.add_member(table.slug, number, NewMember("vehicle", None, "Camionnette"), **k)
    assert members() == "holds"


REFUSED: list[tuple[str, Callable[[str, Made, dict[str, Any]], Any]]] = [
    ("hub_unknown_kind", lambda s, m, k: hubs.form_hub(s, replace(HUB, form="castle"), **k)),
    ("gathering_line_needed", lambda s, m, k: hubs.form_hub(s, replace(HUB, name=" \u200b "), **k)),
    ("not_a_web_address", lambda s, m, k: hubs.form_hub(s, replace(HUB, link="javascript:alert(1)"), **k)),
    ("unknown_record", lambda s, m, k: hubs.form_hub(s, replace(HUB, host=m.place), **k)),
    ("unknown_territory", lambda s, m, k: hubs.form_hub(s, replace(HUB, territory=99), **k)),
    ("hub_member_nameless", lambda s, m, k: hubs.add_member(s, m.hub, NewMember("vehicle"), **k)),
    ("hub_member_twice", lambda s, m, k: hubs.add_member(s, m.hub, NewMember("location", m.place), **k)),
    ("unknown_record", lambda s, m, k: hubs.add_member(s, m.hub, NewMember("location", m.host), **k)),
    ("ends_before_it_begins", lambda s, m, k: hubs.agree(s, m.hub, replace(AGREEMENT, until=DAY - timedelta(days=99)), **k)),
    ("hub_future_day", lambda s, m, k: hubs.end_agreement(s, m.hub, m.agreement, DAY + timedelta(days=1), **k)),
    ("hub_available", lambda s, m, k: held.count_capacity(s, m.hub, replace(CAPACITY, available=121), **k)),
    ("hub_verifier", lambda s, m, k: held.count_capacity(s, m.hub, replace(CAPACITY, verifier=""), **k)),
    ("hub_future_day", lambda s, m, k: held.note_fact(s, m.hub, replace(FACT, verified_on=DAY + timedelta(days=1)), **k)),
    ("gathering_number", lambda s, m, k: held.count_capacity(s, m.hub, replace(CAPACITY, maximum=-1), **k)),
    ("power_value", lambda s, m, k: held.note_power(s, m.hub, replace(POWER, load_kw=0.0), **k)),
    ("power_value", lambda s, m, k: held.note_power(s, m.hub, replace(POWER, battery_kwh=float("nan")), **k)),
    ("power_value", lambda s, m, k: held.note_power(s, m.hub, replace(POWER, tested_h=-1.0), **k)),
    ("gathering_line_needed", lambda s, m, k: held.put_kit_item(s, m.hub, NewKitItem("", " ", 1, 30), **k)),
    ("gathering_number", lambda s, m, k: held.put_kit_item(s, m.hub, NewKitItem("", "Sel", 0, 30), **k)),
    ("hub_no_expiry", lambda s, m, k: held.check_kit(s, m.hub, m.kit_item, KitCheck(1, DAY, "agent", DAY), **k)),
    ("hub_trained", lambda s, m, k: run.fill_post(s, m.hub, NewPost("welcome", 2, 3), **k)),
    ("hub_trained", lambda s, m, k: run.fill_post(s, m.hub, NewPost("welcome", None, 1), **k)),
    ("gathering_line_needed", lambda s, m, k: run.write_mode(s, m.hub, replace(MODE, criteria=""), **k)),
    ("hub_future_day", lambda s, m, k: run.note_exercise(s, m.hub, replace(EXERCISE, held=DAY + timedelta(days=2)), **k)),
    ("unknown_hub_model", lambda s, m, k: adopted.adopt(s, m.hub, "atlantis", **k)),
    ("hub_model_twice", lambda s, m, k: adopted.adopt(s, m.hub, "wellington", **k)),
    ("assessment_empty", lambda s, m, k: adopted.key_in_sheet(s, m.assessment, {"diagnosis.portrait": ""}, **k)),
    ("hub_unknown_kind", lambda s, m, k: adopted.key_in_sheet(s, m.assessment, {"x.y": "present"}, **k)),
    ("hub_unknown_kind", lambda s, m, k: adopted.key_in_sheet(s, m.assessment, {"diagnosis.portrait": "yes"}, **k)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "act"), REFUSED)
def test_what_cannot_be_is_refused_by_name(
    table: Table, made: Made, code: str, act: Callable[[str, Made, dict[str, Any]], Any]
) -> None:
    lines = HistoryRow.objects.count()
    with pytest.raises(CourtepointeError, match=code):
        act(table.slug, made, {"by": table.coordinator, "now": NOW})
    assert HistoryRow.objects.count() == lines


def test_a_host_of_another_workspace_is_not_found(table: Table, made: Made) -> None:
    with pytest.raises(CourtepointeError, match="unknown_record"):
        hubs.form_hub(table.other, replace(HUB, host=made.host), by=table.stranger, now=NOW)
    assert not Hub.objects.exclude(workspace_id=table.id).exists()


def test_an_agreement_that_was_ended_stays_readable(table: Table, made: Made) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    hubs.end_agreement(table.slug, made.hub, made.agreement, DAY, why="L’hôte déménage", **k)
    found = shown(table, made)
    assert not found.agreements and found.agreements_ended[0].told.until == DAY
    assert states(found.by_level["base"])["agreement"] == "lacks"
    with pytest.raises(CourtepointeError, match="hub_agreement_ended"):
        hubs.end_agreement(table.slug, made.hub, made.agreement, DAY, **k)


def test_power_that_is_not_known_is_at_least(table: Table, made: Made) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    held.note_power(table.slug, made.hub, NewPower(2.0, 10.0), **k)
    winter = shown(table, made).autonomy["winter"]
    assert winter.least_h == pytest.approx(3.6) and not winter.is_known
    assert states(shown(table, made).by_level["optimal"])["power"] == "lacks", "never tested"


def test_a_model_is_adopted_adapted_and_compared(table: Table, made: Made) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    items = {one.told.code: one.number for one in adoption(seen(table), made.adoption).items}
    adopted.adapt_item(table.slug, items["keys"], "Trois rôles ont la clé", **k)
    adopted.drop_item(table.slug, items["radio"], "Pas de radio ici", **k)
    adopted.tick_item(table.slug, items["guide"], **k)
    adopted.add_item(table.slug, made.adoption, "Afficher en arabe", **k)
    found = {one.told.code: one.told for one in adoption(seen(table), made.adoption).items}
    assert {code: one.state for code, one in found.items() if one.state != "kept"} == {
        "keys": "adapted", "radio": "dropped", "": "added",
    }  # fmt: skip
    keys = found["keys"]
    assert keys.text.fr == "Trois rôles ont la clé" and keys.model is not None
    assert keys.model.fr == "Au moins deux rôles ont la clé" and found["guide"].done_on == DAY
    with pytest.raises(CourtepointeError, match="hub_item_dropped"):
        adopted.tick_item(table.slug, items["radio"], **k)
    adopted.drop_item(table.slug, items["radio"], "", **k)
    adopted.adapt_item(table.slug, items["keys"], "", **k)
    adopted.tick_item(table.slug, items["guide"], **k)
    again = adoption(seen(table), made.adoption)
    assert {one.told.state for one in again.items} == {"kept", "added"} and again.missing == ()
    assert all(one.told.done_on is None for one in again.items)


def test_medians_and_the_middle_half_never_an_average() -> None:
    found = spread("plan.written_plan", ["present"] * 5 + ["absent"] * 5)
    assert found is not None
    assert (found.low_median, found.high_median) == ("absent", "present"), "not « fragile »"
    assert (found.first, found.last) == ("", ""), "a quarter of ten is a few"
    odd = spread("plan.written_plan", ["fragile"] * 3 + ["present"] * 2 + ["absent"] * 2)
    assert odd is not None and (odd.low_median, odd.high_median) == ("fragile", "fragile")
    split = spread("plan.written_plan", ["fragile"] * 3 + ["present"] * 3)
    assert split is not None and (split.low_median, split.high_median) == ("", ""), "three each"
    wide = spread("plan.written_plan", ["absent"] * 6 + ["fragile"] * 8 + ["present"] * 6)
    assert wide is not None and (wide.first, wide.low_median, wide.last) == ("absent", "fragile", "present")  # fmt: skip
    calm = spread("plan.written_plan", ["absent"] * 2 + ["fragile"] * 16 + ["present"] * 2)
    assert calm is not None and (calm.first, calm.last) == ("fragile", "fragile")
    assert spread("plan.written_plan", ["present"] * 4 + ["unknown"] * 9) is None
    assert odd.counts == dict.fromkeys(("present", "fragile", "absent"), None) | {"unknown": 0}
    even = spread("plan.written_plan", ["present"] * 6 + ["unknown"] * 7)
    assert even is not None and even.counts == {
        "present": 6,
        "fragile": 0,
        "absent": 0,
        "unknown": 7,
    }


def test_answers_are_told_from_five_on_and_linked_to_nobody(table: Table, made: Made) -> None:
    for n in range(5):
        told = assessment(seen(table), made.assessment, table.member)
        assert (told.sheets, told.spreads, told.mine) == (None, (), False)
        who = person(f"Membre{n}")
        joined(table.slug, table.coordinator, who, "member")
        adopted.answer_assessment(table.slug, made.assessment, ANSWERS, by=who, now=NOW)
    told = assessment(seen(table), made.assessment, who)
    assert told.sheets == 5 and told.mine
    assert [one.question for one in told.spreads] == ["diagnosis.portrait", "plan.written_plan"]
    assert told.spreads[1].low_median == told.spreads[1].high_median == "fragile"
    assert Answered.objects.count() == AnswerSheet.objects.count() == 5
    lines = HistoryRow.objects.filter(what="hubs.answersheet")
    assert {(line.by_id, line.by_name) for line in lines} == {(None, "")}
    assert all("account" not in str(line.after) for line in lines)
    assert {line.at for line in lines}.isdisjoint(
        HistoryRow.objects.filter(what="hubs.answered").values_list("at", flat=True)
    )
    told_of = {change.what for change in changes_of(table.id, rights=seen(table).rights)}
    assert not told_of & {"hubs.answersheet", "hubs.answered"}
    officer = {change.what for change in changes_of(table.id, rights={"officer"})}
    assert {"hubs.answersheet", "hubs.answered"} <= officer


def test_a_round_is_closed(table: Table, made: Made) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    adopted.close_assessment(table.slug, made.assessment, **k)
    for act in (adopted.answer_assessment, adopted.key_in_sheet):
        with pytest.raises(CourtepointeError, match="assessment_closed"):
            act(table.slug, made.assessment, ANSWERS, **k)
    with pytest.raises(CourtepointeError, match="assessment_closed"):
        adopted.close_assessment(table.slug, made.assessment, **k)
    (one,) = assessments(seen(table), table.member)
    assert one.closed == DAY


def test_candidates_say_what_is_known_and_what_is_missing(table: Table, made: Made) -> None:
    (one,) = candidates(seen(table)).rows
    assert (one.name, one.seats, one.step_free, one.has_hours) == ("Centre Saint-Pierre", 120, True, True)  # fmt: skip
    assert (one.floor_m2, one.hubs) == (None, ("Pôle Saint-Pierre",))
    assert set(one.missing) >= {"floor", "surplus"} and "steps" not in one.missing
    assert candidates(seen(table), surplus=True).rows == ()
    number = entry(PLACE).pk
    count_capacity(
        table.slug, number, unit="m²", maximum=400, available=150, writing=writing(table)
    )
    (one,) = candidates(seen(table), surplus=True, step_free=True).rows
    assert (one.floor_m2, one.surplus_m2) == (400, 150)
    part = Part.objects.create(workspace_id=table.id, holder_id=number, table="accessibility", uid=uid(77), key="no")  # fmt: skip
    assert candidates(seen(table), step_free=True).rows == (), "one says yes and another no"
    assert candidates(seen(table)).rows[0].step_free is False
    part.delete()
    assert candidates(workspace_to("read", table.other, by=table.stranger, now=NOW)).rows == ()
