"""Somebody is found in what people wrote, in every room, however it was written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.support.contributed import PLACE, contributed
from tests.support.gathered import gather
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound
from courtepointe.engagement.actions import missions as mission_acts
from courtepointe.engagement.models import AgendaItem, Meeting, Mission
from courtepointe.people.actions import (
    look_in_texts,
    note_incident,
    receive_request,
    remove,
    say_what_was_done,
)
from courtepointe.people.models import HistoryRow, RequestSearch
from courtepointe.people.queries.free_texts import (
    MOST_LINES,
    free_texts,
    needles,
    place_of,
    texts_in,
)
from courtepointe.people.queries.incidents import IncidentTold
from courtepointe.people.queries.requests import searches_of
from courtepointe.people.sealed import seal

NAME = "Émilie Œuvrard"


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("Hier, EMILIE oeuvrard a parlé", NAME, "EMILIE oeuvrard"),
        ("M. Œuvrard, Émilie, et son fils", NAME, "Œuvrard, Émilie"),
        ("Émilie, la fille du boulanger, Mme Œuvrard", NAME, "Émilie"),
        ("Émilie Dion", NAME, None),
        ("le cœuvrard", "Œuvrard", None),
        ("chez les Œuvrards", "oeuvrard", "Œuvrards"),
        ("l’Œuvrard", "œuvrard", "l’Œuvrard"),
        ("appelez le (514) 555-0177.", "555 0177", "555-0177"),
        ("tél. 5145550177", "514 555-0177", "5145550177"),
        ("+1 514.555.0177 p. 2", "5550177", "555.0177"),
        ("555 personnes, 0177 chaises", "555-0177", None),
        ("écrire à emilie@example.org ce soir", "emilie@example.org", "emilie@example"),
        ("le code VB7K2 a dit oui", "vb7k2", "VB7K2"),
        ("رسالة من ليلى حداد", "ليلى حداد", "ليلى حداد"),
        ("rien", "ليلى حداد", None),
    ],
)
def test_a_text_holds_somebody_however_it_was_written(text: str, words: str, said: str | None) -> None:  # fmt: skip
    (needle,) = needles(words)
    place = place_of(text, needle)
    assert (place and text[slice(*place)]) == said


@pytest.mark.parametrize(
    ("words", "code"),
    [("ab", "search_too_short"), ("12-3", "search_too_short"), (" \n ", "search_without_words"), ("Ana Roy\né", "search_too_short")],
)  # fmt: skip
def test_what_would_find_everybody_is_refused(words: str, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        needles(words)


def test_texts_are_found_however_deep_and_sealed_ones_are_opened() -> None:
    held: Any = {"a": ["un", {"b": "deux"}], "n": 3, "c": {"sealed": seal("trois")}, "d": {"sealed": ""}}  # fmt: skip
    assert [*texts_in(held)] == ["un", "deux", "trois"]
    assert [*texts_in('{"x": ["quatre", null]}')] == ["quatre"]
    assert [*texts_in("{pas du json")] == ["{pas du json"]


def everywhere(table: Table) -> dict[str, set[str]]:
    """Write a name in several rooms; give the fields that must be found, by kind of row."""
    gather(table)
    AgendaItem.objects.update(notes="Mme OEUVRARD, Emilie, s’y oppose.")
    Meeting.objects.update(minutes="Présente : Emilie Œuvrard (514 555-0177)")
    contributed(table, {**PLACE, "conditions": "demander à Émilie Œuvrard"}, by=table.member)
    note_incident(table.slug, IncidentTold(discovered=NOW.date(), what="Liste avec Émilie Œuvrard"), by=table.coordinator, now=NOW)  # fmt: skip
    return {
        "engagement.agendaitem": {"notes"},
        "engagement.meeting": {"minutes"},
        "assets.contribution": {"texts"},
        "people.incident": {"what"},
    }


def test_every_room_is_read_the_sealed_texts_too_and_no_other_workspace(table: Table) -> None:
    expected = everywhere(table)
    found = free_texts(table.id, NAME, leads={"engagement.agendaitem": "meeting_id"})
    assert {one.model: {name for line in one.lines for name in line.fields} for one in found.found} == expected  # fmt: skip
    assert not found.is_cut and found.counts["people.incident"] == 1
    line = next(one for one in found.found if one.model == "engagement.agendaitem").lines[0]
    assert line.leads == str(AgendaItem.objects.get(pk=line.key).meeting_id)
    assert (line.before, line.said, line.after) == ("Mme ", "OEUVRARD, Emilie", ", s’y oppose.")
    by_number = free_texts(table.id, "Personne d’autre\n5550177", leads={})
    assert [one.model for one in by_number.found] == ["engagement.meeting"]
    others = HistoryRow.objects.exclude(workspace_id=table.id).values_list("workspace_id", flat=True)  # fmt: skip
    assert free_texts(others[0], NAME, leads={}).found == ()


def test_what_is_there_no_more_is_found_in_the_history(table: Table) -> None:
    gather(table)
    mission = Mission.objects.get()
    mission_acts.change_mission(table.slug, mission.pk, replace(_as_new(mission), text=f"Appeler {NAME}"), by=table.coordinator, now=NOW)  # fmt: skip
    assert [one.model for one in free_texts(table.id, NAME, leads={}).found] == ["engagement.mission"], "once"  # fmt: skip
    remove(Mission.objects.get(), by=table.coordinator, now=NOW)
    (kind,) = free_texts(table.id, NAME, leads={}).found
    assert (kind.model, len(kind.lines), kind.lines[0].said) == ("people.historyrow", 1, NAME)


def _as_new(row: Mission) -> Any:
    from_row = {"title": row.title, "starts": row.starts, "ends": row.ends, "people_needed": row.people_needed, "text": row.text, "zone": row.zone_id, "place": row.place, "skills": tuple(row.skills)}  # fmt: skip
    return mission_acts.NewMission(**from_row)


def asked(table: Table) -> int:
    return receive_request(
        table.slug, "access", name=NAME, contact="514 555-0177", detail=f"Je suis {NAME}", received=NOW.date(),
        by=table.coordinator, now=NOW,
    )  # fmt: skip


def test_the_register_keeps_what_was_found_and_done(table: Table) -> None:
    everywhere(table)
    number = asked(table)
    look = {"leads": {}, "by": table.coordinator, "now": NOW}
    looked = look_in_texts(table.slug, number, NAME, **look)
    assert "people.subjectrequest" not in looked.search.counts, "the request itself is left out"
    with pytest.raises(BadInput, match="search_done_says_nothing"):
        say_what_was_done(table.slug, number, looked.number, " ", by=table.coordinator, now=NOW)
    say_what_was_done(table.slug, number, looked.number, "Retirée du procès-verbal.", by=table.coordinator, now=NOW)  # fmt: skip
    again = look_in_texts(table.slug, number, NAME, **look)
    assert "people.requestsearch" not in again.search.counts
    assert again.search.counts == looked.search.counts, "a search finds no trace of a search"
    last, first = searches_of(table.id, number)
    assert (first.words, first.done, first.by) == (NAME, "Retirée du procès-verbal.", "Ana")
    assert last.found["engagement.meeting"] == 1 and last.done == ""
    assert "Œuvrard" not in str(RequestSearch.objects.values_list("found", flat=True))
    lines = HistoryRow.objects.filter(what="people.requestsearch")
    assert not any("uvrard" in str(line.after) for line in lines), "sealed there too"


def test_only_the_officer_looks(table: Table) -> None:
    number = asked(table)
    for who, error in ((table.member, NotAllowed), (table.former, NotFound), (table.stranger, NotFound)):  # fmt: skip
        with pytest.raises(error):
            look_in_texts(table.slug, number, NAME, leads={}, by=who, now=NOW)
        with pytest.raises(error):
            say_what_was_done(table.slug, number, 1, "x", by=who, now=NOW)
    with pytest.raises(NotFound, match="unknown_request"):
        look_in_texts(table.other, number, NAME, leads={}, by=table.stranger, now=NOW)
    mine = look_in_texts(table.slug, number, NAME, leads={}, by=table.coordinator, now=NOW)
    with pytest.raises(NotFound, match="unknown_request"):
        say_what_was_done(table.slug, number + 1, mine.number, "x", by=table.coordinator, now=NOW)


def test_a_search_that_finds_too_much_says_so(table: Table) -> None:
    gather(table)
    meeting = Meeting.objects.all()[0]
    AgendaItem.objects.bulk_create(
        AgendaItem(
            workspace_id=table.id, meeting=meeting, position=n + 50, title=f"Point {n} d’{NAME}"
        )
        for n in range(MOST_LINES + 5)
    )
    found = free_texts(table.id, NAME, leads={})
    assert found.is_cut and sum(found.counts.values()) == MOST_LINES
