"""Who answers a call among 30,000 volunteers: by skills, zone and language; ours sieves codes in SQL and judges arrays. One peer joins a table for each list (Django's ORM, indexed), the other reads rows with their lists and goes person by person; all sides give the same codes in the same order."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import measure

NOW = datetime(2026, 6, 1, 15, tzinfo=UTC)
PEOPLE, ZONES, MOST = 30_000, 60, 50
LISTS = ("skills", "languages", "slots")
ASKED = {
    "narrow": {"skills": ["first_aid"], "languages": ["ar"], "zone": 30, "steps": 2},
    "wide": {"skills": ["first_aid"], "languages": ["fr", "ar", "es"], "zone": None, "steps": 0},
    "everybody": {"skills": [], "languages": [], "zone": None, "steps": 0},
}


def opened(folder: str) -> None:
    """Open the database of a folder."""
    os.environ["COURTEPOINTE_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "courtepointe.config.settings"
    import django

    django.setup()


def peers() -> tuple[Any, Any]:
    """Give the peers' rows: a volunteer, and a table of what they hold, one row each."""
    from django.db import models

    class Somebody(models.Model):  # noqa: DJ008
        code = models.CharField(max_length=10)
        zone = models.IntegerField(db_index=True)
        last_called = models.DateField(null=True, db_index=True)

        class Meta:
            app_label = "engagement"

    class Held(models.Model):  # noqa: DJ008
        of = models.ForeignKey(Somebody, models.CASCADE, related_name="held")
        what = models.CharField(max_length=10)
        code = models.CharField(max_length=40)

        class Meta:
            app_label = "engagement"
            indexes = (models.Index(fields=("what", "code", "of"), name="bench_held_codes"),)

    return Somebody, Held


def network(folder: Path) -> tuple[str, Any, list[int]]:
    """Open a workspace with zones that nobody is in; give its address, its coordinator, the zones."""
    opened(str(folder))
    from django.core.management import call_command

    from courtepointe.engagement.actions.zones import add_zone
    from courtepointe.people.actions import accept_invitation, invite, open_account, open_workspace
    from courtepointe.people.actions.workspaces import Described
    from courtepointe.people.queries import person_of

    call_command("migrate", verbosity=0)
    by = person_of(open_account(email="a@example.org", name="A", password="a long enough one", lang="fr", now=NOW))  # fmt: skip
    slug = open_workspace(Described("Réseau", "city"), by=None, now=NOW)
    accept_invitation(
        invite(slug, label="A", told_roles=["coordinator"], by=None, now=NOW), by=by, now=NOW
    )
    return slug, by, [add_zone(slug, f"Zone {n}", by=by, now=NOW) for n in range(ZONES)]


def prepare(folder: Path) -> str:
    """Write one network in our tables and in the peers'."""
    slug, by, zones = network(folder)
    from django.db import connection

    from courtepointe.engagement.actions.volunteers import bring_volunteers
    from courtepointe.engagement.actions.zones import set_touching
    from courtepointe.engagement.kinds import words_of
    from courtepointe.engagement.models import Volunteer

    for n in range(ZONES - 1):
        set_touching(slug, zones[n], {zones[n + 1], zones[max(n - 1, 0)]}, by=by, now=NOW)
    chance = random.Random(4)
    codes = {name: list(words_of(name)) for name in LISTS}
    rows = [
        {name: "; ".join(chance.sample(codes[name], chance.randint(1, 4))) for name in LISTS}
        | {"zone": f"Zone {chance.randrange(ZONES)}", "consented": "2026-05-30"}
        for _ in range(PEOPLE)
    ]
    made = bring_volunteers(slug, rows, by=by, now=NOW)
    days = [None, *(date(2026, 5, day) for day in range(1, 29))]
    kept = list(Volunteer.objects.order_by("pk"))
    for one in kept:
        one.last_called = chance.choice(days)
    Volunteer.objects.bulk_update(kept, ["last_called"], batch_size=2_000)
    somebody, held = peers()
    with connection.schema_editor() as editor:
        editor.create_model(somebody)
        editor.create_model(held)
    place = {pk: n for n, pk in enumerate(zones)}
    somebody.objects.bulk_create(
        somebody(pk=v.pk, code=v.code, zone=place[v.zone_id], last_called=v.last_called) for v in kept
    )  # fmt: skip
    held.objects.bulk_create(
        held(of_id=v.pk, what=name, code=code) for v in kept for name in LISTS for code in getattr(v, name).split()
    )  # fmt: skip
    assert made.made == PEOPLE
    return str(folder)


def near(asked: Mapping[str, Any]) -> dict[int, int]:
    """Give the zones asked, each with its steps: they stand in a row."""
    return {n: abs(n - asked["zone"]) for n in range(ZONES) if abs(n - asked["zone"]) <= asked["steps"]}  # fmt: skip


def ours(argument: Mapping[str, Any]) -> measure.Timed:
    """Sieve in the database, judge by arrays."""
    opened(argument["folder"])
    from courtepointe.engagement.models import Volunteer, Zone
    from courtepointe.engagement.queries.arrays import answering
    from courtepointe.engagement.values.volunteers import NewCall

    asked = ASKED[argument["asked"]]
    (workspace,) = set(Zone.objects.values_list("workspace_id", flat=True))
    zone = None if asked["zone"] is None else Zone.objects.order_by("pk")[asked["zone"]].pk
    call = NewCall(tuple(asked["skills"]), False, tuple(asked["languages"]), (), zone, asked["steps"], MOST)  # fmt: skip
    started = time.perf_counter()
    ids = answering(workspace, call, today=NOW.date()).ids
    seconds = time.perf_counter() - started
    codes = Volunteer.objects.in_bulk(ids)
    return measure.Timed(seconds, [codes[one].code for one in ids])


def peer_of(argument: Mapping[str, Any]) -> tuple[Any, Mapping[str, Any], float]:
    """Open the database of a peer, which has been asked once; give its rows, the question, the clock."""
    opened(argument["folder"])
    somebody, _held = peers()
    somebody.objects.first()
    return somebody, ASKED[argument["asked"]], time.perf_counter()


def joined(argument: Mapping[str, Any]) -> measure.Timed:
    """Join a table for each list, and let the database put in order."""
    somebody, asked, started = peer_of(argument)
    from django.db.models import Case, F, Value, When

    rows = somebody.objects.all()
    for skill in asked["skills"]:
        rows = rows.filter(held__what="skills", held__code=skill)
    if asked["languages"]:
        rows = rows.filter(held__what="languages", held__code__in=asked["languages"])
    steps: Any = Value(0)
    if asked["zone"] is not None:
        reached = near(asked)
        rows = rows.filter(zone__in=reached)
        steps = Case(*(When(zone=zone, then=Value(n)) for zone, n in reached.items()))
    rows = rows.annotate(steps=steps).distinct()
    ordered = rows.order_by(F("last_called").asc(nulls_first=True), "steps", "pk")
    codes = [row.code for row in ordered[:MOST]]
    return measure.Timed(time.perf_counter() - started, codes)


def one_by_one(argument: Mapping[str, Any]) -> measure.Timed:
    """Read everybody with their lists, and go person by person."""
    somebody, asked, started = peer_of(argument)
    reached = None if asked["zone"] is None else near(asked)
    fits = []
    for row in somebody.objects.prefetch_related("held"):
        held = {(one.what, one.code) for one in row.held.all()}
        if not all(("skills", code) in held for code in asked["skills"]):
            continue
        if asked["languages"] and not any(
            ("languages", code) in held for code in asked["languages"]
        ):
            continue
        if reached is None or row.zone in reached:
            fits.append((row.last_called or date.min, reached[row.zone] if reached else 0, row.pk, row.code))  # fmt: skip
    codes = [one[-1] for one in sorted(fits)[:MOST]]
    return measure.Timed(time.perf_counter() - started, codes)


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask for a few, for many, for everybody."""
    kept = prepare(folder)
    for name in ASKED:
        yield measure.Question(
            f"a call: {name}",
            f"{PEOPLE:,} volunteers, {ZONES} zones",
            {"folder": kept, "asked": name},
            (("Django ORM, joins", "joined"), ("Django ORM, person by person", "one_by_one")),
        )


if __name__ == "__main__":
    measure.answer({"ours": ours, "joined": joined, "one_by_one": one_by_one}, questions)
