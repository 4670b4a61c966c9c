"""What tired people type into a portrait: commas, spaces, percent signs, days that no calendar has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from tests.doors.site.test_resilience_numbers import at, chosen, words
from tests.support.resilience_made import Begun, begin
from tests.support.served_town import town_served
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.core.errors import BadInput
from courtepointe.doors.site.numbers_typed import TypedNumber
from courtepointe.doors.words import sentence
from courtepointe.portraits.resilience.actions import close_portrait
from courtepointe.portraits.resilience.models import Goalposts, Observation


@pytest.fixture
def begun(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[Table, Begun]]:  # fmt: skip
    settings.PASSWORD_HASHERS = QUICK
    with town_served(settings, monkeypatch, tmp_path):
        table = table_and_around()
        yield table, begin(table)


@pytest.mark.parametrize(("lang", "text", "number"), [
    ("fr", "1 234,5", 1234.5), ("fr", "1,234.5", 1234.5), ("fr", "12 %", 12.0), ("fr", "12,5\u00a0%", 12.5),
    ("fr", "1,234", 1.234), ("en", "1,234", 1234.0), ("en", "12,5", 12.5), ("en", "1\u202f234.5", 1234.5),
    ("fr", "12.5", 12.5), ("fr", "−3", -3.0), ("en", "  7 ", 7.0), ("en", "", None), ("fr", "   ", None),
])  # fmt: skip
def test_a_number_is_read_as_people_write_it(lang: str, text: str, number: float | None) -> None:
    with translation.override(lang):
        assert TypedNumber(required=False).clean(text) == number


@pytest.mark.parametrize("text", ["douze", "1 2", "12,5,1", "1e999", "nan", "%", "12 rue"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with translation.override("fr"), pytest.raises(ValidationError):
        TypedNumber(required=False).clean(text)


def test_a_number_held_is_shown_as_the_language_writes_it() -> None:
    for lang, shown in (("fr", "0,5"), ("en", "0.5")):
        with translation.override(lang):
            assert TypedNumber().prepare_value(0.5) == shown
            assert TypedNumber().prepare_value("à moitié") == "à moitié"


def test_numbers_typed_with_commas_come_whole(begun: tuple[Table, Begun]) -> None:
    table, portrait = begun
    number = chosen(table, portrait, "SBE.health")["SBE.health"]
    client = signed_in(table.coordinator)
    page = at(table, "_indicator", "fr", number=number)
    assert 'type="number"' not in words(client, page)
    sent = {"do": "observe", "period": "2026", "status": "counted", "value": "12,5 %", "interval": "given",
            "low": "10", "high": "15,5", "source": "Sondage d’ici"}  # fmt: skip
    assert client.post(page, sent).status_code == 302
    kept = Observation.objects.get()
    assert (kept.value, kept.low, kept.high) == (12.5, 10.0, 15.5)
    posts = {"do": "move", "low": "0,5", "high": "99,5", "polarity": "1", "why_fr": "Pour voir"}
    assert client.post(page, posts).status_code == 302
    newest = Goalposts.objects.latest("pk")
    assert (newest.low, newest.high) == (0.5, 99.5)
    assert 'value="99,5"' in words(client, page)


def test_a_day_that_no_calendar_has_is_refused_and_said(begun: tuple[Table, Begun]) -> None:
    table, portrait = begun
    number = chosen(table, portrait, "SBE.health")["SBE.health"]
    client = signed_in(table.coordinator)
    page = at(table, "_indicator", number=number)
    sent = {"do": "observe", "status": "counted", "value": "50", "interval": "unknown", "source": "Ici"}  # fmt: skip
    for period in ("2026-02-31", "31/02/2026", "the end of February", "2025-02-29"):
        answer = client.post(page, sent | {"period": period})
        assert answer.status_code == 400
        assert "a month (2026-05) or a day (2026-05-31)" in unescape(answer.content.decode())
    for period in ("2024-02-29", "2026-05", "2026"):
        assert client.post(page, sent | {"period": period}).status_code == 302
    assert "29\u00a0February\u00a02024" in words(client, page)
    assert "May\u00a02026" in words(client, page)


def test_dates_are_written_as_each_language_writes_them(begun: tuple[Table, Begun]) -> None:
    table, portrait = begun
    client = signed_in(table.coordinator)
    for lang, said in (("fr", "1er\u00a0juin\u00a02026"), ("en", "1\u00a0June\u00a02026")):
        assert said in words(client, at(table, "_portrait", lang, number=portrait.portrait))
        assert said in words(client, at(table, "", lang))


def test_the_last_day_a_text_may_be_kept_is_a_day_not_a_quantity() -> None:
    error = BadInput("evidence_keep_until", value=date(2099, 1, 1), expected=date(2036, 12, 31))
    assert "le 31\u00a0décembre\u00a02036" in sentence(error, lang="fr")


def test_goalposts_that_a_share_cannot_reach_are_refused(begun: tuple[Table, Begun]) -> None:
    table, portrait = begun
    number = chosen(table, portrait, "SBE.health")["SBE.health"]
    client = signed_in(table.coordinator)
    page = at(table, "_indicator", number=number)
    for low, high in (("10", "500"), ("−5", "50")):
        sent = {"do": "move", "low": low, "high": high, "polarity": "1", "why_fr": "Pour voir"}
        answer = client.post(page, sent)
        assert answer.status_code == 400
        assert "is not possible in this unit: 0–100 is expected" in unescape(
            answer.content.decode()
        )
    assert Goalposts.objects.count() == 1


@pytest.mark.parametrize(("number", "fr", "en"), [
    (1234.5, "1\u202f234,5", "1,234.5"), (-12345.25, "−12\u202f345,25", "−12,345.25"), (1000.0, "1\u202f000", "1,000"),
    (0.25, "0,25", "0.25"),
])  # fmt: skip
def test_a_number_in_a_refusal_is_grouped_as_each_language_groups(number: float, fr: str, en: str) -> None:  # fmt: skip
    error = BadInput("resilience_out_of_range", value=number, expected="≥ 0")
    for lang, told in (("fr", fr), ("en", en)):
        assert told in sentence(error, lang=lang)


def test_the_overview_leads_to_an_open_portrait(begun: tuple[Table, Begun]) -> None:
    table, portrait = begun
    page = at(table, "_portrait", number=portrait.portrait)
    with translation.override("en"):
        overview = reverse("space", kwargs={"slug": table.slug})
    client = signed_in(table.member)
    told = words(client, overview)
    assert page in told and "under way since 1\u00a0June\u00a02026" in told
    close_portrait(table.slug, portrait.portrait, by=table.coordinator, now=NOW)
    assert "under way since" not in words(client, overview)
