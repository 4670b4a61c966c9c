"""What a portrait's pages say to whoever reads them for the first time: no number without its meaning, both kinds of knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from tests.doors.site.test_resilience_numbers import at, chosen, observed, words
from tests.support.plan_made import make
from tests.support.readings_made import TEXT, written
from tests.support.resilience_made import Begun, begin
from tests.support.served_town import town_served
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.doors.site.evidence.forms import SourceForm
from courtepointe.doors.site.plans.chain import _step
from courtepointe.doors.site.resilience.charted import indicators_chart
from courtepointe.portraits.readings.actions import write_reading
from courtepointe.portraits.resilience import queries


@pytest.fixture
def table(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Table]:  # fmt: skip
    settings.PASSWORD_HASHERS = QUICK
    with town_served(settings, monkeypatch, tmp_path):
        yield table_and_around()


@pytest.fixture
def begun(table: Table) -> Begun:
    return begin(table)


def test_a_number_stands_between_its_own_goalposts_on_the_chart(table: Table, begun: Begun) -> None:
    some = chosen(table, begun, "SBE.cool_places", "SBE.living_alone", "SBE.oldest")
    observed(table, some["SBE.cool_places"], 2.0, interval="exact")
    observed(table, some["SBE.living_alone"], 30.0, low=20.0, high=50.0, interval="given")
    held = queries.indicators_of(table.id, begun.portrait)
    chart = indicators_chart(held, "Santé", lang="en")
    assert chart is not None
    rows = {row.label: (row.figure.low, row.figure.value, row.figure.high) for row in chart.rows}
    by = {one.code: rows[one.name.en] for one in held}
    assert chart.most == 100.0
    assert by["SBE.cool_places"] == (None, 20.0, None)  # 2 of 10, not the far end
    assert by["SBE.living_alone"] == (
        0.0,
        25.0,
        50.0,
    )  # 40 % is 0: less is better, and what lies beyond is cut
    assert by["SBE.oldest"] == (None, None, None)


def test_the_first_page_tells_what_people_say_and_what_is_read_together(
    table: Table, begun: Begun
) -> None:
    client = signed_in(table.member)
    told = words(client, at(table, "_portrait", number=begun.portrait))
    assert told.count("Nothing was read together yet.") == 8
    assert told.count("Nobody’s voice was gathered on this dimension yet.") == 8
    write_reading(table.slug, begun.portrait, "SBE", written(), by=table.coordinator, now=NOW)
    told = words(client, at(table, "_portrait", number=begun.portrait))
    assert told.count("Nothing was read together yet.") == 7
    assert TEXT in told


def test_nothing_is_counted_of_a_dimension_without_indicators(table: Table, begun: Begun) -> None:
    chosen(table, begun, "SBE.living_alone")
    client = signed_in(table.member)
    for page, more in (("_portrait", {}), ("_dimension", {"code": "COM"})):
        told = words(client, at(table, page, number=begun.portrait, **more))
        assert "No indicator was chosen yet." in told
        assert "0 of 0 indicators" not in told


def test_a_suggestion_says_who_gives_its_figures(table: Table, begun: Begun) -> None:
    told = words(signed_in(table.coordinator), at(table, "_indicators", number=begun.portrait))
    for said in (
        "People who live alone – what weighs on people · the atlas counts it",
        "say that they are in good health – what is there · a survey will tell it",
        "essentials are verified – what is there · this workspace counts it",
        "Cool or warm places open to everyone – what is there · for you to find out",
    ):
        assert said in told, said


def test_goalposts_are_explained_where_they_are_read(table: Table, begun: Begun) -> None:
    number = chosen(table, begun, "SBE.living_alone")["SBE.living_alone"]
    observed(table, number, 30.0)
    client = signed_in(table.member)
    told = words(client, at(table, "_indicator", number=number))
    assert "A score of 0 stands for 40%, a score of 100 for 0%." in told
    assert "0% to 40%, since" in told
    listed = words(client, at(table, "_indicators", number=begun.portrait))
    assert "Counted." in listed
    for page in (told, words(client, at(table, "_portrait", number=begun.portrait))):
        assert "Goalposts say what 0 and 100 mean" in page


def test_a_source_without_a_text_is_told_so_beside_the_text(table: Table) -> None:
    sent = {"kind": "interview", "title": "Essai", "day": date(2026, 5, 1), "keep_until": date(2028, 5, 1), "text": " "}  # fmt: skip
    with translation.override("en"):
        form = SourceForm(sent, {}, lang="en")
        assert list(form.errors) == ["text"]
        assert "Paste the text" in str(form.errors["text"])


def test_an_action_of_a_priority_is_not_said_to_come_from_nowhere(table: Table) -> None:
    with translation.override("en"):
        page = reverse("space_action", kwargs={"slug": table.slug, "number": make(table).action})
    told = words(signed_in(table.coordinator), page)
    assert "the priority that it answers tells where it comes from" in told


def test_steps_of_the_thread_are_counted_in_words_that_agree() -> None:
    assert _step("reading", 1) == "lecture partagée"
    with translation.override("en"):
        assert (_step("source", 1), _step("source", 3)) == ("source", "sources")
        assert _step("reading", 2) == "shared readings"
