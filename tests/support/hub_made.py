"""A hub of a table with one of each of its lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from tests.support.directory import ORGANISATION, PLACE, entry, taken_in
from tests.support.table import NOW, Table

from courtepointe.hubs.actions import adopted, held, hubs, run, shown
from courtepointe.hubs.models import AdoptedItem, Commitment, Hub, KitItem
from courtepointe.hubs.shown import NewPage
from courtepointe.hubs.values import (
    KitCheck,
    NewAgreement,
    NewCapacity,
    NewCommitment,
    NewExercise,
    NewFact,
    NewHub,
    NewKeys,
    NewMember,
    NewMode,
    NewPost,
    NewPower,
)

DAY = timezone.localdate(NOW)
HUB = NewHub("place", "Pôle Saint-Pierre", "base", "forming", about="Ouvert à toutes et à tous.")
AGREEMENT = NewAgreement("La Maille", DAY - timedelta(days=30), DAY + timedelta(days=365), "Clés et assurance.")  # fmt: skip
CAPACITY = NewCapacity("seats", 120, 40, DAY - timedelta(days=10), "agent")
FACT = NewFact("step_free", True, DAY, "inspector")
POWER = NewPower(2.0, 10.0, 80, 90, 0.0, 0.0, 0.0, DAY - timedelta(days=5), 4.0, "trade")
MODE = NewMode("disruption", "Panne de plus de quatre heures", "supervision", "")
EXERCISE = NewExercise(DAY - timedelta(days=20), "Panne d’hiver", False, 32, 45, "Le double des clés manquait.")  # fmt: skip
PAGE = NewPage("Du lundi au vendredi, de 9 h à 17 h", "Par la cour, la rampe est à gauche")
ANSWERS = {"diagnosis.portrait": "present", "plan.written_plan": "fragile"}


@dataclass(frozen=True)
class Made:
    """The numbers of what was made."""

    hub: int
    host: int
    place: int
    member: int
    commitment: int
    agreement: int
    capacity: int
    fact: int
    keys: int
    post: int
    mode: int
    kit_item: int
    exercise: int
    adoption: int
    item: int
    assessment: int


def form(table: Table, *, day: date = DAY, takes_in: bool = True) -> Made:
    """Form a hub in the table, with one of each line; ``takes_in``: the directory is not there yet."""
    by, now, slug = table.coordinator, NOW, table.slug
    if takes_in:
        taken_in(table)
    host, place = entry(ORGANISATION).pk, entry(PLACE).pk
    number = hubs.form_hub(slug, HUB, by=by, now=now)
    hubs.change_hub(slug, number, _with_host(host), by=by, now=now)
    member = hubs.add_member(slug, number, NewMember("location", place), by=by, now=now)
    hubs.commit(slug, number, member, NewCommitment("disruption", "Ouvre la grande salle", "direction"), by=by, now=now)  # fmt: skip
    held.begin_kit(slug, number, by=by, now=now)
    item = KitItem.objects.filter(hub_id=number, code="lamps").values_list("pk", flat=True).get()
    held.check_kit(slug, number, item, KitCheck(6, day, "volunteers"), by=by, now=now)
    held.note_power(slug, number, POWER, by=by, now=now)
    adoption = adopted.adopt(slug, number, "wellington", by=by, now=now)
    made = Made(
        hub=number,
        host=host,
        place=place,
        member=member,
        commitment=Commitment.objects.get(member_id=member).pk,
        agreement=hubs.agree(slug, number, AGREEMENT, by=by, now=now),
        capacity=held.count_capacity(slug, number, CAPACITY, by=by, now=now),
        fact=held.note_fact(slug, number, FACT, by=by, now=now),
        keys=run.count_keys(slug, number, NewKeys("supervision", 2, day), by=by, now=now),
        post=run.fill_post(slug, number, NewPost("welcome", 3, 2, day), by=by, now=now),
        mode=run.write_mode(slug, number, MODE, by=by, now=now),
        kit_item=item,
        exercise=run.note_exercise(slug, number, EXERCISE, by=by, now=now),
        adoption=adoption,
        item=AdoptedItem.objects.get(adoption_id=adoption, code="guide").pk,
        assessment=adopted.open_assessment(slug, "Printemps 2026", by=by, now=now),
    )
    shown.show_hub(slug, number, PAGE, by=by, now=now)
    shown.hide_hub(slug, number, by=by, now=now)
    assert Hub.objects.get(pk=number).host == entry(ORGANISATION).uid
    return made


def _with_host(host: int) -> NewHub:
    return NewHub(HUB.form, HUB.name, HUB.aim, HUB.status, HUB.about, "centres", host, None, "Saint-Pierre", "https://exemple.org/pole")  # fmt: skip
