"""Which column is which field, why, and how sure; what a person says is remembered."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from courtepointe.core.errors import BadInput
from courtepointe.formats.workbooks import Column, Grid
from courtepointe.people.bringing import (
    Matching,
    Remembered,
    fingerprint,
    heading_keys,
    propose_mapping,
    read_remembered,
    shape,
)

ORGANISATIONS = shape("organisations")
VOLUNTEERS = shape("volunteers")
CONTACTS = shape("contacts")


def grid(headings: Sequence[str | tuple[str, ...]], *rows: Sequence[object]) -> Grid:
    parts = [one if isinstance(one, tuple) else (one,) if one else () for one in headings]
    columns = tuple(Column(place, part) for place, part in enumerate(parts))
    cells = tuple(tuple(row) for row in rows)
    return Grid("liste.xlsx", "Feuil1", columns, cells, tuple(range(2, len(cells) + 2)), (1,))  # type: ignore[arg-type]


def told(matching: Matching) -> list[tuple[str, str]]:
    return [(one.field, one.reason) for one in matching.columns]


def test_names_are_compared_without_case_accents_or_marks() -> None:
    found = propose_mapping(
        grid(["NOM DE L'ORGANISME *", "Tel.", "E-MAIL :", "N.E.Q."]), ORGANISATIONS
    )
    assert told(found) == [("name", "same"), ("phone", "same"), ("email", "same"), ("neq", "same")]
    assert min(one.confidence for one in found.columns) > 0.9


def test_english_headings_and_misspelt_ones() -> None:
    found = propose_mapping(grid(["Organisation name", "Opening hours", "Téléphonne", "Lnagues parlées"]), ORGANISATIONS)  # fmt: skip
    assert told(found) == [("name", "same"), ("hours", "same"), ("phone", "similar"), ("languages", "similar")]  # fmt: skip
    assert found.columns[2].confidence < 0.9


def test_parts_of_headings_on_two_lines_and_in_brackets() -> None:
    found = propose_mapping(grid([("Organisme", "Nom"), ("Coordonnées", "Courriel"), "Téléphone (du soir)"]), ORGANISATIONS)  # fmt: skip
    assert told(found) == [("name", "part"), ("email", "part"), ("phone", "part")]


def test_whole_questions_hold_the_name_of_what_they_ask() -> None:
    found = propose_mapping(grid(["Horodateur", "Quelles sont vos disponibilités ?", "Quel pseudonyme choisissez-vous ?"]), VOLUNTEERS)  # fmt: skip
    assert told(found) == [("consent_date", "same"), ("availability", "inside"), ("pseudonym", "inside")]  # fmt: skip


def test_a_field_is_never_two_columns_and_the_surest_has_it() -> None:
    found = propose_mapping(grid(["Téléphone (2)", "Téléphone", "Tél."]), ORGANISATIONS)
    assert told(found) == [("", "taken"), ("phone", "same"), ("", "taken")]


def test_content_tells_a_column_without_a_name_where_only_one_can_be_meant() -> None:
    rows = [
        ["a@b.ca", "H2X 1Y4", "Laval"],
        ["c@d.ca", "H2X1Y5", "Laval"],
        ["e@f.ca", "h1a 1a1", "Laval"],
    ]
    found = propose_mapping(grid(["", "Colonne2", "x"], *rows), ORGANISATIONS)
    assert told(found) == [("email", "content"), ("postal_code", "content"), ("", "unlike")]
    assert found.columns[0].confidence == 0.6
    twice = propose_mapping(grid(["", ""], *[row[:1] * 2 for row in rows]), ORGANISATIONS)
    assert told(twice) == [("", "unlike")] * 2


def test_content_that_reads_otherwise_takes_away_what_is_only_alike() -> None:
    rows = [["oui"], ["non"], ["peut-être"]]
    assert told(propose_mapping(grid(["Téléphonne"], *rows), ORGANISATIONS)) == [("", "unlike")]
    named = propose_mapping(grid(["Téléphone"], *rows), ORGANISATIONS).columns[0]
    assert (named.field, named.share) == ("phone", 0.0) and named.confidence < 0.85


def test_a_column_that_resembles_nothing_is_told_and_not_read() -> None:
    found = propose_mapping(grid(["Pseudo", "Adresse", "Date de naissance", "ᐊᑎᖅ"]), VOLUNTEERS)
    assert told(found) == [("pseudonym", "same")] + [("", "unlike")] * 3


def test_a_person_changes_the_mapping_and_the_former_column_lets_go() -> None:
    found = propose_mapping(grid(["Organisme", "Groupe", "Tél."]), ORGANISATIONS)
    assert told(found)[:2] == [("name", "same"), ("", "taken")]
    changed = found.changed("B", "name").changed("C", "")
    assert told(changed) == [("", "taken"), ("name", "by_hand"), ("", "left_aside")]
    assert [one.code for one in changed.changed("B", "").lacking(ORGANISATIONS)] == ["name"]
    with pytest.raises(BadInput, match="column_not_there"):
        found.changed("Z", "name")


def test_what_was_said_is_remembered_whatever_the_order_of_the_columns() -> None:
    headings = ["Organisme", "Groupe", "Tél.", "Téléphone", "Téléphone"]
    said = propose_mapping(grid(headings), ORGANISATIONS).changed("B", "name").changed("C", "")
    said = said.changed("E", "phone")
    kept = read_remembered(said.remembered().to_json())
    assert kept == said.remembered() and kept.headings["telephone#2"] == "phone"
    again = propose_mapping(grid([headings[n] for n in (2, 3, 1, 4, 0)]), ORGANISATIONS, kept)
    assert told(again)[0] == ("", "left_aside")
    assert told(again)[2:4] == [("name", "remembered"), ("phone", "remembered")]
    other = propose_mapping(grid(["Groupe", "Adresse courriel"]), ORGANISATIONS, kept)
    assert told(other) == [("name", "remembered"), ("email", "same")]


def test_what_is_remembered_of_a_field_that_is_no_more_is_passed_over() -> None:
    kept = Remembered("organisations", {"organisme": "fax"})
    assert told(propose_mapping(grid(["Organisme"]), ORGANISATIONS, kept)) == [("name", "same")]


def test_how_dates_are_read_is_remembered() -> None:
    said = propose_mapping(grid(["Pseudo"]), VOLUNTEERS).with_days(first=True)
    kept = read_remembered(said.remembered().to_json())
    assert propose_mapping(grid(["Pseudo"]), VOLUNTEERS, kept).day_first is True


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2, "shape": "a", "day_first": null, "headings": {}}', '{"version": 1, "shape": "a", "day_first": "oui", "headings": {}}'])  # fmt: skip
def test_a_mapping_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="remembered_unreadable"):
        read_remembered(text)


def test_a_mapping_of_another_shape_is_refused() -> None:
    with pytest.raises(BadInput, match="remembered_other_shape"):
        propose_mapping(grid(["Nom"]), CONTACTS, Remembered("volunteers", {}))


def test_headings_are_kept_apart_and_their_fingerprint_does_not_know_their_order() -> None:
    assert heading_keys(["Tél.", "tel", "N° de tél.", "ᐊᑎᖅ :"]) == (
        "tel",
        "tel#2",
        "no de tel",
        "ᐊᑎᖅ",
    )
    assert fingerprint(["Nom", "Tél."]) == fingerprint(["TEL", "nom"]) != fingerprint(["Nom"])


def test_a_matching_with_one_field_twice_cannot_be() -> None:
    columns = propose_mapping(grid(["Tél."]), ORGANISATIONS).columns
    with pytest.raises(ValueError, match="at most one"):
        Matching("organisations", (*columns, *columns))
