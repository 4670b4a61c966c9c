"""Contacts, activities and attendance of a spreadsheet reach the rooms that keep them, whole, and leave again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime, make_aware
from tests.doors.site.test_space import signed
from tests.support.directory import taken_in, writing
from tests.support.gathered import gather
from tests.support.table import NOW, QUICK, Table, table_and_around

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.doors.site.space.bringers import BRINGERS, offered_to
from courtepointe.doors.site.space.bringing import understanding
from courtepointe.doors.site.space.frame import Space
from courtepointe.engagement.actions import arriving
from courtepointe.engagement.actions.activities import (
    cancel_activity,
    count_attendance,
    plan_activity,
)
from courtepointe.engagement.actions.meetings import call_meeting
from courtepointe.engagement.models import (
    Activity,
    AttendanceCount,
    Cost,
    Enrolment,
    Meeting,
    Presence,
    TrainingSession,
    Volunteer,
)
from courtepointe.engagement.values.activities import NewActivity
from courtepointe.engagement.values.arriving import ArrivingActivity, Came
from courtepointe.engagement.values.meetings import NewMeeting
from courtepointe.formats.hsds import Directory, Record
from courtepointe.people.access import workspace_to
from courtepointe.people.bringing import shipped
from courtepointe.people.models import HistoryRow
from courtepointe.places.actions import Incoming, change_part, import_directory
from courtepointe.places.marks import name_mark
from courtepointe.places.models import Entry, Part

SECRETS = ("Ghislaine", "ghislaine@example.org", "555-0142")
ORGANISATION = "La Maille"
PAST = make_aware(datetime(2026, 5, 20, 18, 30))


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


def at(table: Table, rest: str = "") -> str:
    return f"/fr/espace/{table.slug}/{rest}"


def brought(client: Client, table: Table, kind: str, text: str) -> str:
    file = SimpleUploadedFile("liste.csv", text.encode("utf-8-sig"))
    answer = client.post(at(table, "importer/"), {"shape": kind, "file": file})
    assert answer.status_code == 302, re.findall(r"<p>(.*?)</p>", answer.content.decode())
    return answer.headers["Location"]


def taken(client: Client, page: str, **more: str) -> str:
    """Take a brought table in, and give its batch."""
    done = client.post(page, {"do": "take", **more})
    assert done.status_code == 302, re.findall(r"<p>(.*?)</p>", done.content.decode())
    return done.headers["Location"].split("batch=")[1]


def undone(client: Client, table: Table, batch: str) -> None:
    done: HttpResponse = client.post(at(table, f"historique/{batch}/annuler/"), {"why": ""})  # type: ignore[assignment]
    assert done.status_code == 302, done.content.decode()


def test_every_kind_that_is_read_has_a_room_that_takes_it_in() -> None:
    assert set(BRINGERS) == {one.code for one in shipped()}


def test_who_may_not_see_contacts_brings_none(table: Table) -> None:
    seen = workspace_to("write", table.slug, by=table.coordinator, now=NOW)
    space = Space(seen, table.coordinator, NOW, "fr")
    assert {"contacts", "volunteers"} < set(offered_to(space))
    blind = replace(space, seen=replace(seen, rights=seen.rights - {"contacts"}))
    assert set(offered_to(blind)) == {
        "organisations",
        "activities",
        "attendance",
        "actions",
        "observations",
    }
    reader = replace(space, seen=replace(seen, rights=frozenset({"read", "contacts"})))
    assert not offered_to(reader)


CONTACTS = (
    "Nom;Organisme;Poste;Courriel;Téléphone\n"
    "Ghislaine Untel;{org};Coordination;ghislaine@example.org;514 555-0142\n"
)


def test_contacts_are_sealed_with_their_organisation_and_leave_again(table: Table) -> None:
    taken_in(table)
    ana = signed(table.coordinator)
    before = Part.objects.count()
    text = CONTACTS.format(org=ORGANISATION.upper())
    batch = taken(ana, brought(ana, table, "contacts", text))
    made = Part.objects.filter(table="contact").latest("pk")
    assert made.holder is not None and made.holder.values["name"] == ORGANISATION
    assert Part.objects.count() == before + 2, "the person and their telephone"
    record = ana.get(at(table, f"repertoire/{made.holder_id}/")).content.decode()
    assert all(secret in record for secret in SECRETS)
    assert "Ghislaine" not in signed(table.member).get(at(table, f"repertoire/{made.holder_id}/")).content.decode()  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT private, contact_print, name_print FROM places_part")
        held = str(cursor.fetchall()) + str(HistoryRow.objects.values_list("before", "after"))
    assert not any(secret in held for secret in SECRETS)
    page = brought(ana, table, "contacts", text)
    assert "1 ligne est déjà ici" in ana.get(page).content.decode()
    ana.post(page, {"do": "drop"})
    undone(ana, table, batch)
    assert Part.objects.count() == before


def test_a_contact_who_is_here_is_changed_and_not_doubled(table: Table) -> None:
    taken_in(table)
    ana = signed(table.coordinator)
    text = CONTACTS.format(org=ORGANISATION)
    taken(ana, brought(ana, table, "contacts", text))
    n_parts = Part.objects.count()
    other = text.replace("514 555-0142", "514 555-0143").replace("Ghislaine Untel", "GHISLAINE UNTEL")  # fmt: skip
    # What was taken in is of today, and nobody verified it: a later file writes over it.
    taken(ana, brought(ana, table, "contacts", other), known="take")
    assert Part.objects.count() == n_parts
    phone = Part.objects.filter(table="phone", values__has_key="contact_id").latest("pk")
    assert "514 555-0143" in phone.private


def test_contacts_of_no_organisation_or_without_consent_are_told_by_their_cells(
    table: Table,
) -> None:
    taken_in(table)
    ana = signed(table.coordinator)
    text = (
        "Nom;Organisme;Courriel;Consentement\n"
        f"A;{ORGANISATION[:-1]};a@example.org;oui\n"
        f"B;{ORGANISATION};b@example.org;non\n"
        f"C;{ORGANISATION};c@example.org;\n"
        "D;Jamais vue;d@example.org;oui\n"
    )
    page = brought(ana, table, "contacts", text)
    seen = ana.get(page).content.decode()
    assert "B2" in seen and "n’est le nom d’aucune organisation" in seen and ORGANISATION in seen
    assert "D3" in seen and "n’a pas consenti" in seen and "B5" in seen
    refused = ana.post(page, {"do": "take"})
    assert refused.status_code == 400 and not Part.objects.filter(table="contact", name_print=_key("C")).exists()  # fmt: skip
    taken(ana, page, skip="yes")
    kept = {Part.objects.filter(table="contact", name_print=_key(name)).count() for name in "ABD"}
    assert kept == {0} and Part.objects.filter(name_print=_key("C")).count() == 1


def faults(table: Table, page: str) -> list[tuple[str, str]]:
    space = Space(workspace_to("write", table.slug, by=table.coordinator, now=NOW), table.coordinator, NOW, "fr")  # fmt: skip
    result = understanding(space, int(page.rstrip("/").rsplit("/", 1)[1])).result
    return [(one.address, one.code) for one in result.faults]


def test_all_that_is_wrong_with_a_row_is_told_at_the_first_reading(table: Table) -> None:
    taken_in(table)
    ana = signed(table.coordinator)
    contacts = (
        "Nom;Organisme;Courriel;Consentement\n"
        "A;Jamais vue;pas une adresse;non\n"
        f";{ORGANISATION};b@example.org;oui\n"
        ";;c@example.org;non\n"
    )
    assert faults(table, brought(ana, table, "contacts", contacts)) == [
        ("B2", "organisation_not_here"), ("C2", "not_an_email"), ("D2", "consent_refused"),
        ("A3", "required_missing"), ("A4", "required_missing"), ("B4", "required_missing"),
        ("D4", "consent_refused"),
    ]  # fmt: skip
    activities = (
        "Activité;Date;Début;Fin;Participants\n"
        "À rebours;1999-05-20;18:30;18:30;beaucoup\n"
        "Sans jour;hier;19:00;18:00;4\n"
    )
    assert faults(table, brought(ana, table, "activities", activities)) == [
        ("B2", "year_out_of_range"), ("D2", "ends_before_start"), ("E2", "not_a_number"),
        ("B3", "not_a_date"), ("D3", "ends_before_start"),
    ]  # fmt: skip


def _key(name: str) -> str:
    return name_mark(name)


def test_an_organisation_of_which_there_are_two_takes_no_contact(table: Table) -> None:
    twins = tuple(
        Record("organization", {"id": str(uuid4()), "name": name, "description": "—"})
        for name in ("Maison", "MAISON")
    )
    k: dict[str, Any] = {"areas": None, "by": table.coordinator, "now": NOW}
    import_directory(table.slug, Directory({"organization": twins}), Incoming("a"), **k)
    ana = signed(table.coordinator)
    page = brought(ana, table, "contacts", CONTACTS.format(org="maison"))
    assert "portent le nom" in ana.get(page).content.decode()
    assert ana.post(page, {"do": "take"}).status_code == 400
    assert not Part.objects.filter(table="contact").exists()


def test_contact_persons_who_may_be_one_are_shown_to_who_may_see_contacts(table: Table) -> None:
    taken_in(table)
    ana = signed(table.coordinator)
    taken(ana, brought(ana, table, "organisations", "Organisme\nMaison d’Œuvre\n"))
    text = (
        "Nom;Organisme;Courriel\n"
        f"Ghislaine Untel;{ORGANISATION};ghislaine@example.org\n"
        "G. Untel;Maison d’Œuvre;Ghislaine@Example.org\n"
    )
    page = at(table, "repertoire/doublons/")
    assert "même courriel" not in ana.get(page).content.decode()
    taken(ana, brought(ana, table, "contacts", text))
    seen = ana.get(page).content.decode()
    assert "même courriel" in seen and "Maison d’Œuvre" in seen and "Ghislaine" not in seen
    prints = [one for one in Part.objects.filter(table="contact").values_list("contact_print", flat=True) if one]  # fmt: skip
    assert len(set(prints)) < len(prints)


ACTIVITIES = (
    "Activité;Type;Date;Début;Fin;Lieu;Organisme responsable;Participants;Coût;Garde d’enfants\n"
    "Fête des voisins;Fête;2026-05-20;18:30;21:00;Parc Panet;Maison d’Œuvre;42;120,50;oui\n"
    "Corvée;;2027-05-21;09:00;12:00;s.o.;;;60;non\n"
)


def test_activities_of_a_sheet_are_planned_or_held_and_leave_again(table: Table) -> None:
    ana = signed(table.coordinator)
    batch = taken(ana, brought(ana, table, "activities", ACTIVITIES))
    held, coming = Activity.objects.order_by("starts")
    assert (held.kind, held.state, held.place, held.needs) == ("celebration", "held", "Parc Panet", ["childcare"])  # fmt: skip
    assert localtime(held.starts).isoformat()[:16] == "2026-05-20T18:30"
    assert "Maison d’Œuvre" in held.text and held.starts == PAST
    assert [(one.group, one.count) for one in held.attendance.all()] == [("untold", 42)]
    assert [(one.planned_cad, one.actual_cad) for one in held.costs.all()] == [(None, Decimal("120.50"))]  # fmt: skip
    assert (coming.kind, coming.state, coming.place, coming.needs) == ("other", "planned", "", [])
    assert [(one.planned_cad, one.actual_cad) for one in coming.costs.all()] == [(Decimal(60), None)]  # fmt: skip
    assert not held.is_open and not coming.is_open
    assert "Fête des voisins" in ana.get(at(table, "activites/")).content.decode()
    again = ana.get(brought(ana, table, "activities", ACTIVITIES)).content.decode()
    assert "2 lignes sont déjà ici" in again
    undone(ana, table, batch)
    assert not Activity.objects.exists() and not Cost.objects.exists()
    assert not AttendanceCount.objects.exists()


def test_an_import_is_undone_after_another_of_its_kind_and_not_after_a_change(table: Table) -> None:
    ana = signed(table.coordinator)
    other = ACTIVITIES.replace("Fête des voisins", "Bal").replace("Corvée", "Cueillette")
    first = taken(ana, brought(ana, table, "activities", ACTIVITIES))
    last = taken(ana, brought(ana, table, "activities", other))
    undone(ana, table, first)
    assert set(Activity.objects.values_list("title", flat=True)) == {"Bal", "Cueillette"}
    number = Activity.objects.get(title="Cueillette").pk
    cancel_activity(table.slug, number, by=table.coordinator, now=NOW)
    refused = ana.post(at(table, f"historique/{last}/annuler/"), {"why": ""})
    assert refused.status_code == 409 and Activity.objects.count() == 2


def test_an_activity_that_is_here_keeps_what_the_sheet_does_not_say(table: Table) -> None:
    by = table.coordinator
    what = NewActivity(
        "kitchen", "fete des Voisins", PAST, PAST + timedelta(hours=1), text="Apportez un plat.",
        is_open=True, places=60,
    )  # fmt: skip
    number = plan_activity(table.slug, what, by=by, now=NOW)
    count_attendance(table.slug, number, {"children": 12, "adults": 30}, by=by, now=NOW)
    ana = signed(by)
    text = "Activité;Date;Début;Fin;Participants\nFête des voisins;2026-05-20;18:30;21:00;42\n"
    batch = taken(ana, brought(ana, table, "activities", text), known="take")
    row = Activity.objects.get()
    assert (row.text, row.is_open, row.places) == ("Apportez un plat.", True, 60)
    assert (row.ends - row.starts, row.kind) == (timedelta(hours=2, minutes=30), "kitchen")
    assert [(one.group, one.count) for one in row.attendance.all()] == [("untold", 42)], "nobody is counted twice"  # fmt: skip
    undone(ana, table, batch)
    row.refresh_from_db()
    assert sorted((one.group, one.count) for one in row.attendance.all()) == [("adults", 30), ("children", 12)]  # fmt: skip
    assert row.ends - row.starts == timedelta(hours=1)


def test_organisations_brought_again_keep_what_the_table_does_not_say(table: Table) -> None:
    taken_in(table)
    ana = signed(table.coordinator)
    described = Entry.objects.get(table="organization").values["description"]
    assert described not in ("", "—")
    text = f"Organisme;Courriel;Adresse\n{ORGANISATION.lower()};maille@example.org;1, rue A\n"
    taken(ana, brought(ana, table, "organisations", text), known="take")
    row = Entry.objects.get(table="organization")
    assert (row.values["description"], row.values["email"]) == (described, "maille@example.org")
    address = Part.objects.get(table="address", values__address_1="1, rue A")
    change_part(table.slug, address.pk, {"city": "Montréal"}, writing=writing(table))
    Part.objects.filter(pk=address.pk).update(sources={})
    taken(
        ana,
        brought(ana, table, "organisations", text.replace("1, rue A", "2, rue A")),
        known="take",
    )
    address.refresh_from_db()
    assert (address.values["address_1"], address.values["city"]) == ("2, rue A", "Montréal")


def test_hours_and_counts_that_cannot_be_are_told_by_their_cells(table: Table) -> None:
    by, ana = table.coordinator, signed(table.coordinator)
    gone = plan_activity(table.slug, NewActivity("walk", "Marche", PAST, PAST + timedelta(hours=1)), by=by, now=NOW)  # fmt: skip
    cancel_activity(table.slug, gone, by=by, now=NOW)
    text = (
        "Activité;Date;Début;Fin;Participants\n"
        "À rebours;2026-05-20;18:30;18:30;\n"
        "Trop tôt;2090-05-20;18:30;21:00;4\n"
        "Ancienne;1999-05-20;18:30;21:00;\n"
        "Marche;2026-05-20;18:30;21:00;\n"
        "Sans fin;2026-05-20;18:30;;\n"
    )
    page = brought(ana, table, "activities", text)
    seen = ana.get(page).content.decode()
    for cell, why in (
        ("D2", "avant d’avoir commencé"), ("E3", "n’a pas encore eu lieu"), ("B4", "hors de l’agenda"),
        ("A5", "a été annulée"), ("D6", "obligatoire"),
    ):  # fmt: skip
        assert cell in seen and why in seen, cell
    assert ana.post(page, {"do": "take"}).status_code == 400
    none = ana.post(page, {"do": "take", "skip": "yes"})
    assert none.status_code == 400 and "aucune ligne à prendre" in none.content.decode()
    assert Activity.objects.count() == 1


def test_the_room_refuses_by_itself_what_the_page_would_have_told(table: Table) -> None:
    by = table.coordinator
    k: dict[str, Any] = {"by": by, "now": NOW, "batch": "b"}
    good = ArrivingActivity(NewActivity("walk", "Une", PAST, PAST + timedelta(hours=1)))
    late = NOW + timedelta(days=3)
    to_come = ArrivingActivity(NewActivity("walk", "Deux", late, late + timedelta(hours=1)), 4)
    with pytest.raises(Refused, match="gathering_not_yet"):
        arriving.bring_activities(table.slug, [good, to_come], **k)
    for wrong in (replace(good.what, kind="sabbat"), replace(good.what, ends=PAST)):
        with pytest.raises(BadInput):
            arriving.bring_activities(table.slug, [good, ArrivingActivity(wrong)], **k)
    with pytest.raises(Refused, match="import_has_faults"):
        arriving.bring_attendance(table.slug, [Came(2, date(2026, 5, 1), "Rien", "Ana")], **k)
    for who, refusal in (("member", NotAllowed), ("former", NotFound), ("stranger", NotFound)):
        other = k | {"by": getattr(table, who)}
        with pytest.raises(refusal):
            arriving.bring_activities(table.slug, [good], **other)
        with pytest.raises(refusal):
            arriving.bring_attendance(table.slug, [], **other)
    assert not Activity.objects.exists(), "nothing is half taken"


@pytest.fixture
def gathered(table: Table) -> Table:
    """Give a table where a meeting, an activity and a session took place on the same day."""
    made = gather(table)
    by = table.coordinator
    hour = NOW - timedelta(hours=2)
    meeting = NewMeeting("Rencontre du comité", hour, NOW, committee=made.committee)
    call_meeting(table.slug, replace(meeting, kind="regular"), by=by, now=NOW)
    plan_activity(table.slug, NewActivity("kitchen", "Soupe", hour, NOW), by=by, now=NOW)
    return table


def sheet(*rows: str) -> str:
    return "Date;Rencontre;Nom;Organisme;Présence\n" + "".join(
        f"2026-06-01;{one}\n" for one in rows
    )


def test_who_was_where_is_kept_as_seats_and_counts_and_no_name_is(gathered: Table) -> None:
    ana = signed(gathered.coordinator)
    text = sheet(
        "Comité de pilotage;Romarin Untel;comité Logement;X",
        "Comité de pilotage;Sarriette Unetelle;;oui",
        "Comité de pilotage;Basilic Untel;;absent",
        "Soupe;Romarin Untel;;présent", "Soupe;Aneth Untel;;en ligne", "Soupe;Cerfeuil Untel;;A",
    )  # fmt: skip
    batch = taken(ana, brought(ana, gathered, "attendance", text))
    meeting = Meeting.objects.get(title="Rencontre du comité")
    (presence,) = meeting.presences.all()
    assert (str(presence.seat), presence.status, meeting.guests) == (
        "Comité logement",
        "present",
        1,
    )
    soup = Activity.objects.get(title="Soupe")
    assert soup.state == "held"
    assert [(one.group, one.count) for one in soup.attendance.all()] == [("untold", 2)]
    held = str(HistoryRow.objects.values_list("before", "after", "why"))
    assert "Romarin" not in held and "Sarriette" not in held
    page = brought(ana, gathered, "attendance", text)
    assert "6 lignes sont déjà ici" in ana.get(page).content.decode()
    taken(ana, page, known="take")
    assert [one.count for one in soup.attendance.all()] == [2] and Presence.objects.count() == 1
    undone(ana, gathered, batch)
    meeting.refresh_from_db()
    assert not Presence.objects.exists() and meeting.guests == 0
    assert not AttendanceCount.objects.exists()


def test_volunteers_at_a_training_are_noted_by_their_codes(gathered: Table) -> None:
    ana = signed(gathered.coordinator)
    code = Volunteer.objects.get().code
    session = TrainingSession.objects.order_by("starts")[0]
    name = session.course.title_fr
    day = localtime(session.starts).date()
    heads = "Date;Formation;Code;Présence\n"
    page = brought(ana, gathered, "attendance", f"{heads}{day};{name};NONE-1;X\n{day};{name};{code};A\n")  # fmt: skip
    seen = ana.get(page).content.decode()
    assert "C2" in seen and "Aucun bénévole" in seen and "C3" in seen and "attestation" in seen
    ana.post(page, {"do": "drop"})
    Enrolment.objects.filter(session=session).delete()
    batch = taken(ana, brought(ana, gathered, "attendance", f"{heads}{day};{name};{code.lower()};X\n"))  # fmt: skip
    one = Enrolment.objects.get(session=session)
    assert (one.attended, one.state, one.volunteer.code) == (True, "confirmed", code)
    undone(ana, gathered, batch)
    assert not Enrolment.objects.filter(session=session).exists()


def test_attendance_at_what_never_was_is_told_by_its_cell(gathered: Table) -> None:
    by, ana = gathered.coordinator, signed(gathered.coordinator)
    twice = NewActivity("walk", "Soupe", NOW - timedelta(hours=1), NOW)
    text = sheet("Bal;Ana;;X", "Soupe;Ana;;X")
    page = brought(ana, gathered, "attendance", text)
    seen = ana.get(page).content.decode()
    assert "B2" in seen and "Aucune rencontre" in seen and "B3" not in seen
    plan_activity(gathered.slug, twice, by=by, now=NOW)
    seen = ana.get(page).content.decode()
    assert "Plusieurs rencontres" in seen
    assert ana.post(page, {"do": "take"}).status_code == 400
    assert not AttendanceCount.objects.exists()
    late = NOW + timedelta(days=7)
    rows = f"Date;Rencontre;Nom\n{localtime(late).date()};Rencontre de juin;Ana\n"
    stays = [Came(2, localtime(late).date(), "Rencontre de juin", "Ana")]
    with pytest.raises(Refused, match="import_has_faults"):
        arriving.bring_attendance(gathered.slug, stays, by=by, now=NOW, batch="b")
    assert "Rencontre de juin" in ana.get(brought(ana, gathered, "attendance", rows)).content.decode()  # fmt: skip


def test_many_rows_ask_no_more_questions_than_few(gathered: Table) -> None:
    ana = signed(gathered.coordinator)
    asked = []
    for n in (2, 60):
        rows = [f"Soupe;Personne {k};;X" for k in range(n)]
        page = brought(ana, gathered, "attendance", sheet(*rows))
        with CaptureQueriesContext(connection) as counted:
            assert ana.get(page).status_code == 200
        asked.append(len(counted))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("kind", ["contacts", "activities", "attendance"])
def test_readers_strangers_and_former_members_bring_nothing(table: Table, kind: str) -> None:
    texts = {"contacts": CONTACTS.format(org="x"), "activities": ACTIVITIES, "attendance": sheet("x;y;;X")}  # fmt: skip
    ana = signed(table.coordinator)
    page = brought(ana, table, kind, texts[kind])
    assert ana.get(page).status_code == 200
    for who, status in ((table.member, 403), (table.former, 404), (table.stranger, 404)):
        client = signed(who)
        file = SimpleUploadedFile("liste.csv", texts[kind].encode("utf-8-sig"))
        assert client.post(at(table, "importer/"), {"shape": kind, "file": file}).status_code == status  # fmt: skip
        for address in (page, page + "a-corriger.xlsx", at(table, f"importer/vide/{kind}.xlsx")):
            assert client.get(address).status_code == status
        assert client.post(page, {"do": "take"}).status_code == status
    elsewhere = page.replace(table.slug, table.other)
    assert signed(table.stranger).get(elsewhere).status_code == 404
