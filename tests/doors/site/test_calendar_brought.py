"""A calendar is brought as any table: looked at, put right, taken in, undone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate, localtime, now
from tests.support.table import QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.engagement.models import Activity
from courtepointe.formats.calendar import ZONE, Event, Feed, write_calendar

NEXT = localdate() + timedelta(days=20)


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def ana(table: Table) -> Client:
    return signed_in(table.coordinator)


def at(table: Table, rest: str = "") -> str:
    return f"/en/space/{table.slug}/import/{rest}"


def event(uid: str, title: str, first: int, last: int, **more: Any) -> Event:
    day = datetime.combine(NEXT, datetime.min.time(), tzinfo=ZONE)
    return Event(uid, 0, day + timedelta(hours=first), day + timedelta(hours=last), title, now(), **more)  # fmt: skip


def brought(client: Client, table: Table, content: bytes, what: str = "activities", name: str = "agenda.ics") -> Any:  # fmt: skip
    file = SimpleUploadedFile(name, content, "text/calendar")
    return client.post(at(table), {"shape": what, "file": file})


def a_calendar() -> bytes:
    """Write a calendar as another program would: one plain event, one each week, and what asks for a hand."""
    told = Feed("Le Moulin", "fr", (
        event("a", "Corvée de ruelle", 9, 12, place="Ruelle Verte", text="Des gants", link="https://exemple.org/corvee"),
        event("b", "Fête des voisins", 0, 24, whole_days=True),
        event("c", "Nuit des étoiles", 20, 25),
        event("d", "Souper annulé", 18, 20, cancelled=True),
    ))  # fmt: skip
    weekly = f"BEGIN:VEVENT\r\nUID:w\r\nSUMMARY:Café-rencontre\r\nDTSTART;TZID=America/Montreal:{NEXT:%Y%m%d}T100000\r\nDURATION:PT1H30M\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT\r\n"  # fmt: skip
    unread = "BEGIN:VEVENT\r\nUID:u\r\nSUMMARY:Sans date\r\nEND:VEVENT\r\n"
    return write_calendar(told).replace(b"END:VCALENDAR", f"{weekly}{unread}END:VCALENDAR".encode())


def test_a_calendar_is_looked_at_and_what_is_clear_is_taken_in(table: Table, ana: Client) -> None:
    kept = brought(ana, table, a_calendar())
    assert kept.status_code == 302 and not Activity.objects.exists()
    looked = ana.get(kept.headers["Location"])
    assert (looked.context["n_rows"], looked.context["n_faulty"]) == (7, 3), "a whole day, a night, an event without a day"  # fmt: skip
    page = looked.content.decode()
    assert "agenda.ics" in page and "Souper annulé" not in page
    assert ana.post(kept.headers["Location"], {"do": "take"}).status_code == 400, "three lack hours"
    assert ana.post(kept.headers["Location"], {"do": "take", "skip": "on"}).status_code == 302
    made = list(Activity.objects.order_by("starts", "title"))
    assert sorted({one.title for one in made}) == ["Café-rencontre", "Corvée de ruelle"]
    assert [localdate(one.starts) - NEXT for one in made if one.title == "Café-rencontre"] == [timedelta(days=7 * n) for n in range(3)]  # fmt: skip
    chore = next(one for one in made if one.title == "Corvée de ruelle")
    assert (localtime(chore.starts).hour, localtime(chore.ends).hour, chore.place) == (9, 12, "Ruelle Verte")  # fmt: skip
    assert "Des gants" in chore.text and "https://exemple.org/corvee" in chore.text
    again = brought(ana, table, a_calendar())
    known = ana.post(again.headers["Location"], {"do": "take", "skip": "on", "known": "skip"})
    assert known.status_code == 400 and Activity.objects.count() == 4, "each is there already"


@pytest.mark.parametrize(
    ("content", "what", "name", "said"),
    [
        (b"BEGIN:VCALENDAR\r\nrien", "activities", "a.ics", "cannot be read as an iCalendar file"),
        (b"titre;date\r\nx;y", "activities", "a.ics", "cannot be read as an iCalendar file"),
        (write_calendar(Feed("Vide", "fr", ())), "activities", "a.ics", "in which nothing takes place"),
        (a_calendar(), "organisations", "a.ics", "it gives activities, and nothing else"),
        (a_calendar(), "organisations", "sans-nom.txt", "it gives activities, and nothing else"),
    ],
)  # fmt: skip
def test_what_is_no_calendar_of_activities_is_told(
    table: Table, ana: Client, content: bytes, what: str, name: str, said: str
) -> None:
    answer = brought(ana, table, content, what, name)
    assert answer.status_code == 400 and said in answer.content.decode()


def test_who_may_not_write_brings_no_calendar(table: Table) -> None:
    for who, status in ((table.member, 403), (table.former, 404), (table.stranger, 404)):
        assert brought(signed_in(who), table, a_calendar()).status_code == status
