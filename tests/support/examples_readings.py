"""What the crawler plants of shared readings: a reading, a reply that waits, an open workshop with a note."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone
from tests.support.examples import Planted
from tests.support.table import Table

from courtepointe.people.actions.workspaces import stand_on
from courtepointe.people.queries import territories_of
from courtepointe.portraits.readings import actions
from courtepointe.portraits.readings.models import Workshop
from courtepointe.portraits.readings.values import Entry, NewReading, NewReply
from courtepointe.portraits.resilience.actions import begin_portrait
from courtepointe.portraits.resilience.values import NewPortrait

TEXT = "Ici la relève manque, les liens tiennent"
REPLY = "Notre ruelle n’est pas dans ce chiffre"
NOTE = "Le chœur se réunit le jeudi"


def plant(table: Table) -> Planted:
    """Read a dimension together, reply to it, open a workshop."""
    when = {"by": table.coordinator, "now": timezone.now()}
    stand_on(table.slug, atlas_code="demo", area_key="x:2021:2", name="Bas du canal",
             since=date(2020, 1, 1), **when)  # fmt: skip
    territory = next(one for one in territories_of(table.id) if one.name == "Bas du canal")
    portrait = begin_portrait(table.slug, NewPortrait("Lectures", territory.number), **when)
    what = NewReading("", "", "agreement", "fragile", TEXT)
    actions.write_reading(table.slug, portrait, "REL", what, **when)
    actions.add_reply(table.slug, portrait, NewReply("REL", "reading", REPLY), **when)
    workshop = actions.open_workshop(table.slug, portrait, "Soirée de lecture", **when)
    note = Entry(UUID(int=7 + (4 << 76)), "note", "REL", when["now"], text=NOTE)
    actions.keep_entries(table.slug, workshop, [note], **when)
    below_portrait = (
        "space_readings", "space_reading", "space_reading_cards", "space_reading_workshops",
        "space_readings_compare", "space_readings_chart",
    )  # fmt: skip
    of_workshop = ("workshop", "screen", "worker", "send")
    ids: dict[str, object] = {f"{page}.number": portrait for page in below_portrait}
    ids |= {f"space_reading_{page}.number": workshop for page in of_workshop}
    ids |= {"space_reading.code": "REL", "workshop_vote.code": Workshop.objects.get(pk=workshop).code}  # fmt: skip
    return Planted(ids, private=(TEXT, REPLY, NOTE))
