"""Volunteers of a spreadsheet: every cell that the room cannot take is told before anything is written."""

from __future__ import annotations

from typing import Any

import pytest
from tests.doors.site.test_bringing_rooms import at, brought, taken, undone
from tests.doors.site.test_space import signed
from tests.support.gathered import Gathered, gather
from tests.support.table import NOW, QUICK, Table, table_and_around

from courtepointe.doors.site.gathering.bringing import look_at_volunteers
from courtepointe.doors.site.space.bringing import understanding
from courtepointe.doors.site.space.frame import Space
from courtepointe.engagement.models import Volunteer, VolunteerContact
from courtepointe.people.access import workspace_to
from courtepointe.people.bringing import RowRead

HEAD = "Code du bénévole;Compétences;Langues;Zone;Date du consentement;Courriel\n"
ROWS = (
    "B-01;Cuisine;français;Centre;2026-05-01;bao@example.org\n"
    "B-02;Cuisine;français;Nulle part;2026-05-01;chi@example.org\n"
    "B-03;Jonglerie;français;Centre;2026-05-01;dov@example.org\n"
    "B-04;Cuisine;français;Centre;;eli@example.org\n"
    "B-05;Cuisine;français;Centre;2019-05-01;fay@example.org\n"
    "B-06;Cuisine;français;Centre;2026-05-01;BAO@example.org\n"
    "B-07;Cuisine;français;Rive;2026-05-01;mirabelle@example.org\n"
)


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Gathered:
    return gather(table)


def test_every_row_that_the_room_cannot_take_is_told_by_its_cell(
    table: Table, made: Gathered
) -> None:
    ana = signed(table.coordinator)
    page = brought(ana, table, "volunteers", HEAD + ROWS)
    seen = workspace_to("write", table.slug, by=table.coordinator, now=NOW)
    space = Space(seen, table.coordinator, NOW, "fr")
    result = understanding(space, int(page.rstrip("/").rsplit("/", 1)[1])).result
    assert [(one.address, one.code) for one in result.faults] == [
        ("D3", "zone_not_here"),
        ("B4", "skill_not_known"),
        ("E5", "consent_not_in_force"),
        ("E6", "consent_not_in_force"),
        ("F7", "contact_twice"),
        ("F8", "contact_twice"),
    ]
    told = ana.get(page).content.decode()
    for words in ("«\u202fNulle part\u202f» n’est le nom d’aucune zone", "«\u202fJonglerie\u202f» dit une compétence", "D3", "F8"):  # fmt: skip
        assert words in told, words
    assert ana.post(page, {"do": "take"}).status_code == 400
    assert Volunteer.objects.count() == 1, "nothing is half taken"
    batch = taken(ana, page, skip="on")
    assert set(Volunteer.objects.values_list("code", flat=True)) == {made.volunteer, "B-01"}
    undone(ana, table, batch)
    assert VolunteerContact.objects.count() == Volunteer.objects.count() == 1


def test_a_volunteer_who_is_known_is_known_and_no_fault(table: Table, made: Gathered) -> None:
    ana = signed(table.coordinator)
    row = f"{made.volunteer};Cuisine;français;Nulle part;2026-05-01;mirabelle@example.org\n"
    fresh = "B-08;Cuisine;français;centre;2026-05-01;gus@example.org\n"
    page = brought(ana, table, "volunteers", HEAD + row + fresh)
    assert ana.post(page, {"do": "take"}).status_code == 400, "known: said, and not taken twice"
    taken(ana, page, known="skip")
    assert set(Volunteer.objects.values_list("code", flat=True)) == {made.volunteer, "B-08"}
    assert ana.get(at(table, "importer/")).status_code == 200


def test_a_telephone_is_the_contact_where_there_is_no_address(table: Table, made: Gathered) -> None:
    seen = workspace_to("write", table.slug, by=table.coordinator, now=NOW)
    space = Space(seen, table.coordinator, NOW, "fr")
    held = {"pseudonym": "B-01", "phone": "+15145550123", "email": None, "contact": "texto"}
    rows = [RowRead(n, held | {"pseudonym": f"B-{n}"}) for n in (2, 3)]
    unfit, known = look_at_volunteers(space, rows)
    assert [(one.row, one.field, one.code) for one in unfit] == [
        (2, "consent_date", "consent_not_in_force"),
        (3, "consent_date", "consent_not_in_force"),
        (3, "phone", "contact_twice"),
    ], "all that is wrong with a row is told at once"
    # An address that cannot be read is how the row would be reached: its telephone repeats nothing.
    rows[1] = RowRead(3, {name: told for name, told in rows[1].values.items() if name != "email"})
    unfit, _ = look_at_volunteers(space, rows)
    assert [(one.row, one.code) for one in unfit] == [(2, "consent_not_in_force"), (3, "consent_not_in_force")]  # fmt: skip
    assert known == frozenset()
    assert look_at_volunteers(space, []) == ((), frozenset())
