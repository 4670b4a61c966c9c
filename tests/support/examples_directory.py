"""What the crawler plants of the directory: a file taken in, one that waits, a contact person, an agreement."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from tests.support.directory import PLACE as PLACED
from tests.support.directory import SECRET, SECRETS, directory, entry, taken_in
from tests.support.examples import Planted
from tests.support.table import Table

from courtepointe.people.actions import answer_agreement, offer_agreement
from courtepointe.places.actions import Incoming
from courtepointe.places.actions.imports import keep_waiting
from courtepointe.places.models import Part

NAMES = ("La Maille", "Centre Saint-Pierre", "1212, rue Panet")


def plant(table: Table) -> Planted:
    """Take a directory in at the table; the funder, in turn, shows the table its own."""
    taken_in(table)
    now = timezone.now()
    waits = keep_waiting(
        table.slug, directory(), Incoming(name="Un fichier"), by=table.coordinator, now=now
    )
    place = entry(PLACED)
    part = Part.objects.filter(holder=place).exclude(table="contact").order_by("pk").first()
    assert part is not None
    agreement = _shown(table)
    ids: dict[str, object] = {
        **{f"space_{page}.number": place.pk for page in ("record", "edit_record", "new_detail", "detail")},
        "space_detail.part": part.pk,
        "space_new_detail.table": "phone",
        "space_new_record.kind": "location",
        "space_incoming.number": waits,
        "space_directory_file.ending": "json",
        "space_received_record.number": agreement,
        "space_received_record.record": place.pk,
        "space_received_file.number": agreement,
        "space_received_file.ending": "json",
    }  # fmt: skip
    return Planted(ids, private=(*NAMES, *SECRETS), contacts=(SECRET, *SECRETS))


def _shown(table: Table) -> int:
    now = timezone.now()
    day = timezone.localdate(now)
    number = offer_agreement(
        table.other,
        receiver=table.slug,
        what="directory",
        purpose="orienter",
        since=day,
        until=day + timedelta(days=30),
        by=table.stranger,
        now=now,
    )
    answer_agreement(table.slug, number, accepted=True, by=table.coordinator, now=now)
    return number
