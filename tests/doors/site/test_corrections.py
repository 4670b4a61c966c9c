"""Pages where one line is put right: what is typed is kept, what cannot be is refused in words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.doors.site.test_space import signed
from tests.support.gathered import AGO, DAY, SINCE, Gathered, gather
from tests.support.table import NOW, QUICK, Table, table_and_around

from courtepointe.atlas.recipe.values import Words
from courtepointe.engagement.actions.activities import add_cost
from courtepointe.engagement.actions.committees import end_committee
from courtepointe.engagement.actions.meetings import call_meeting, note_presence
from courtepointe.engagement.actions.trainings import write_course
from courtepointe.engagement.models import Cost, Course, Meeting, Seat, Volunteer, Zone
from courtepointe.engagement.values.meetings import NewMeeting
from courtepointe.engagement.values.trainings import NewCourse


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Gathered:
    return gather(table)


@pytest.fixture
def ana(table: Table) -> Client:
    return signed(table.coordinator)


def at(table: Table, name: str, **where: object) -> str:
    with translation.override("fr"):
        return reverse(f"space_{name}", kwargs={"slug": table.slug, **where})


def test_a_seat_from_its_page(table: Table, made: Gathered, ana: Client) -> None:
    page, committee = (
        at(table, "seat", number=made.seat),
        at(table, "committee", number=made.committee),
    )
    assert page in ana.get(committee).content.decode()
    typed = {
        "do": "change",
        "organisation": "Comité logement",
        "role": "member",
        "since": "2026-06-01",
        "until": "2026-06-30",
    }
    assert ana.post(page, typed).headers["Location"] == committee
    held = Seat.objects.get()
    assert (held.role, str(held.until), held.votes) == ("member", "2026-06-30", False)
    told = ana.post(page, {**typed, "until": "2026-05-01"})
    assert told.status_code == 400 and "2026-05-01" in told.content.decode(), "what was typed stays"
    assert ana.post(page, {"do": "change"}).status_code == 400, "empty"
    assert ana.post(page, {"do": "remove"}).headers["Location"] == committee
    assert not Seat.objects.exists()
    assert ana.post(page, {"do": "remove"}).status_code == 404, "sent twice"


def test_a_cost_from_its_page(table: Table, made: Gathered, ana: Client) -> None:
    page, activity = (
        at(table, "cost", number=made.cost),
        at(table, "activity", number=made.activity),
    )
    assert page in ana.get(activity).content.decode()
    typed = {"do": "change", "kind": "catering", "planned_cad": "120.50", "actual_cad": "98.20"}
    assert ana.post(page, typed).headers["Location"] == f"{activity}#costs"
    assert Cost.objects.get().actual_cad == Decimal("98.20")
    for wrong in ({"planned_cad": "", "actual_cad": ""}, {"planned_cad": "-3"}, {"planned_cad": "cent"}):  # fmt: skip
        assert ana.post(page, typed | wrong).status_code == 400, wrong
    assert Cost.objects.get().planned_cad == Decimal("120.50")
    session = at(table, "session", number=made.session)
    ana.post(session, {"do": "cost", "kind": "room", "planned_cad": "40"})
    of_session = Cost.objects.get(session_id=made.session)
    page = at(table, "cost", number=of_session.pk)
    assert page in ana.get(session).content.decode()
    done = ana.post(page, {"do": "change", "kind": "room", "planned_cad": "45"})
    assert done.headers["Location"] == f"{session}#costs"
    ana.post(session, {"do": "uncost", "number": of_session.pk})
    assert list(Cost.objects.values_list("pk", flat=True)) == [made.cost]


def test_a_training_from_its_page(table: Table, made: Gathered, ana: Client) -> None:
    what = NewCourse(Words("Tricot", "Knitting"), "discover", Decimal(2), 12, ("cooking",), ("Monter",), ("Cast on",))  # fmt: skip
    own = write_course(table.slug, what, by=table.coordinator, now=NOW)
    page, listed = at(table, "course", number=own), at(table, "trainings")
    assert page in ana.get(listed).content.decode()
    typed = {"do": "change", "title_fr": "Tricot et laine", "title_en": "", "level": "discover", "hours": "3", "months": "0"}  # fmt: skip
    assert ana.post(page, typed).headers["Location"] == listed
    held = Course.objects.get(pk=own)
    assert (held.title_fr, held.title_en, held.hours, held.months) == ("Tricot et laine", "Tricot et laine", Decimal(3), 0)  # fmt: skip
    assert (held.skills, held.learnt_fr) == (["cooking"], ["Monter"]), (
        "what the page does not ask stays"
    )
    for wrong in ({"title_fr": ""}, {"hours": "0"}, {"level": "wizard"}, {"months": "-1"}):
        assert ana.post(page, typed | wrong).status_code == 400, wrong
    ana.post(page, {"do": "retire"})
    assert Course.objects.get(pk=own).retired is not None
    again = ana.post(page, {"do": "retire"})
    assert (again.status_code, again.headers["Location"]) == (302, page), (
        "sent twice: as it stands now"
    )
    assert ana.post(page, {"do": "remove"}).headers["Location"] == listed
    assert not Course.objects.filter(pk=own).exists()
    told = ana.get(at(table, "course", number=made.course)).content.decode()
    assert 'value="change"' not in told and 'value="remove"' not in told, (
        "of the catalogue, attested"
    )


def test_a_zone_from_its_page(table: Table, made: Gathered, ana: Client) -> None:
    page, listed = at(table, "zone", number=made.near), at(table, "zones")
    assert page in ana.get(listed).content.decode()
    told = ana.get(page).content.decode()
    assert told.count('name="touches"') == 1, "a zone does not touch itself"
    assert ana.post(page, {"do": "change", "name": "Rive nord"}).headers["Location"] == listed
    assert Zone.objects.get(pk=made.near).name == "Rive nord"
    assert ana.post(page, {"do": "change", "name": "Centre"}).status_code == 400
    assert ana.post(page, {"do": "change", "name": "Rive", "touches": "999"}).status_code == 400
    taken = at(table, "zone", number=made.zone)
    assert ana.post(taken, {"do": "drop"}).headers["Location"] == taken, "somebody is in it"
    assert ana.post(page, {"do": "drop"}).headers["Location"] == listed
    assert list(Zone.objects.values_list("pk", flat=True)) == [made.zone]


def test_members_do_not_reach_them_and_costs_of_others_are_not_there(
    table: Table, made: Gathered
) -> None:
    cost = add_cost(table.slug, "room", session=made.session, planned_cad=Decimal(4), by=table.coordinator, now=NOW)  # fmt: skip
    bao, dov = signed(table.member), signed(table.stranger)
    for name, number in (("seat", made.seat), ("cost", cost), ("course", made.course), ("zone", made.zone)):  # fmt: skip
        page = at(table, name, number=number)
        assert bao.get(page).status_code == 403
        assert bao.post(page, {"do": "change", "name": "x"}).status_code == 403
        assert dov.get(page).status_code == 404
        assert dov.get(page.replace(table.slug, table.other)).status_code == 404
    listed = (at(table, "committee", number=made.committee), at(table, "trainings"), at(table, "zones"), at(table, "session", number=made.session))  # fmt: skip
    for page in listed:
        told = bao.get(page).content.decode()
        assert not re.search(r"/(sieges|seats|depenses|costs|cours|courses|zones)/\d", told), (
            "no link that leads nowhere"
        )


def test_what_is_sent_twice_does_not_undo_itself(table: Table, made: Gathered, ana: Client) -> None:
    page = at(table, "volunteer", code=made.volunteer)
    for _ in range(2):
        assert ana.post(page, {"do": "pause"}).status_code == 302
        assert Volunteer.objects.get().paused, "pressed twice, it is not called again"
    for _ in range(2):
        assert ana.post(page, {"do": "resume"}).status_code == 302
        assert not Volunteer.objects.get().paused
    assert signed(table.member).post(page, {"do": "pause"}).status_code == 403


def test_a_meeting_of_a_committee_that_ended_is_still_changed(
    table: Table, made: Gathered, ana: Client
) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    what = NewMeeting("Pilotage", AGO, SINCE, committee=made.committee)
    number = call_meeting(table.slug, what, **k)
    note_presence(table.slug, number, {made.seat: "present"}, guests=0, **k)
    end_committee(table.slug, made.committee, DAY, **k)
    page = at(table, "meeting", number=number)
    assert f'<option value="{made.committee}" selected' in ana.get(page).content.decode()
    typed = {"do": "change", "kind": "regular", "committee": made.committee, "title": "Pilotage, la fin", "day": "2026-06-01", "from_hour": "06:00", "to_hour": "08:00"}  # fmt: skip
    assert ana.post(page, typed).status_code == 302
    assert Meeting.objects.get(pk=number).title == "Pilotage, la fin"
    other = at(table, "meeting", number=made.meeting)
    assert f'<option value="{made.committee}"' not in ana.get(other).content.decode()


def test_a_sum_of_nothing_known_is_not_zero(table: Table, made: Gathered, ana: Client) -> None:
    told = ana.get(at(table, "activity", number=made.activity)).content.decode()
    foot = re.search(r"<tfoot>(.*?)</tfoot>", told, re.DOTALL)
    assert foot is not None
    assert re.findall(r"<td>([^<]+)</td>", foot[1]) == ["120,50", "—"]
