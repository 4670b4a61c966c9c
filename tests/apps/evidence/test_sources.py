"""Sources: nothing without consent, corrections that passages follow, a withdrawal that leaves counts only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from tests.support.evidence_made import AGREED, INTERVIEW, TEXT, brought, coded, seen_by
from tests.support.resilience_made import Begun, begin
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.actions import destroy_all_due
from courtepointe.people.models import Destruction, HistoryRow
from courtepointe.people.queries.free_texts import free_texts
from courtepointe.portraits.evidence import actions, queries
from courtepointe.portraits.evidence.actions import correct_source
from courtepointe.portraits.evidence.models import Coding, Passage, Source
from courtepointe.portraits.evidence.values import Consent, NewCode, Picture
from courtepointe.portraits.resilience.actions import close_portrait, follow_portrait
from courtepointe.portraits.resilience.framework import dimensions
from courtepointe.portraits.resilience.models import ResiliencePortrait

NOBODY_YET = Consent()


@pytest.fixture
def begun(table: Table) -> Begun:
    return begin(table)


def keys(table: Table, days: int = 0) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW + timedelta(days=days)}


def held(table: Table, number: int) -> Any:
    rows = queries.sources(seen_by(table, table.coordinator), Source.objects.get(pk=number).portrait_id)  # fmt: skip
    return next(one for one in rows if one.number == number)


def test_a_source_is_brought_with_its_consent_and_its_voices(table: Table, begun: Begun) -> None:
    number = brought(table, begun.portrait)
    one = held(table, number)
    assert (one.kind, one.is_open, one.is_ended, one.n_signs) == (
        "interview",
        True,
        False,
        len(TEXT),
    )
    assert (one.consent, dict(one.voices)) == (AGREED, {"seniors": 2, "tenants": 6})
    assert queries.text_of(seen_by(table, table.member), number) == TEXT
    assert Source.objects.get(pk=number).consent_version == 1


def test_without_consent_a_source_is_kept_closed(table: Table, begun: Begun) -> None:
    number = brought(table, begun.portrait, consent=NOBODY_YET)
    assert not held(table, number).is_open
    with pytest.raises(Refused, match="evidence_no_consent"):
        coded(table, number, 0, "REL")
    with pytest.raises(Refused, match="evidence_no_consent"):
        queries.text_of(seen_by(table, table.member), number)
    with pytest.raises(Refused, match="evidence_no_consent"):
        actions.begin_round(table.slug, number, second=table.member.id, **keys(table))
    assert queries.text_of(seen_by(table, table.coordinator), number) == TEXT
    voices = queries.voices_of(seen_by(table, table.member), begun.portrait, now=NOW)
    assert {one.n_sources for one in voices.values()} == {0}
    actions.correct_source(table.slug, number, INTERVIEW, **keys(table))
    assert coded(table, number, 0, "REL")


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"kind": "rumour"}, "evidence_unknown_kind"),
        ({"consent": Consent("shouted", date(2026, 5, 2))}, "evidence_unknown_kind"),
        ({"consent": Consent("written")}, "evidence_consent_day"),
        ({"consent": Consent("written", date(2026, 6, 2))}, "day_to_come"),
        ({"consent": Consent("public")}, "evidence_public_document"),
        ({"consent": Consent(may_quote=True)}, "evidence_nothing_agreed"),
        ({"day": date(2026, 6, 2)}, "day_to_come"),
        ({"day": date(1, 1, 1)}, "day_too_early"),
        ({"day": date(1899, 12, 31)}, "day_too_early"),
        ({"consent": Consent("written", date(1, 1, 1))}, "day_too_early"),
        ({"keep_until": date(2026, 6, 1)}, "evidence_keep_until"),
        ({"keep_until": date(2099, 6, 1)}, "evidence_keep_until"),
        ({"voices": {"martians": 3}}, "resilience_unknown_kind"),
        ({"voices": {"seniors": -3}}, "gathering_number"),
        ({"text": "  "}, "gathering_line_needed"),
        ({"title": ""}, "gathering_line_needed"),
        ({"kind": "photo"}, "evidence_photo_needed"),
    ],
)
def test_a_source_that_says_too_little_is_refused(
    table: Table, begun: Begun, other: dict[str, Any], code: str
) -> None:
    with pytest.raises(BadInput, match=code):
        brought(table, begun.portrait, **other)
    assert not Source.objects.exists()


def test_a_public_document_asks_nobody_and_a_photo_has_its_picture(
    table: Table, begun: Begun
) -> None:
    number = brought(
        table, begun.portrait, kind="document", consent=Consent("public", may_quote=True)
    )
    assert held(table, number).is_open
    photo = brought(table, begun.portrait, kind="photo", picture=Picture(b"jpeg", 3, 2))
    assert queries.picture_of(seen_by(table, table.member), photo) == Picture(b"jpeg", 3, 2)
    with pytest.raises(NotFound):
        queries.picture_of(seen_by(table, table.member), number)


def test_who_only_contributes_brings_nothing_and_a_stranger_finds_nothing(
    table: Table, begun: Begun
) -> None:
    with pytest.raises(NotAllowed):
        actions.add_source(table.slug, begun.portrait, INTERVIEW, by=table.member, now=NOW)
    number = brought(table, begun.portrait)
    with pytest.raises(NotFound, match="unknown_workspace"):
        actions.correct_source(table.slug, number, INTERVIEW, by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_evidence_source"):
        actions.correct_source(table.other, number, INTERVIEW, by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_resilience_portrait"):
        actions.add_source(table.other, begun.portrait, INTERVIEW, by=table.stranger, now=NOW)


def test_a_closed_portrait_takes_nothing_more(table: Table, begun: Begun) -> None:
    number = brought(table, begun.portrait)
    close_portrait(table.slug, begun.portrait, **keys(table))
    for act in (lambda: brought(table, begun.portrait), lambda: coded(table, number, 0, "REL")):
        with pytest.raises(Refused, match="portrait_closed"):
            act()
    actions.withdraw_source(table.slug, number, **keys(table))


def test_the_portrait_is_locked_before_it_is_said_to_be_open(
    table: Table, begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = brought(table, begun.portrait)
    locked, lock = [], QuerySet.select_for_update

    def spied(rows: QuerySet[Any], *args: Any, **kwargs: Any) -> QuerySet[Any]:
        locked.append(rows.model)
        return lock(rows, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", spied)
    for deed in (
        lambda: coded(table, source, 0, "REL"),
        lambda: correct_source(table.slug, source, INTERVIEW, by=table.coordinator, now=NOW),
    ):
        locked.clear()
        deed()
        assert locked.index(Source) < locked.index(ResiliencePortrait)


def test_the_sources_of_an_edition_are_not_those_of_the_next(table: Table, begun: Begun) -> None:
    number = brought(table, begun.portrait)
    close_portrait(table.slug, begun.portrait, **keys(table))
    edition = follow_portrait(table.slug, begun.portrait, **keys(table))
    seen, after = seen_by(table, table.coordinator), brought(table, edition)
    for portrait, held_by in ((begun.portrait, number), (edition, after)):
        assert [one.number for one in queries.sources(seen, portrait)] == [held_by]
        assert queries.source(seen, portrait, held_by).number == held_by
    with pytest.raises(NotFound, match="unknown_evidence_source"):
        queries.source(seen, edition, number)


def test_passages_follow_a_correction_that_leaves_their_words(table: Table, begun: Begun) -> None:
    number = brought(table, begun.portrait)
    coded(table, number, 2, "COM", "fragility")
    said = TEXT.split("\n")[1].split(". ")[0] + "."
    better = TEXT.replace("M. Roy", "un voisin").replace("et on a ri", "mais on a ri")
    actions.correct_source(table.slug, number, replace(INTERVIEW, text=better), **keys(table))
    one = Passage.objects.get()
    assert better[one.start : one.end] == said
    changed = better.replace("Personne ne", "Nul ne")
    with pytest.raises(Refused, match="evidence_passages_changed"):
        actions.correct_source(table.slug, number, replace(INTERVIEW, text=changed), **keys(table))
    assert Source.objects.get().text == better


def test_passages_move_past_one_another_and_never_on_one_another(
    table: Table, begun: Begun
) -> None:
    told = "Une fois. Deux fois. Une fois."
    number = brought(table, begun.portrait, text=told)
    for place in range(3):
        coded(table, number, place, "REL", text=told)

    def corrected(text: str) -> list[str]:
        actions.correct_source(table.slug, number, replace(INTERVIEW, text=text), **keys(table))
        return [text[one.start : one.end] for one in Passage.objects.order_by("start")]

    every = ["Une fois.", "Deux fois.", "Une fois."]
    assert corrected(f"Neuf fois. {told}") == every
    assert corrected(told) == every
    with pytest.raises(Refused, match="evidence_passages_changed"):
        corrected("Une fois. Deux fois.")
    assert len({(one.start, one.end) for one in Passage.objects.all()}) == 3


def test_what_was_agreed_to_is_not_stretched(table: Table, begun: Begun) -> None:
    number = brought(table, begun.portrait)
    later = INTERVIEW.keep_until + timedelta(days=1)
    with pytest.raises(Refused, match="evidence_keep_longer"):
        actions.correct_source(
            table.slug, number, replace(INTERVIEW, keep_until=later), **keys(table)
        )
    Source.objects.update(consent_version=None)
    actions.correct_source(table.slug, number, replace(INTERVIEW, title="Relue"), **keys(table))
    assert Source.objects.get().consent_version is None
    again = replace(AGREED, day=date(2026, 5, 20))
    actions.correct_source(
        table.slug, number, replace(INTERVIEW, keep_until=later, consent=again), **keys(table)
    )
    assert (Source.objects.get().keep_until, Source.objects.get().consent_version) == (later, 1)


def test_a_consent_that_codes_rest_on_is_withdrawn_and_not_wiped(
    table: Table, begun: Begun
) -> None:
    number = brought(table, begun.portrait)
    coded(table, number, 0, "REL")
    none = replace(INTERVIEW, consent=NOBODY_YET)
    with pytest.raises(Refused, match="evidence_withdraw_instead"):
        actions.correct_source(table.slug, number, none, **keys(table))


def test_a_withdrawal_destroys_the_words_and_leaves_the_counts(table: Table, begun: Begun) -> None:
    number = brought(table, begun.portrait)
    mine = coded(table, number, 0, "REL")
    actions.describe_coding(
        table.slug, mine, part="REL.close", strength=3, note="le réchaud", **keys(table)
    )
    actions.withdraw_source(table.slug, number, **keys(table))
    one = held(table, number)
    assert (one.title, one.n_signs, one.is_open, one.is_ended) == ("", 0, False, True)
    assert Passage.objects.get().start is None
    assert Coding.objects.get().note == ""
    kept = str(list(HistoryRow.objects.values_list("before", "after", "why")))
    assert "réchaud" not in kept
    assert "Lilas" not in kept
    assert free_texts(table.id, "réchaud", leads={}).found == ()
    voices = queries.voices_of(seen_by(table, table.member), begun.portrait, now=NOW)["REL"]
    assert (voices.strengths, voices.n_sources, voices.groups["tenants"]) == (1, 1, 1)
    assert queries.passages_of(seen_by(table, table.member), begun.portrait, "REL") == ()
    line = Destruction.objects.get()
    assert (line.because, line.what, line.count, line.beside["evidence.passage"]) == (
        "withdrawal",
        "evidence.source",
        1,
        1,
    )
    with pytest.raises(Refused, match="evidence_ended"):
        actions.withdraw_source(table.slug, number, **keys(table))
    with pytest.raises(Refused, match="evidence_ended"):
        queries.text_of(seen_by(table, table.coordinator), number)


def test_what_is_due_ends_by_itself_and_the_counts_stay(table: Table, begun: Begun) -> None:
    number = brought(table, begun.portrait)
    mine = coded(table, number, 0, "REL")
    actions.describe_coding(table.slug, mine, part="", strength=2, note="à relire", **keys(table))
    last = INTERVIEW.keep_until
    assert (
        dict(destroy_all_due(now=NOW.replace(year=last.year, month=last.month, day=last.day))).get(
            "source_kept"
        )
        is None
    )
    done = dict(
        destroy_all_due(now=NOW.replace(year=last.year, month=last.month, day=last.day + 1))
    )
    assert (done["source_kept"], done["passage_kept"], done["coding_note_kept"]) == (1, 1, 1)
    assert Source.objects.get().text == ""
    voices = queries.voices_of(seen_by(table, table.member), begun.portrait, now=NOW)["REL"]
    assert voices.strengths == 1


def test_words_that_were_to_end_leave_no_more_though_nothing_destroyed_them_yet(
    table: Table, begun: Begun
) -> None:
    coded(table, brought(table, begun.portrait), 0, "REL")
    seen, last = seen_by(table, table.coordinator), INTERVIEW.keep_until
    assert [
        queries.coding_lines(seen, begun.portrait, on=last + timedelta(days=more))[0]["text"]
        for more in (0, 1)
    ] == ["On se connaît tous dans la ruelle.", ""]


@pytest.mark.parametrize("read", [queries.passages_of, queries.coding_lines])
def test_a_text_is_read_once_however_many_passages_were_coded(
    table: Table, begun: Begun, read: Callable[..., Any]
) -> None:
    """A row of a code does not carry its whole source along."""
    number = brought(table, begun.portrait)
    for place in range(4):
        coded(table, number, place, "REL")
    asked = (seen_by(table, table.coordinator), begun.portrait)
    with CaptureQueriesContext(connection) as done:
        found = read(*asked, "REL") if read is queries.passages_of else read(*asked)
    assert len(found) == 4
    with_codes = [one["sql"] for one in done if "evidence_coding" in one["sql"] and "strength" in one["sql"]]  # fmt: skip
    assert with_codes
    assert not any('"evidence_source"."text",' in one for one in with_codes)
    read_texts = [one["sql"] for one in done if '"evidence_source"."text"' in one["sql"].split(" FROM ")[0]]  # fmt: skip
    assert len(read_texts) == 1


def test_the_words_of_a_portrait_are_those_that_each_dimension_shows(
    table: Table, begun: Begun
) -> None:
    first = brought(table, begun.portrait)
    own = f"code-{actions.add_code(table.slug, NewCode('Hiver', 'Le froid.'), **keys(table))}"
    for place, what in enumerate(("REL", "COM", own)):
        coded(table, first, place, what)
    coded(table, first, 0, "COM", "fragility")
    counted = brought(table, begun.portrait, consent=replace(AGREED, may_quote=False))
    coded(table, counted, 3, "REL")
    asked, on = (seen_by(table, table.member), begun.portrait), INTERVIEW.keep_until
    shown = [one for code in dimensions() for one in queries.passages_of(*asked, code, on=on)]
    with CaptureQueriesContext(connection) as done:
        found = queries.words_quoted(*asked, on=on)
    assert len(done) <= 4
    assert found == {one.passage: one.text for one in shown}
    assert sorted(found.values()) == [
        "On se connaît tous dans la ruelle.",
        "Quand le courant a manqué, M. Roy a sorti son réchaud.",
    ]
    assert queries.words_quoted(*asked, on=on + timedelta(days=1)) == {}


def test_a_source_to_which_nobody_agreed_does_not_stay(table: Table, begun: Begun) -> None:
    brought(table, begun.portrait, consent=NOBODY_YET)
    brought(table, begun.portrait)
    destroy_all_due(now=NOW + timedelta(days=89))
    assert Source.objects.count() == 2
    destroy_all_due(now=NOW + timedelta(days=91))
    assert Source.objects.get().consent == "spoken"


def test_consents_are_counted_for_who_answers_for_them(table: Table, begun: Begun) -> None:
    brought(table, begun.portrait)
    gone = brought(table, begun.portrait)
    brought(table, begun.portrait, kind="document", consent=Consent("public"))
    actions.withdraw_source(table.slug, gone, **keys(table))
    (one,) = queries.consents_counted(table.id)
    assert (one.living, one.withdrawn, one.first, one.next_end) == (
        1,
        1,
        AGREED.day,
        INTERVIEW.keep_until,
    )
    assert one.text is not None
