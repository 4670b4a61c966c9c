"""The demonstration's portrait: written by the verbs that people use, read on its pages, printed in both languages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone, translation
from docx import Document
from tests.support.served_town import town_served
from tests.support.table import QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.atlas.pack.open import open_pack
from courtepointe.core.errors import NotFound
from courtepointe.doors.cli.demonstration import build
from courtepointe.plans.models import Action, Result
from courtepointe.plans.queries.chain import chain_from
from courtepointe.portraits.evidence.models import Coding, Source
from courtepointe.portraits.evidence.queries import voices_of
from courtepointe.portraits.readings.queries import readings_of
from courtepointe.portraits.resilience.models import ResiliencePortrait
from courtepointe.portraits.resilience.queries import numbers_of, portrait
from courtepointe.press.numbers import date_text

SAID = "Dans ma tour, on se téléphone d’un étage à l’autre dès qu’il fait chaud."
UNHEARD = "Nous livrons soixante repas par semaine"
"""Of somebody who agreed to be counted and not to be quoted."""


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def shown(
    table: Table, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, demo_pack: Path
) -> Iterator[int]:
    """Write the story into the table's workspace, on the demonstration atlas."""
    with town_served(settings, monkeypatch, tmp_path, pack=open_pack(demo_pack)):
        yield build.demonstrate(table.slug, by=table.coordinator, now=timezone.now())


def at(table: Table, name: str, lang: str = "fr", **where: object) -> str:
    with translation.override(lang):
        return reverse(name, kwargs={"slug": table.slug, **where})


def test_it_is_written_once_and_leads_from_what_was_said_to_what_was_seen(
    table: Table, shown: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers_and_voices_stand_side_by_side_and_are_not_averaged(table, shown)
    what_was_seen_leads_back_to_what_was_said(table)
    assert build.demonstrate(table.slug, by=table.coordinator, now=timezone.now()) == shown
    monkeypatch.setattr(build, "served", lambda: type("Empty", (), {"atlas": _NoArea()})())
    with pytest.raises(NotFound, match="unknown_area"):
        build.demonstrate(table.other, by=table.stranger, now=timezone.now())
    assert not ResiliencePortrait.objects.filter(workspace__slug=table.other).exists()


def test_the_portrait_is_printed_in_both_languages_and_not_to_a_stranger(
    table: Table, shown: int
) -> None:
    for lang in ("fr", "en"):
        it_is_printed(table, shown, lang)
    address = at(table, "space_resilience_file", number=shown, ending="odt")
    refused = signed_in(table.coordinator).get(address)
    assert refused.status_code == 404
    assert "n’est pas une forme de document" in unescape(refused.content.decode())
    address = at(table, "space_resilience_file", number=shown, ending="pdf")
    assert signed_in(table.stranger).get(address).status_code == 404


def numbers_and_voices_stand_side_by_side_and_are_not_averaged(table: Table, shown: int) -> None:
    now = timezone.now()
    seen = build.Scene(table.slug, table.coordinator, now.date(), now).seen
    about = portrait(seen, shown)
    numbers, voices = numbers_of(seen, about, now=now), voices_of(seen, shown, now=now)
    read = readings_of(about)
    assert numbers["SBE"].score is not None
    assert numbers["ATT"].why == "no_indicator"
    assert (voices["SBE"].strengths, voices["SBE"].fragilities, voices["SBE"].contradictions) == (2, 1, 1)  # fmt: skip
    assert {code: one.agreement for code, one in read.items()} == {
        "SBE": "tension", "REL": "unknown", "RES": "tension", "PRE": "agreement", "COM": "tension",
    }  # fmt: skip
    assert not Coding.objects.filter(passage__source__consent="").exists()
    assert Source.objects.filter(consent="").count() == 1


def what_was_seen_leads_back_to_what_was_said(table: Table) -> None:
    now = timezone.now()
    seen = build.Scene(table.slug, table.coordinator, now.date(), now).seen
    result = Result.objects.get()
    found = chain_from(seen, "result", result.pk, now=now, lang="fr")
    assert SAID in str(found)
    assert Action.objects.get(results=result).statement in str(found)


class _NoArea:
    def search(self, text: str, *, limit: int) -> tuple[()]:
        return ()


def it_is_printed(table: Table, shown: int, lang: str) -> None:
    client = signed_in(table.coordinator)
    name = "space_resilience_file"
    page = client.get(at(table, name, lang, number=shown, ending="html"))
    told = unescape(page.content.decode())
    assert (page.status_code, SAID in told, UNHEARD in told) == (200, True, False)
    assert {"fr": "Validée par", "en": "Agreed to by"}[lang] in told
    today = date_text(timezone.localdate().isoformat(), lang=lang)
    assert {"fr": f"ouvert, tel qu’il était le {today}", "en": f"open, as it stood on {today}"}[
        lang
    ] in told
    groups_are_told_of(told, lang)
    numbers_are_dated_and_voices_are_not(told, lang)
    pdf = client.get(at(table, name, lang, number=shown, ending="pdf"))
    with pikepdf.open(io.BytesIO(pdf.content)) as held:
        assert held.Root.MarkInfo.Marked
        assert str(held.Root.Lang) == {"fr": "fr-CA", "en": "en-CA"}[lang]
    word = Document(io.BytesIO(client.get(at(table, name, lang, number=shown, ending="docx")).content))  # fmt: skip
    assert any(SAID in one.text for one in word.paragraphs)


def numbers_are_dated_and_voices_are_not(told: str, lang: str) -> None:
    """Find the period and the status of a figure beside its source; of a quote, the month alone."""
    assert "Recensement fictif, à la manière de Statistique Canada · 2021 · " in told
    quoted = Source.objects.filter(may_quote=True)
    assert quoted.exists()
    for day in quoted.values_list("day", flat=True):
        assert date_text(day.isoformat()[:7], lang=lang) in told
        assert date_text(day.isoformat(), lang=lang) not in told


def groups_are_told_of(told: str, lang: str) -> None:
    """Find what is known of groups before what nobody knows; a few voices are not counted."""
    if lang == "fr":
        return
    part = told[told.index("What is known of each group") :]
    older = part[part.index("Older people") :][:400]
    assert "Recensement fictif, à la manière de Statistique Canada · 2021" in older
    assert re.search(r"This group speaks in \d sources? of the evidence\.", part)
    assert "22 voices" not in part
    assert part.index("What is known of each group") < part.index("Nobody of these groups has been heard yet")  # fmt: skip
