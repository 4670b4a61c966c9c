"""Passages coded, undone step by step, read a second time without seeing the first, talked over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from tests.support.evidence_made import INTERVIEW, TEXT, brought, coded, seen_by
from tests.support.resilience_made import Begun, begin
from tests.support.table import NOW, Table

from courtepointe.core.agreement import Seen, Status
from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.portraits.evidence import actions, queries
from courtepointe.portraits.evidence.models import Coding, Passage
from courtepointe.portraits.evidence.sentences import sentences_of
from courtepointe.portraits.evidence.values import Consent, NewCode, NewCoding
from courtepointe.portraits.resilience.values import DimensionVoices

DAY = INTERVIEW.day
LATER = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(hours=2)
EARLIER = DAY - timedelta(days=3)


@pytest.fixture
def begun(table: Table) -> Begun:
    return begin(table)


@pytest.fixture
def source(table: Table, begun: Begun) -> int:
    return brought(table, begun.portrait)


def keys(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": AFTER}


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_the_same_said_twice_is_one_code(table: Table, source: int) -> None:
    first = coded(table, source, 0, "REL")
    assert coded(table, source, 0, "REL") == first
    assert coded(table, source, 0, "REL", strength=3) == first
    assert Coding.objects.get().strength == 3
    assert coded(table, source, 0, "REL", by=table.member) != first
    assert coded(table, source, 0, "REL", "contradiction") != first
    assert Passage.objects.count() == 1


@pytest.mark.parametrize(
    ("what", "direction", "strength"),
    [("XXX", "strength", 2), ("REL", "good", 2), ("REL", "strength", 4)],
)
def test_an_unknown_code_is_refused(
    table: Table, source: int, what: str, direction: str, strength: int
) -> None:
    with pytest.raises(BadInput):
        coded(table, source, 0, what, direction, strength=strength)
    with pytest.raises(NotFound, match="unknown_evidence_code"):
        coded(table, source, 0, "code-99")
    assert not Passage.objects.exists()


def test_a_passage_is_whole_sentences(table: Table, source: int) -> None:
    one, other = sentences_of(TEXT)[0], sentences_of(TEXT)[1]
    actions.code(
        table.slug, source, NewCoding(one.start, other.end, "REL", "strength"), **keys(table)
    )
    for start, end in (
        (1, one.end),
        (one.start, other.end - 1),
        (other.start, one.end),
        (0, 10_000),
    ):
        with pytest.raises(BadInput, match="evidence_place"):
            actions.code(
                table.slug, source, NewCoding(start, end, "REL", "strength"), **keys(table)
            )


def test_what_was_done_last_is_taken_back_first(table: Table, source: int) -> None:
    coded(table, source, 0, "REL")
    coded(table, source, 1, "RES", now=LATER)
    coded(table, source, 0, "REL", strength=3, now=AFTER)
    back = actions.undo(table.slug, source, **keys(table))
    assert back is not None
    assert (back.is_back, back.what, back.strength) == (True, "REL", 2)
    for what in ("RES", "REL"):
        gone = actions.undo(table.slug, source, **keys(table))
        assert gone is not None
        assert (gone.is_back, gone.what) == (False, what)
    assert actions.undo(table.slug, source, **keys(table)) is None
    assert not Coding.objects.exists()
    assert not Passage.objects.exists()


def test_nobody_takes_back_what_another_coded(table: Table, source: int) -> None:
    mine = coded(table, source, 0, "REL")
    assert actions.undo(table.slug, source, by=table.member, now=NOW) is None
    with pytest.raises(NotFound, match="unknown_coding"):
        actions.uncode(table.slug, mine, by=table.member, now=NOW)
    with pytest.raises(NotFound, match="unknown_workspace"):
        actions.uncode(table.slug, mine, by=table.stranger, now=NOW)
    assert queries.codings_by(seen_by(table, table.member), source, by=table.member) == ()
    actions.uncode(table.slug, mine, **keys(table))
    assert not Coding.objects.exists()


def test_a_neighbourhoods_own_code_stands_beside_the_dimensions(
    table: Table, begun: Begun, source: int
) -> None:
    new = NewCode("Entraide de ruelle", "Des voisins se prêtent ou se donnent.", "REL")
    number = actions.add_code(table.slug, new, **keys(table))
    alone = actions.add_code(
        table.slug, NewCode("Mémoire du froid", "Ce dont on se souvient."), **keys(table)
    )
    coded(table, source, 1, f"code-{number}")
    coded(table, source, 4, f"code-{alone}", "contradiction")
    voices = queries.voices_of(seen_by(table, table.member), begun.portrait, now=NOW)
    assert voices["REL"].strengths == 1
    assert sum(one.contradictions for one in voices.values()) == 0
    with pytest.raises(BadInput, match="gathering_line_needed"):
        actions.add_code(table.slug, NewCode("Sans définition", ""), **keys(table))
    with pytest.raises(NotAllowed):
        actions.add_code(table.slug, new, by=table.member, now=NOW)
    actions.end_code(table.slug, number, **keys(table))
    assert [one.number for one in queries.codebook(seen_by(table, table.member)) if one.number] == [
        alone
    ]
    with pytest.raises(NotFound, match="unknown_evidence_code"):
        coded(table, source, 0, f"code-{number}")
    assert queries.code_names(table.id)[f"code-{number}"].en == "Entraide de ruelle"


def test_voices_count_passages_once_whoever_coded_them(
    table: Table, begun: Begun, source: int
) -> None:
    for who in (table.coordinator, table.member):
        coded(table, source, 0, "REL", by=who)
    coded(table, source, 1, "REL")
    coded(table, source, 2, "COM", "fragility")
    other = brought(table, begun.portrait, voices={"tenants": 1}, day=EARLIER)
    coded(table, other, 3, "COM", "contradiction")
    voices = queries.voices_of(seen_by(table, table.member), begun.portrait, now=NOW)
    assert voices["REL"] == DimensionVoices("REL", 2, 0, 0, 1, {"seniors": 1, "tenants": 1}, DAY)
    assert voices["COM"] == DimensionVoices("COM", 0, 1, 1, 2, {"seniors": 1, "tenants": 2}, DAY)
    assert voices["PRE"] == DimensionVoices("PRE", 0, 0, 0, 0, {}, None)


def test_only_who_agreed_to_be_quoted_is(table: Table, begun: Begun, source: int) -> None:
    coded(table, source, 0, "REL", "fragility")
    coded(table, source, 1, "REL", "strength")
    silent = brought(table, begun.portrait, consent=Consent("spoken", DAY))
    coded(table, silent, 0, "REL")
    told = queries.passages_of(seen_by(table, table.member), begun.portrait, "REL")
    assert [(one.direction, one.text[:12]) for one in told] == [
        ("strength", "Quand le cou"),
        ("fragility", "On se connaî"),
    ]
    assert (
        queries.passages_of(
            seen_by(table, table.member), begun.portrait, "REL", on=DAY.replace(year=2030)
        )
        == ()
    )


def begun_round(table: Table, source: int, most: int = 0) -> int:
    return actions.begin_round(table.slug, source, second=table.member.id, most=most, **keys(table))


def test_a_second_coder_reads_the_same_passages_and_not_the_codes(
    table: Table, begun: Begun, source: int
) -> None:
    with pytest.raises(Refused, match="evidence_nothing_coded"):
        begun_round(table, source)
    for place in range(4):
        coded(table, source, place, "REL")
    number = begun_round(table, source, most=2)
    with pytest.raises(Refused, match="evidence_round_open"):
        begun_round(table, source)
    seen = seen_by(table, table.member)
    reading = queries.reading_by(seen, source, by=table.member)
    assert reading is not None
    assert len(queries.spans(seen, reading.passages)) == 2
    assert queries.codings_by(seen, source, by=table.member) == ()
    hidden = {one.passage for one in queries.passages_of(seen, begun.portrait, "REL")}
    assert not hidden & set(reading.passages)
    assert {line["passage"] for line in queries.coding_lines(seen, begun.portrait)}.isdisjoint(
        reading.passages
    )
    assert queries.read_twice(seen, begun.portrait) == ()
    coded(table, source, 0, "REL", by=table.member, now=AFTER)
    with pytest.raises(Refused, match="evidence_second_reading"):
        coded(table, source, 1, "REL", by=table.member, now=AFTER)
    with pytest.raises(NotFound, match="unknown_workspace"):
        actions.finish_round(table.slug, number, by=table.stranger, now=AFTER)
    actions.finish_round(table.slug, number, by=table.member, now=AFTER)
    with pytest.raises(Refused, match="evidence_round_done"):
        actions.finish_round(table.slug, number, by=table.member, now=AFTER)
    read = queries.read_twice(seen, begun.portrait)
    assert [one.is_alike for one in read] == [True, False]


def test_a_stranger_is_not_asked_to_read(table: Table, source: int) -> None:
    coded(table, source, 0, "REL")
    with pytest.raises(NotFound, match="unknown_member"):
        actions.begin_round(table.slug, source, second=table.stranger.id, **keys(table))
    with pytest.raises(Refused, match="evidence_nothing_coded"):
        actions.begin_round(table.slug, source, second=table.coordinator.id, **keys(table))


def read_by_two(table: Table, source: int, second: list[str]) -> int:
    for place in range(len(second)):
        coded(table, source, place, "REL" if place % 2 else "RES")
    number = begun_round(table, source)
    for place, what in enumerate(second):
        coded(table, source, place, what, by=table.member, now=AFTER)
    actions.finish_round(table.slug, number, by=table.member, now=AFTER)
    return number


def test_two_who_agree_on_all(table: Table, begun: Begun, source: int) -> None:
    read_by_two(table, source, ["RES", "REL", "RES", "REL"])
    seen = seen_by(table, table.member)
    told = queries.compared(seen, queries.read_twice(seen, begun.portrait), rng=rng())
    assert (told.kappa.value, told.alpha.value, told.n_alike) == (1.0, 1.0, 4)
    assert told.whats == ("REL", "RES", "")
    assert told.matrix.tolist() == [[2, 0, 0], [0, 2, 0], [0, 0, 0]]
    assert told.direction.status is Status.ONE_CODE_ONLY


def test_two_who_disagree_on_all(table: Table, begun: Begun, source: int) -> None:
    number = read_by_two(table, source, ["REL", "RES", "REL", "RES"])
    seen = seen_by(table, table.member)
    read = queries.read_twice(seen, begun.portrait)
    told = queries.compared(seen, read, rng=rng())
    assert (told.kappa.value, told.n_alike) == (-1.0, 0)
    assert told.alpha.value == pytest.approx(1 - 1 / (4 / 7))
    assert told.direction.status is Status.NO_UNIT
    assert told.matrix.tolist() == [[0, 2, 0], [2, 0, 0], [0, 0, 0]]
    one = read[0]
    kept = one.second[0].number
    actions.settle(table.slug, number, one.passage, [kept], **keys(table))
    stands = {row.pk: row.stands for row in Coding.objects.filter(passage=one.passage)}
    assert stands == {one.first[0].number: False, kept: True}
    again = queries.read_twice(seen, begun.portrait)
    assert queries.compared(seen, again, rng=rng()).kappa.value == -1.0
    assert (again[0].settled, again[1].settled) == (True, False)
    with pytest.raises(NotFound, match="unknown_coding"):
        actions.settle(table.slug, number, one.passage, [read[1].first[0].number], **keys(table))
    with pytest.raises(NotAllowed):
        actions.settle(table.slug, number, one.passage, [], by=table.member, now=AFTER)


def test_what_two_people_noted_stays_once_it_was_compared(table: Table, source: int) -> None:
    read_by_two(table, source, ["RES", "REL"])
    mine = Coding.objects.filter(coder_id=table.coordinator.id).first()
    assert mine is not None
    with pytest.raises(Refused, match="evidence_read_twice"):
        actions.uncode(table.slug, mine.pk, **keys(table))
    with pytest.raises(Refused, match="evidence_read_twice"):
        coded(table, source, 0, "RES", strength=3, now=AFTER + timedelta(hours=1))
    assert actions.undo(table.slug, source, **keys(table)) is None
    coded(table, source, 0, "PRE", now=AFTER + timedelta(hours=1))
    read = queries.read_twice(
        seen_by(table, table.member), Coding.objects.all()[0].passage.source.portrait_id
    )
    assert [one.what for one in read[0].later] == ["PRE"]


def test_new_codes_by_source(table: Table, begun: Begun, source: int) -> None:
    seen = seen_by(table, table.member)
    assert queries.new_codes(seen, begun.portrait, rng=rng()).curve.seen is Seen.FEW_SOURCES
    coded(table, source, 0, "REL")
    coded(table, source, 1, "RES")
    earlier = brought(table, begun.portrait, day=EARLIER)
    coded(table, earlier, 0, "REL")
    coded(table, earlier, 1, "REL", "fragility")
    told = queries.new_codes(seen, begun.portrait, rng=rng())
    assert told.numbers == (earlier, source)
    assert told.curve.new.tolist() == [2, 1]
    assert told.curve.mean.tolist() == pytest.approx([2.0, 3.0])
