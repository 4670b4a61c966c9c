"""The words of the directory: each table, field, choice and reason has them in two languages."""

from __future__ import annotations

from courtepointe.formats.hsds.spec import tables
from courtepointe.places import words
from courtepointe.places.compare import likeness


def test_what_a_form_asks_for_is_in_the_standard_and_has_words() -> None:
    for table, spec in tables().items():
        assert table in words._data()["table"]
        for field in words.asked(table):
            assert field in spec.fields
        for field in words.given(table):
            assert field in words.asked(table)
        must = {f.name for f in spec.fields.values() if f.must and f.name != "id"}
        if words.asked(table):
            assert must <= {*words.asked(table), *spec.links}, table
        for field in spec.fields.values():
            if field.name in words.asked(table):
                assert field.name in words._data()["field"]
                assert all(one in words._data()["choice"] for one in field.choices)


def test_every_reason_has_words() -> None:
    for what, levels in likeness().items():
        for level in levels:
            assert f"{what} {level}" in words._data()["reason"]


def test_all_words_are_in_both_languages() -> None:
    for group in ("table", "field", "choice", "reason"):
        for told in words._data()[group].values():
            assert told["fr"].strip() and told["en"].strip()
