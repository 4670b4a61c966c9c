"""How long until 30,000 volunteers of a workbook are in the tables, every fault told by its row? Ours does all that the site does: it opens the sealed draft, finds the table, matches its columns, checks each cell, writes rows and sealed contacts, and a line of history for each. The peer is what is usually written: pandas, then Django's `full_clean()` and `save()` row by row, into the same tables, in one transaction, without history; all sides keep the same cells, or tell the same faulty rows."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import measure
from volunteers import NOW, ZONES, network, opened

ROWS = int(os.environ.get("COURTEPOINTE_BENCH_ROWS", "30000"))
HEADS = ("Code du bénévole", "Compétences", "Langues", "Zone", "Disponibilités", "Date du consentement", "Courriel")  # fmt: skip
SKILLS = {"Premiers soins": "first_aid", "Cuisine": "cooking", "Conduite": "driving", "Informatique": "computers"}  # fmt: skip
LANGUAGES = {"français": "fr", "anglais": "en", "créole haïtien": "ht", "espagnol": "es", "arabe": "ar"}  # fmt: skip
TIMES = {"Matin en semaine": "weekday_morning", "Soir en semaine": "weekday_evening", "Nuit": "night"}  # fmt: skip
FAULTY_EACH = 100


def write_file(path: Path, *, faulty: bool) -> bytes:
    """Write a list of volunteers, one of a hundred with a language that nobody knows where asked."""
    import xlsxwriter

    chance = random.Random(7)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet, as_date = book.add_worksheet("Bénévoles"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADS)
    for n in range(ROWS):
        spoken = chance.sample([*LANGUAGES], chance.randint(1, 3))
        if faulty and n % FAULTY_EACH == 0:
            spoken[0] = "xyzzyx"
        sheet.write_row(n + 1, 0, [
            f"B-{n:06d}", "; ".join(chance.sample([*SKILLS], chance.randint(1, 3))), ", ".join(spoken),
            f"Zone {n % ZONES}", chance.choice([*TIMES]),
        ])  # fmt: skip
        day = dt.datetime(2026, 1, 1) + dt.timedelta(days=n % 100)
        sheet.write_datetime(n + 1, 5, day, as_date)
        sheet.write_string(n + 1, 6, f"personne{n}@exemple.org")
    book.close()
    return path.read_bytes()


def prepare(folder: Path, *, faulty: bool) -> dict[str, Any]:
    """Open a workspace where the file waits to be taken in; say where, and which draft it is."""
    folder.mkdir()
    slug, by, _zones = network(folder)
    from courtepointe.people.actions import keep_draft

    content = write_file(folder / "b.xlsx", faulty=faulty)
    number = keep_draft(slug, shape="volunteers", file="b.xlsx", content=content, by=by, now=NOW)
    told = {"folder": str(folder), "slug": slug, "by": [by.id, by.name], "draft": number}
    return {**told, "megabytes": len(content) / 1e6}


def afresh(argument: Mapping[str, Any]) -> str:
    """Open a copy of the database, for what is written; give the copy's folder."""
    copy = tempfile.mkdtemp(prefix="courtepointe-bench-import-")
    shutil.copytree(argument["folder"], copy, dirs_exist_ok=True)
    opened(copy)
    return copy


def ours(argument: Mapping[str, Any]) -> measure.Timed:
    """Look at the draft and take it in, as the page does."""
    copy = afresh(argument)
    from django.conf import settings
    from django.http import QueryDict
    from django.utils.module_loading import import_string

    from courtepointe.doors.site.space import bringing
    from courtepointe.doors.site.space.frame import Space
    from courtepointe.people.access import workspace_to
    from courtepointe.people.values import Person

    import_string(f"{settings.ROOT_URLCONF}.urlpatterns")
    by = Person(*argument["by"])
    started = time.perf_counter()
    seen_space = workspace_to("write", argument["slug"], by=by, now=NOW)
    space = Space(seen_space, by, NOW, "fr")
    seen = bringing.understanding(space, argument["draft"])
    faulty = list(seen.result.faulty_rows)
    if not faulty:
        bringing._taken(QueryDict("do=take"), space, seen)
    seconds = time.perf_counter() - started
    return measure.Timed(seconds, told(faulty, copy))


def row_by_row(argument: Mapping[str, Any]) -> measure.Timed:
    """Read with pandas, check each row's cells, and save its volunteer and its contact."""
    copy = afresh(argument)
    import pandas
    from django.core.validators import validate_email
    from django.db import transaction

    from courtepointe.engagement.models import Volunteer, VolunteerContact, Zone
    from courtepointe.people.sealed import fingerprint

    started = time.perf_counter()
    frame = pandas.read_excel(f"{argument['folder']}/b.xlsx", engine="calamine", dtype=object)
    zones = {zone.name: zone for zone in Zone.objects.select_related("workspace")}
    faulty: list[int] = []
    with transaction.atomic():
        for number, row in enumerate(frame.to_dict("records"), start=2):
            try:
                lists = [
                    " ".join(sorted(known[one.strip()] for one in str(row[head]).split(apart)))
                    for head, known, apart in (("Compétences", SKILLS, ";"), ("Langues", LANGUAGES, ","), ("Disponibilités", TIMES, ";"))
                ]  # fmt: skip
                zone, day = zones[row["Zone"]], row["Date du consentement"].date()
            except KeyError:
                faulty.append(number)
                continue
            validate_email(row["Courriel"])
            volunteer = Volunteer(
                workspace=zone.workspace, code=row["Code du bénévole"], zone=zone, skills=lists[0], languages=lists[1],
                slots=lists[2], consent="volunteer_1", consented=day, keep_until=day.replace(year=day.year + 2),
            )  # fmt: skip
            volunteer.full_clean(exclude=["last_called"])
            volunteer.save()
            contact = VolunteerContact(
                workspace=zone.workspace, volunteer=volunteer, contact=row["Courriel"], fingerprint=fingerprint(row["Courriel"]),
            )  # fmt: skip
            contact.full_clean()
            contact.save()
        transaction.set_rollback(bool(faulty))
    return measure.Timed(time.perf_counter() - started, told(faulty, copy))


def told(faulty: list[int], copy: str) -> list[Any]:
    """Give the faulty rows, how many are kept, and a digest of every cell that is; drop the copy."""
    from courtepointe.engagement.models import Volunteer, VolunteerContact

    names = (
        "pk",
        "code",
        "zone__name",
        "skills",
        "languages",
        "slots",
        "consent",
        "consented",
        "keep_until",
    )
    kept = {pk: cells for pk, *cells in Volunteer.objects.values_list(*names)}
    contacts = VolunteerContact.objects.values_list("volunteer_id", "contact", "fingerprint")
    for pk, *reached in contacts:
        kept[pk] += reached
    shutil.rmtree(copy)
    return [faulty, len(kept), hashlib.sha256(repr(sorted(kept.values())).encode()).hexdigest()]


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask for a clean file, and for one with faults."""
    peers = (("pandas (calamine), Django row by row", "row_by_row"),)
    for name, faulty in (("volunteers taken in, with history", False), ("volunteers refused, every faulty row told", True)):  # fmt: skip
        # In a process of its own: the memory of this one would count as that of both sides.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            held = pool.submit(prepare, folder / str(int(faulty)), faulty=faulty).result()
        size = f"{ROWS:,} rows of {len(HEADS)} cells, {held.pop('megabytes'):.1f} MB"
        yield measure.Question(name, size, held, peers)


if __name__ == "__main__":
    measure.answer({"ours": ours, "row_by_row": row_by_row}, questions)
