"""Volunteers: under codes, brought whole or not at all, called in turn, forgotten when they say so."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from tests.oracle.slow_calls import Someone, reached, slow_answers
from tests.support.gathered import AGO, DAY, MISSION, SINCE, WILLING, Gathered
from tests.support.table import NOW, Table, joined, person

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.engagement.actions.missions import (
    cancel_mission,
    change_mission,
    close_call,
    finish_mission,
    make_call,
    note_answer,
    open_mission,
)
from courtepointe.engagement.actions.volunteers import (
    bring_volunteers,
    change_volunteer,
    end_pivot,
    keep_volunteer,
    name_pivot,
    pause_volunteer,
    withdraw_volunteer,
    write_contact,
)
from courtepointe.engagement.actions.zones import add_zone, drop_zone, set_touching
from courtepointe.engagement.brought import split
from courtepointe.engagement.kinds import words_of
from courtepointe.engagement.models import Volunteer, VolunteerContact
from courtepointe.engagement.queries.arrays import answering
from courtepointe.engagement.queries.missions import call, calls_of, mission, would_answer
from courtepointe.engagement.queries.volunteers import (
    pivot_counts,
    recognitions,
    volunteer,
    volunteer_counts,
    volunteers,
    zones,
)
from courtepointe.engagement.values.volunteers import NewCall, NewVolunteer
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import approve_export, ask_export, take_export, undo_batch
from courtepointe.people.models import HistoryRow

pytestmark = pytest.mark.django_db


def keys(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW}


def as_(table: Table, who: str = "coordinator") -> Any:
    return workspace_to("read", table.slug, by=getattr(table, who), now=NOW)


def kept(table: Table, **what: Any) -> str:
    return keep_volunteer(table.slug, NewVolunteer(**what), **keys(table))


def test_a_volunteer_is_a_code(table: Table, made: Gathered) -> None:
    told = volunteer(as_(table), made.volunteer.lower())
    assert (told.skills, told.languages, told.zone) == (
        ("cooking", "first_aid"),
        ("ar", "fr"),
        "Centre",
    )
    assert (told.keep_until, told.has_contact, told.last_called) == (date(2028, 6, 1), True, DAY)
    assert "mirabelle" not in repr(told).casefold()
    change_volunteer(table.slug, made.volunteer, NewVolunteer(zone="rive"), **keys(table))
    assert volunteer(as_(table), made.volunteer).zone == "Rive"
    for wrong, code in (
        ({"skills": ("flying",)}, "gathering_unknown_kind"),
        ({"zone": "Atlantide"}, "gathering_unknown_kind"),
        ({"consented": date(2026, 6, 2)}, "volunteer_consent_to_come"),
        ({"consented": date(2024, 6, 1)}, "volunteer_consent_over"),
    ):
        with pytest.raises(BadInput, match=code):
            kept(table, **wrong)


def test_a_contact_is_one_volunteers_and_asks_for_its_own_right(
    table: Table, made: Gathered
) -> None:
    other = kept(table)
    with pytest.raises(Refused, match="volunteer_known"):
        write_contact(table.slug, other, " MIRABELLE@example.org", **keys(table))
    write_contact(table.slug, other, "514 555-0100", **keys(table))
    write_contact(table.slug, other, "514 555-0199", **keys(table))
    write_contact(table.slug, other, "", **keys(table))
    assert VolunteerContact.objects.count() == 1
    lines = HistoryRow.objects.filter(what="engagement.volunteercontact", verb="changed")
    assert all(line.before == {} for line in lines), (
        "what is removed for good is removed from the history"
    )


def test_withdrawing_destroys_all(table: Table, made: Gathered) -> None:
    withdraw_volunteer(table.slug, made.volunteer, **keys(table))
    assert not Volunteer.objects.exists() and not VolunteerContact.objects.exists()
    told = HistoryRow.objects.filter(
        what__in=["engagement.volunteer", "engagement.volunteercontact"]
    )
    assert all(line.before == {} and line.after == {} for line in told)
    assert told.filter(verb="destroyed", by_name="Ana").count() == 1
    assert call(as_(table), made.call).answers == ()
    assert recognitions(as_(table)) == ()


ROWS = [
    {"contact": "un@example.org", "zone": "centre", "skills": "Premiers secours (attestés); conduire", "languages": "français, arabe", "slots": "en semaine, le soir", "consented": "2026-05-30"},
    {"contact": "", "zone": "", "skills": "porter, monter et descendre", "languages": "fr", "slots": "", "consented": "2026-06-01"},
]  # fmt: skip


def test_a_sheet_is_brought_whole_and_undone_whole(table: Table, made: Gathered) -> None:
    told = bring_volunteers(table.slug, ROWS, file="bénévoles.xlsx", **keys(table))
    assert (told.made, told.faults) == (2, ())
    first, second = (volunteer(as_(table), code) for code in told.codes)
    assert (first.skills, first.languages, first.slots) == (
        ("driving", "first_aid"),
        ("ar", "fr"),
        ("weekday_evening",),
    )
    assert (first.zone, second.skills, second.has_contact) == ("Centre", ("lifting",), False)
    assert HistoryRow.objects.filter(batch=told.batch).count() == 3
    undo_batch(table.slug, told.batch, **keys(table))
    assert Volunteer.objects.count() == 1


def test_every_fault_of_every_row_is_told_and_nothing_is_kept(table: Table, made: Gathered) -> None:
    wrong = [
        *ROWS,
        {**ROWS[0], "skills": "voler; nager", "zone": "Atlantide"},
        {**ROWS[0], "consented": "hier"},
        {**ROWS[0], "contact": "Mirabelle@example.org"},
        {**ROWS[0], "contact": "x" * 255, "consented": "2027-01-01"},
        {**ROWS[0], "row": "40"},
    ]
    told = bring_volunteers(table.slug, wrong, file="a.xlsx", **keys(table))
    assert told.made == 0
    found = [(f.facts["row"], f.facts["column"], f.code) for f in told.faults]
    assert found == [
        (4, "skills", "volunteer_cell"), (4, "skills", "volunteer_cell"), (4, "zone", "volunteer_cell"),
        (4, "contact", "volunteer_twice"), (5, "consented", "volunteer_consent"), (5, "contact", "volunteer_twice"),
        (6, "contact", "volunteer_twice"),
        (7, "contact", "volunteer_cell_long"), (7, "consented", "volunteer_consent"),
        (40, "contact", "volunteer_twice"),
    ]  # fmt: skip
    assert told.faults[0].facts["value"] == "voler" and told.faults[0].facts["file"] == "a.xlsx"
    assert told.faults[-1].facts["first"] == 2
    assert Volunteer.objects.count() == 1


def test_contacts_are_brought_by_who_may_see_them(table: Table, made: Gathered) -> None:
    eli = person("Eli")
    joined(table.slug, table.coordinator, eli, "agent")
    assert bring_volunteers(table.slug, ROWS, by=eli, now=NOW).made == 2
    with pytest.raises(NotAllowed, match="role_needed"):
        bring_volunteers(table.slug, ROWS, by=table.member, now=NOW)
    with pytest.raises(NotFound, match="unknown_workspace"):
        bring_volunteers(table.slug, ROWS, by=table.stranger, now=NOW)


def test_a_comma_parts_entries_only_where_the_whole_is_none() -> None:
    assert split("slots", "la nuit; en semaine, le soir") == [
        ("la nuit", "night"),
        ("en semaine, le soir", "weekday_evening"),
    ]
    assert split("skills", "cooking, driving,") == [("cooking", "cooking"), ("driving", "driving")]
    assert split("skills", "  ") == []
    assert split("skills", "jongler") == [("jongler", None)]


def test_a_call_goes_to_who_was_called_least_recently(table: Table, made: Gathered) -> None:
    near = kept(table, skills=("first_aid",), zone="Rive", languages=("es",))
    far = add_zone(table.slug, "Haut", **keys(table))
    kept(table, skills=("first_aid",), zone="Haut")
    paused = kept(table, skills=("first_aid",), zone="Centre")
    pause_volunteer(table.slug, paused, True, **keys(table))
    asked = NewCall(("first_aid",), zone=made.zone, steps=1, mission=made.mission, most=5)
    assert would_answer(as_(table), asked, now=NOW) == 2
    number = make_call(table.slug, asked, **keys(table))
    told = call(as_(table), number)
    assert [one.volunteer for one in told.answers] == [near, made.volunteer], (
        "never called before called today"
    )
    assert (told.found, told.called, told.by, told.zone, told.asked) == (
        2,
        2,
        "Ana",
        "Centre",
        asked,
    )
    assert would_answer(as_(table), replace(asked, languages=("es", "yi")), now=NOW) == 1
    assert would_answer(as_(table), replace(asked, zone=far), now=NOW) == 1
    assert would_answer(as_(table), replace(asked, zone=None), now=NOW) == 3
    set_touching(table.slug, far, [made.near], **keys(table))
    assert would_answer(as_(table), replace(asked, steps=2), now=NOW) == 3
    assert would_answer(as_(table), asked, now=NOW + timedelta(days=800)) == 0, (
        "whose time is over is not called"
    )
    with pytest.raises(Refused, match="nobody_answers"):
        make_call(table.slug, replace(asked, skills=("law",)), **keys(table))
    with pytest.raises(BadInput, match="gathering_unknown_kind"):
        make_call(table.slug, replace(asked, skills=("flying",)), **keys(table))
    with pytest.raises(NotFound, match="unknown_zone"):
        would_answer(as_(table), replace(asked, zone=999), now=NOW)
    with pytest.raises(Refused, match="zone_has_people"):
        drop_zone(table.slug, made.zone, **keys(table))


def test_answers_fill_a_mission_until_the_call_is_closed(table: Table, made: Gathered) -> None:
    change_mission(table.slug, made.mission, replace(MISSION, people_needed=1), **keys(table))
    note_answer(table.slug, made.answer, "yes", **keys(table))
    assert (mission(as_(table), made.mission).state, mission(as_(table), made.mission).yes) == (
        "filled",
        1,
    )
    note_answer(table.slug, made.answer, "none", **keys(table))
    assert mission(as_(table), made.mission).state == "open"
    with pytest.raises(BadInput, match="gathering_unknown_kind"):
        note_answer(table.slug, made.answer, "perhaps", **keys(table))
    close_call(table.slug, made.call, **keys(table))
    with pytest.raises(Refused, match="call_closed"):
        note_answer(table.slug, made.answer, "yes", **keys(table))
    (told,) = calls_of(as_(table), mission=made.mission)
    assert (told.called, told.none, told.answers, told.closed) == (1, 1, (), NOW)


def test_a_mission_ends(table: Table, made: Gathered) -> None:
    with pytest.raises(Refused, match="gathering_not_yet"):
        finish_mission(table.slug, made.mission, 4, **keys(table))
    done = open_mission(table.slug, replace(MISSION, starts=AGO, ends=SINCE), **keys(table))
    opened = make_call(table.slug, NewCall(mission=done), **keys(table))
    finish_mission(table.slug, done, 4, **keys(table))
    assert call(as_(table), opened).closed == NOW
    assert mission(as_(table), done).people_came == 4
    cancel_mission(table.slug, made.mission, **keys(table))
    for gone in (done, made.mission):
        with pytest.raises(Refused, match="mission_over"):
            make_call(table.slug, NewCall(mission=gone), **keys(table))


def test_readers_read_counts_and_no_small_one(table: Table, made: Gathered) -> None:
    rows = [
        {"consented": "2026-06-01", "skills": "cooking" if n % 2 else "driving", "zone": "Rive" if n < 22 else "Centre"}
        for n in range(24)
    ]  # fmt: skip
    bring_volunteers(table.slug, rows, **keys(table))
    told = volunteer_counts(as_(table, "member"), now=NOW)
    assert told.all == 25
    assert {c.code: c.count for c in told.by_zone} == {"Rive": None, "Centre": None}, (
        "25 less 22 is a few"
    )
    assert {c.code: c.count for c in told.by_skill} == {
        "cooking": 13,
        "driving": 12,
        "first_aid": None,
    }
    assert {c.code: c.count for c in told.by_language} == {"ar": None, "fr": None}
    assert pivot_counts(as_(table, "member"), now=NOW)[0] is None
    assert len(volunteers(as_(table), now=NOW, skill="cooking")) == 13
    assert [v.code for v in volunteers(as_(table), now=NOW, language="ar")] == [made.volunteer]
    assert len(volunteers(as_(table), now=NOW, zone=made.zone)) == 3
    codes = [v.code for v in volunteers(as_(table), now=NOW)]
    assert codes == sorted(codes)
    assert [v.code for v in volunteers(as_(table), now=NOW, after=codes[20])] == codes[21:]
    assert {z.name: z.touches for z in zones(as_(table))} == {
        "Centre": (made.near,),
        "Rive": (made.zone,),
    }


def test_a_pivot_role_begins_and_ends(table: Table, made: Gathered) -> None:
    with pytest.raises(Refused, match="pivot_already"):
        name_pivot(table.slug, made.volunteer, "floor", zone=None, since=DAY, **keys(table))
    with pytest.raises(BadInput, match="ends_before_it_begins"):
        end_pivot(table.slug, made.pivot, date(2020, 1, 1), **keys(table))
    end_pivot(table.slug, made.pivot, DAY, **keys(table))
    name_pivot(table.slug, made.volunteer, "floor", zone=made.near, since=DAY, **keys(table))


def test_withdrawn_consent_leaves_the_way_open_to_come_back(table: Table, made: Gathered) -> None:
    withdraw_volunteer(table.slug, made.volunteer, **keys(table))
    again = keep_volunteer(table.slug, WILLING, **keys(table))
    assert again != made.volunteer


def test_a_call_of_a_whole_network_is_what_going_person_by_person_gives(table: Table) -> None:
    k = keys(table)
    codes = {name: list(words_of(name))[:6] for name in ("skills", "languages", "slots")}
    places = [add_zone(table.slug, f"Zone {n}", **k) for n in range(4)]
    for one, other in pairwise(places):
        set_touching(table.slug, other, [one], **k)
    chance = random.Random(11)

    def some(name: str, most: int) -> frozenset[str]:
        return frozenset(chance.sample(codes[name], chance.randint(0, most)))

    people = [
        Someone(some("skills", 4), some("languages", 3), some("slots", 3), chance.choice([None, *"0123"]), chance.choice([None, 3, 9]))
        for _ in range(300)
    ]  # fmt: skip
    rows = [
        {"skills": ";".join(p.skills), "languages": ";".join(p.languages), "slots": ";".join(p.slots),
         "zone": f"zone {p.zone}" if p.zone else "", "consented": "2026-06-01"}
        for p in people
    ]  # fmt: skip
    brought = bring_volunteers(table.slug, rows, **k)
    ids = [Volunteer.objects.get(code=code).pk for code in brought.codes]
    for one, p in zip(ids, people, strict=True):
        Volunteer.objects.filter(pk=one).update(last_called=p.called and date(2026, 5, p.called))
    touches = {"0": frozenset("1"), "1": frozenset("02"), "2": frozenset("13"), "3": frozenset("2")}
    for _ in range(60):
        zone, steps, any_skill = (
            chance.choice([None, *"0123"]),
            chance.randint(0, 3),
            chance.random() < 0.5,
        )
        skills, languages, slots = some("skills", 2), some("languages", 2), some("slots", 2)
        asked = NewCall(
            tuple(skills), any_skill, tuple(languages), tuple(slots), None if zone is None else places[int(zone)], steps, 40
        )  # fmt: skip
        slow = slow_answers(
            people, skills=skills, any_skill=any_skill, languages=languages, slots=slots,
            zones=None if zone is None else reached(zone, touches, steps), most=40,
        )  # fmt: skip
        assert answering(table.id, asked, today=DAY).ids == tuple(ids[place] for place in slow)


def test_contacts_leave_only_when_a_second_person_agrees(table: Table, made: Gathered) -> None:
    """The list is declared: one person asks, another approves, the first takes it once."""
    joined(table.slug, table.coordinator, table.stranger, "agent")
    slug, asker, second = table.slug, table.coordinator, table.stranger
    number = ask_export(slug, "volunteers", why="urgence chaleur", by=asker, now=NOW)
    with pytest.raises((NotAllowed, Refused)):
        approve_export(slug, number, by=asker, now=NOW)
    with pytest.raises((NotAllowed, Refused)):
        take_export(slug, number, by=asker, now=NOW)
    with pytest.raises(NotAllowed):
        ask_export(slug, "volunteers", why="voir", by=table.member, now=NOW)
    approve_export(slug, number, by=second, now=NOW)
    taken = take_export(slug, number, by=asker, now=NOW)
    assert taken.columns == ("code", "zone", "languages", "contact")
    assert [row[0] for row in taken.rows] == [made.volunteer]
    with pytest.raises((Refused, NotFound)):
        take_export(slug, number, by=asker, now=NOW)
