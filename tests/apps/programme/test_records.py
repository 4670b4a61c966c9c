"""The records of a run: kept, corrected, removed by those who may; refused whole where they do not hold."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.engagement.programme.actions import (
    begin_run,
    close_run,
    keep_record,
    remove_record,
)
from courtepointe.engagement.programme.kinds import KINDS, kind_of
from courtepointe.engagement.programme.queries import record_of, records_of
from courtepointe.engagement.programme.queries.records import ROWS, row_names
from courtepointe.engagement.programme.values import (
    Achievement,
    Communication,
    Finding,
    Phase,
    Question,
    Record,
    Risk,
    Transfer,
)
from courtepointe.people.queries import changes_of
from courtepointe.people.values import Person

DAY = date(2026, 5, 1)
PHASE = Phase(0, "", "Hiver", DAY, date(2026, 9, 1), None, None, "")
TOLD = Communication(0, "exposed", "Où aller quand il fait 35 °C", "poster", ("fr", "es"), DAY, "agent", "planned", None, "")  # fmt: skip
TRANSFER = Transfer(0, "L’atelier de carte", "Table de Rosemont", "workshop", DAY, "idea", "", "")
QUESTION = Question(0, "Qui n’avons-nous pas rejoint ?", "comité de pilotage", "changer de canaux", "interviews", DAY, "evaluation", "asked")  # fmt: skip
RISK = Risk(0, "L’hôte se retire", "possible", "serious", "un second lieu", "agent", DAY, "watched")
PARTY = Achievement(0, "Première fête des voisins", "", DAY, 120, 9, 6, "shared", "", None)
EVERY: tuple[Record, ...] = (PHASE, TOLD, TRANSFER, QUESTION, RISK, PARTY)


def test_every_kind_has_a_table_with_its_fields() -> None:
    assert {kind.record for kind in KINDS.values()} == set(ROWS)
    for record, row in ROWS.items():
        held = {field.attname for field in row._meta.concrete_fields}
        assert set(row_names(record).values()) <= held
        assert held - set(row_names(record).values()) == {"id", "workspace_id", "run_id"}
        known = {field.name for field in fields(record)}
        assert set(KINDS[kind_of_type(record)].chosen) <= known


def kind_of_type(record: type[Record]) -> str:
    return next(kind.code for kind in KINDS.values() if kind.record is record)


@pytest.mark.parametrize("record", EVERY, ids=lambda one: type(one).__name__)
def test_a_record_is_kept_read_corrected_and_removed(
    table: Table, run: int, agent: Person, record: Record
) -> None:
    number = keep_record(table.slug, record, by=agent, now=NOW)
    kept = replace(record, number=number)
    code = kind_of(record).code
    assert record_of(code, table.id, number) == (run, kept)
    assert kept in records_of(type(record), run)
    assert keep_record(table.slug, kept, by=table.coordinator, now=NOW) == number
    with pytest.raises(NotAllowed):
        keep_record(table.slug, kept, by=table.member, now=NOW)
    with pytest.raises(NotAllowed):
        remove_record(table.slug, code, number, by=table.member, now=NOW)
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound, match="unknown_workspace"):
            keep_record(table.slug, kept, by=who, now=NOW)
        with pytest.raises(NotFound, match="unknown_workspace"):
            remove_record(table.slug, code, number, by=who, now=NOW)
    remove_record(table.slug, code, number, by=agent, now=NOW, why="en double")
    assert record_of(code, table.id, number) is None
    assert changes_of(table.id)[0].why == "en double"


def test_another_workspace_reaches_no_record(table: Table, run: int, agent: Person) -> None:
    number = keep_record(table.slug, RISK, by=agent, now=NOW)
    begin_run(table.other, name="x", starts=DAY, ends=date(2027, 1, 1), by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_programme_record"):
        keep_record(table.other, replace(RISK, number=number), by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_programme_record"):
        remove_record(table.other, "risk", number, by=table.stranger, now=NOW)
    question = keep_record(table.slug, QUESTION, by=agent, now=NOW)
    finding = Finding(0, question, "On manque les locataires récents", "several", "", "noted", DAY)
    with pytest.raises(NotFound, match="unknown_programme_record"):
        keep_record(table.other, finding, by=table.stranger, now=NOW)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (replace(TOLD, message="  "), "programme_field_needed"),
        (replace(TOLD, languages=()), "programme_field_needed"),
        (replace(TOLD, languages=("fr", "klingon")), "programme_unknown_choice"),
        (replace(TOLD, channel="pigeon"), "programme_unknown_choice"),
        (replace(TRANSFER, to_whom=""), "programme_field_needed"),
        (replace(QUESTION, use=""), "programme_field_needed"),
        (replace(RISK, weight=""), "programme_unknown_choice"),
        (replace(PARTY, visibility="public"), "programme_unknown_choice"),
        (replace(PARTY, celebrated_on=date(2026, 4, 1)), "ends_before_it_begins"),
        (replace(PHASE, ends=date(2026, 1, 1)), "ends_before_it_begins"),
        (replace(PHASE, title=" "), "programme_field_needed"),
        (replace(PHASE, began=DAY, ended=date(2026, 4, 1)), "ends_before_it_begins"),
        (replace(PHASE, began=date(2026, 6, 2)), "day_to_come"),
        (replace(TOLD, sent_on=date(2026, 6, 2)), "day_to_come"),
        (replace(PARTY, celebrated_on=date(2026, 6, 2)), "day_to_come"),
        (replace(RISK, review_on=date(2206, 6, 2)), "programme_day_far"),
    ],
)
def test_what_does_not_hold_is_not_kept(
    table: Table, run: int, agent: Person, record: Record, code: str
) -> None:
    before = records_of(type(record), run)
    with pytest.raises(BadInput, match=code):
        keep_record(table.slug, record, by=agent, now=NOW)
    assert records_of(type(record), run) == before


def test_findings_do_not_vanish_with_their_question(table: Table, run: int, agent: Person) -> None:
    question = keep_record(table.slug, QUESTION, by=agent, now=NOW)
    finding = Finding(0, question, "Une affiche ne suffit pas", "crossed", "aller au marché", "noted", DAY)  # fmt: skip
    number = keep_record(table.slug, finding, by=agent, now=NOW)
    assert records_of(Finding, run) == (replace(finding, number=number),)
    with pytest.raises(Refused, match="question_has_findings"):
        remove_record(table.slug, "question", question, by=agent, now=NOW)
    remove_record(table.slug, "finding", number, by=agent, now=NOW)
    remove_record(table.slug, "question", question, by=agent, now=NOW)


def test_nothing_is_kept_without_a_run_or_of_an_unknown_kind(
    table: Table, run: int, agent: Person
) -> None:
    with pytest.raises(NotFound, match="unknown_programme_record"):
        remove_record(table.slug, "secret", 1, by=agent, now=NOW)
    assert record_of("secret", table.id, 1) is None
    close_run(table.slug, on=date(2026, 6, 1), by=agent, now=NOW)
    with pytest.raises(Refused, match="no_programme_runs"):
        keep_record(table.slug, PARTY, by=agent, now=NOW)
