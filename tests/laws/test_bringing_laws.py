"""True of every table that is brought in: order does not matter, what is clean stays what it is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.formats.workbooks import Column, Grid, find_grids, read_workbook
from courtepointe.people.bringing import (
    Matching,
    accepted,
    heading_keys,
    key_of_row,
    propose_mapping,
    read_remembered,
    read_rows,
    shape,
    shown,
    write_table,
)
from courtepointe.people.bringing.outcome import Good, Setting
from courtepointe.people.bringing.reading import reader_of
from courtepointe.people.bringing.reading.hours import Span
from courtepointe.people.bringing.reading.lists import languages
from courtepointe.people.bringing.shape import Field, Kind

VOLUNTEERS = shape("volunteers")
TODAY = dt.date(2026, 1, 1)
HEADS = ("Pseudo", "Téléphone", "Courriel", "Consentement le", "Langues", "Disponibilités")
NAMES = st.text("aeœé’–ᐃᓄ ZB", min_size=1, max_size=8)
CELLS = st.one_of(
    st.none(),
    NAMES,
    st.sampled_from(["n/d", "-", "#N/A", "514 555-1234", 5145551234, "5.14555E+09", "a@b.ca", "a@@b", True]),
    st.sampled_from(["31/12/2025", "03/04/2025", dt.date(2025, 3, 1), 45657, "français; créole", "soir", "klingon"]),
)  # fmt: skip
ROWS = st.lists(st.tuples(NAMES, *[CELLS] * 5), max_size=12)


LACKING = ["n/d", "s.o.", "-", "?", None]
GOOD_ROWS = st.lists(
    st.tuples(
        st.text("aeœé’–ᐃᓄ ZB", min_size=1, max_size=8).map(lambda text: f"n{text}"),
        st.sampled_from([*LACKING, 5145551234, "514 555-1234 poste 3", "+33 1 42 68 53 00"]),
        st.sampled_from([*LACKING, "A.b@C.ca", "Ève <eve@b.ca>"]),
        st.sampled_from([*LACKING, "31/12/2025", "3 mars 2025", dt.date(2025, 3, 1), 45657]),
        st.sampled_from([*LACKING, "français et créole", "ᐃᓄᒃᑎᑐᑦ"]),
        st.sampled_from([*LACKING, "soir, fin de semaine", "en tout temps"]),
    ),
    min_size=1, max_size=8, unique_by=lambda row: key_of_row({"a": row[0]}, ("a",)),
)  # fmt: skip


def grid(rows: list[tuple[object, ...]]) -> Grid:
    columns = tuple(Column(place, (head,)) for place, head in enumerate(HEADS))
    return Grid("b.xlsx", "B", columns, tuple(rows), tuple(range(2, len(rows) + 2)), (1,))  # type: ignore[arg-type]


def by_hand(rows: list[tuple[object, ...]]) -> Matching:
    """Match by names only, so that content weighs the same in any order."""
    found = propose_mapping(grid([]), VOLUNTEERS)
    assert len(found.columns) == len(HEADS) and all(one.field for one in found.columns)
    return found


@given(ROWS, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_does_not_matter(rows: list[tuple[object, ...]], chance) -> None:  # type: ignore[no-untyped-def]
    rows = [(f"{n} {row[0]}", *row[1:]) for n, row in enumerate(rows)]
    shuffled = chance.sample(rows, len(rows))
    first, second = (
        read_rows(grid(each), by_hand(each), VOLUNTEERS, today=TODAY) for each in (rows, shuffled)
    )
    told = [
        (
            sorted(repr(sorted(row.values.items())) for row in result.rows),
            sorted((f.column, f.code, repr(f.value), f.suggestion) for f in result.faults),
            sorted((u.column, u.why, repr(u.value), repr(u.read)) for u in result.understood),
            result.n_rows,
        )
        for result in (first, second)
    ]
    assert told[0] == told[1]


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_every_row_is_clean_or_faulty_or_blank_and_once(rows: list[tuple[object, ...]]) -> None:
    result = read_rows(grid(rows), by_hand(rows), VOLUNTEERS, today=TODAY)
    clean = [row.number for row in result.rows]
    every = [*clean, *result.faulty_rows, *result.blank_rows]
    assert sorted(every) == list(range(2, len(rows) + 2))
    assert result.n_rows == len(clean) + len(result.faulty_rows)
    assert [row.number for row in accepted(result, skip_rows=result.faulty_rows)] == clean


@given(GOOD_ROWS)
@settings(max_examples=25, deadline=None)
def test_accepted_rows_written_and_read_again_are_the_same(rows: list[tuple[object, ...]]) -> None:
    result = read_rows(grid(rows), by_hand(rows), VOLUNTEERS, today=TODAY)
    taken = accepted(result)
    for lang in ("fr", "en"):
        content = write_table(VOLUNTEERS, [row.values for row in taken], lang=lang)
        (again,) = find_grids(read_workbook(content, file="x.xlsx"), header_rows={VOLUNTEERS.said(lang): 1})  # fmt: skip
        told = read_rows(again, propose_mapping(again, VOLUNTEERS), VOLUNTEERS, today=TODAY)
        assert told.is_clean
        for before, after in zip(taken, told.rows, strict=True):
            assert all(_same(after.values[code], value) for code, value in before.values.items())


def _same(after: object, before: object) -> bool:
    """A dash is written in words, which say that nothing is there, in one way or another."""
    return after == before or (
        before.__class__.__name__ == after.__class__.__name__ == "CellStatus"
    )


@given(
    st.lists(st.text(max_size=12), max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["", *VOLUNTEERS.by_code])), max_size=6),
    st.sampled_from([None, True, False]),
)
@settings(max_examples=150, deadline=None)
def test_a_mapping_remembered_gives_itself_back(
    heads: list[str], changes: list[tuple[int, str]], day_first: bool | None
) -> None:
    parts = [(" ".join(head.split()),) if head.strip() else () for head in heads]
    table = Grid("b", "B", tuple(Column(n, p) for n, p in enumerate(parts)), (), (), (1,))
    said = propose_mapping(table, VOLUNTEERS).with_days(first=day_first)
    for place, field in changes:
        if place < len(parts):
            said = said.changed(table.columns[place].letters, field)
    kept = read_remembered(said.remembered().to_json())
    again = propose_mapping(table, VOLUNTEERS, kept)
    assert kept == said.remembered() and again.day_first == day_first
    for before, after in zip(said.columns, again.columns, strict=True):
        if before.field and before.heading and kept.headings.get(_key(said, before.place)):
            assert after.field == before.field and after.reason == "remembered"
        if before.reason == "left_aside" and _key(said, before.place):
            assert after.field == ""


def _key(matching: Matching, place: int) -> str:
    return heading_keys(one.heading for one in matching.columns)[place]


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None))
SPANS = st.tuples(st.integers(1, 7), TIMES, TIMES)


def again(value: object, field: Field, lang: str) -> object:
    outcome = reader_of(field, Setting(decimal={"fr": ",", "en": "."}[lang]))(
        shown(value, field, lang=lang)
    )
    return outcome.value if isinstance(outcome, Good) else outcome


@given(st.lists(SPANS, min_size=1, max_size=4), st.sampled_from(["fr", "en"]))
@settings(deadline=None)
def test_hours_in_words_read_as_the_same_hours(spans: list[Span], lang: str) -> None:
    field = shape("organisations").by_code["hours"]
    told = tuple(sorted(set(spans)))
    assert again(told, field, lang) == told


@given(st.data(), st.sampled_from(["fr", "en"]))
@settings(max_examples=200, deadline=None)
def test_what_is_shown_reads_as_the_same_value(data: st.DataObject, lang: str) -> None:
    fields = [
        f for one in ("organisations", "activities", "observations") for f in shape(one).fields
    ]
    field = data.draw(st.sampled_from([f for f in fields if f.kind in VALUES]))
    value = data.draw(VALUES[field.kind](field))
    assert again(value, field, lang) == value


def _chosen(field: Field, codes: list[str]) -> st.SearchStrategy[object]:
    one = st.sampled_from(codes)
    return st.lists(one, min_size=1, max_size=4, unique=True).map(tuple) if field.many else one


VALUES = {
    Kind.CHOICE: lambda field: _chosen(field, [one.code for one in field.choices]),
    Kind.LANGUAGE: lambda field: _chosen(field, [one.code for one in languages()]),
    Kind.DATE: lambda field: st.dates(dt.date(1930, 1, 1), dt.date(2099, 12, 31)),
    Kind.TIME: lambda field: TIMES,
    Kind.INTEGER: lambda field: st.integers(int(field.least or 0), int(field.most or 1_000_000)),
    Kind.AMOUNT: lambda field: st.decimals(0, 10**7, places=2).map(lambda d: d.quantize(Decimal("0.01"))),
    Kind.NUMBER: lambda field: st.decimals(0, 10**7, places=4).map(lambda d: Decimal(repr(float(d)))),
    Kind.YES_NO: lambda field: st.booleans(),
}  # fmt: skip
