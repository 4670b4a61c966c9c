"""Forms as people bring them: other spellings, and faults told by the cell they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.support.workbooks import workbook

from courtepointe.core.errors import BadInput
from courtepointe.formats.xlsform import FormRead, Group, Language, Question, read_xlsform

Rows = Sequence[Sequence[object]]
HEAD = ("type", "name", "label::Français (fr)", "relevant")


def read(
    tmp_path: Path, survey: Rows, choices: Rows = (), settings: Rows = (), **more: Rows
) -> FormRead:
    sheets = {"survey": survey, "choices": choices, "settings": settings, **more}
    path = tmp_path / "enquete du quartier.xlsx"
    path.write_bytes(workbook({name: rows for name, rows in sheets.items() if rows}))
    return read_xlsform(path)


def only(read: FormRead) -> tuple[str, dict[str, object]]:
    """Give the one fault of a form that is not read."""
    assert read.form is None
    assert len(read.faults) == 1, read.faults
    facts = dict(read.faults[0].facts)
    assert facts.pop("file") == "enquete du quartier.xlsx"
    return read.faults[0].code, facts


def test_other_spellings_of_the_same(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        [
            ("Type", "name", "label:French", "Relevance", "required", "calculate"),
            ("start", "start", None, None, None, None),
            ("begin group", "g", "Un groupe", None, None, None),
            ("select one ouinon", "q", "Oui ?", None, "TRUE", None),
            ("select all that apply from ouinon", "r", "Lesquels ?", "${q}='yes'", "false", None),
            ("int", "n", "Combien ?", None, "oui", None),
            ("photo", "p", "Photo", None, "${q}='yes'", None),
            ("end group", None, None, None, None, None),
            ("calculate", "c", None, None, None, "${n} * 2"),
        ],
        [("list name", "value", "label:French"), ("ouinon", "yes", "Oui"), ("ouinon", "no", "Non")],
    )
    assert told.faults == ()
    form = told.form
    assert form is not None
    assert (form.id, form.version) == ("enquete_du_quartier", "")
    assert form.languages == (Language("French", "French"),)
    start, group, calculation = form.parts
    assert isinstance(start, Question) and start.kind == "start"
    assert isinstance(group, Group) and not group.repeat
    one, many, number, photo = group.parts
    assert isinstance(one, Question) and (one.kind, one.choices, one.required) == (
        "select_one",
        "ouinon",
        True,
    )
    assert isinstance(many, Question) and many.kind == "select_multiple"
    assert many.relevant == "${q}='yes'" and not many.required
    assert isinstance(number, Question) and (number.kind, number.required) == ("integer", True)
    assert isinstance(photo, Question) and (photo.kind, photo.more["required"]) == (
        "image",
        "${q}='yes'",
    )
    assert isinstance(calculation, Question) and calculation.calculation == "${n} * 2"
    assert form.names_of("ouinon") == ("yes", "no")


def test_numbers_as_names_of_choices_are_texts(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        [("type", "name", "label"), ("select_one n", "q", "?")],
        [("list_name", "name", "label"), ("n", 1, "Un"), ("n", 2.0, "Deux")],
    )
    assert told.form is not None
    assert told.form.names_of("n") == ("1", "2")


def test_the_default_language_comes_first(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        [("type", "name", "label::English (en)", "label::Français (fr)"), ("text", "q", "Why?", "Pourquoi ?")],
        settings=[("form_title", "default_language", "version"), ("Pourquoi / Why", "Français (fr)", 3)],
    )  # fmt: skip
    assert told.form is not None
    assert [one.code for one in told.form.languages] == ["fr", "en"]
    assert told.form.title == {"fr": "Pourquoi", "en": "Why"}
    assert told.form.version == "3"


def test_columns_of_the_standard_are_kept_and_strange_ones_are_told(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        [
            ("type", "name", "label", "choice_filter", "media::image", "mes notes à moi"),
            ("select_one l", "q", "?", "area=${a}", "map.png", "revoir avec Jo"),
            ("text", "a", "?", None, None, None),
        ],
        [("list_name", "name", "label", "area"), ("l", "x", "X", "north")],
        entities=[("list_name",), ("trees",)],
    )
    assert told.form is not None
    question = told.form.parts[0]
    assert question.more == {
        "choice_filter": "area=${a}", "media::image": "map.png", "mes notes à moi": "revoir avec Jo",
    }  # fmt: skip
    assert told.form.choices["l"][0].more == {"area": "north"}
    assert told.unknown == (("survey", "mes notes à moi"), ("choices", "area"), ("entities", ""))


FAULTS = {
    "a kind that is none": (
        [HEAD, ("texte", "q", "?")],
        ("xlsform_type", 2, "type", "texte"),
    ),
    "a list that is not there": (
        [HEAD, ("select_one oui_non", "q", "?")],
        ("xlsform_list", 2, "type", "oui_non"),
    ),
    "no name": ([HEAD, ("text", None, "?")], ("xlsform_cell_empty", 2, "name", None)),
    "no kind": ([HEAD, (None, "q", "?")], ("xlsform_cell_empty", 2, "type", None)),
    "no label": ([HEAD, ("text", "q", None)], ("xlsform_cell_empty", 2, "label", None)),
    "a name with an accent and a space": (
        [HEAD, ("text", "l’été passé", "?")],
        ("xlsform_name", 2, "name", "l’été passé"),
    ),
    "the same name twice": (
        [HEAD, ("text", "q", "?"), ("integer", "Q", "?")],
        ("xlsform_name_repeated", 3, "name", "Q"),
    ),
    "a group that does not end": (
        [HEAD, ("begin_repeat", "g", "G"), ("text", "q", "?")],
        ("xlsform_not_ended", 2, "type", "begin_repeat"),
    ),
    "a group that did not begin": (
        [HEAD, ("text", "q", "?"), ("end_group", None, None)],
        ("xlsform_not_begun", 3, "type", "end_group"),
    ),
    "an empty group": (
        [HEAD, ("begin_group", "g", "G"), ("end_group", None, None), ("text", "q", "?")],
        ("xlsform_group_empty", 2, "name", "g"),
    ),
    "a name that nothing has": (
        [HEAD, ("text", "q", "?", "${q1} = 'a'")],
        ("xlsform_reference", 2, "relevant", "q1"),
    ),
    "a parenthesis left open": (
        [HEAD, ("text", "q", "?"), ("text", "r", "?", "(${q} = 'a'")],
        ("xlsform_expression", 3, "relevant", "(${q} = 'a'"),
    ),
}


@pytest.mark.parametrize(("survey", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_by_its_cell(
    tmp_path: Path, survey: Rows, expected: tuple[object, ...]
) -> None:
    code, facts = only(read(tmp_path, survey))
    found = (code, facts["row"], facts["column"], facts.get("value"))
    assert facts["sheet"] == "survey"
    assert found == expected


def test_a_group_ended_as_a_repeat_is_a_fault(tmp_path: Path) -> None:
    told = read(
        tmp_path, [HEAD, ("begin_group", "g", "G"), ("text", "q", "?"), ("end_repeat", None, None)]
    )
    assert [one.code for one in told.faults] == ["xlsform_not_begun", "xlsform_not_ended"]


def test_faults_of_choices_and_settings(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        [HEAD, ("select_multiple l", "q", "?")],
        [("list_name", "name", "label::Français (fr)"), ("l", "a b", "A"), ("l", "c", "C"), ("l", "c", "C"), (None, "d", "D")],
        [("default_language",), ("Deutsch (de)",)],
    )  # fmt: skip
    found = [
        (one.code, one.facts["sheet"], one.facts["row"], one.facts.get("value"))
        for one in told.faults
    ]
    assert found == [
        ("xlsform_choice_name", "choices", 2, "a b"),
        ("xlsform_choice_repeated", "choices", 4, "c"),
        ("xlsform_cell_empty", "choices", 5, None),
        ("xlsform_language", "settings", 2, "Deutsch (de)"),
    ]
    assert told.faults[0].facts["expected"] == "a_b"
    assert told.faults[3].facts["expected"] == "Français (fr)"


def test_names_may_stand_twice_where_the_settings_allow_it(tmp_path: Path) -> None:
    choices = [("list_name", "name", "label", "area"), ("l", "x", "X", "n"), ("l", "x", "X", "s")]
    survey = [("type", "name", "label"), ("select_one l", "q", "?")]
    assert read(tmp_path, survey, choices).form is None
    allowed = read(tmp_path, survey, choices, [("allow_choice_duplicates",), ("yes",)])
    assert allowed.form is not None and len(allowed.form.choices["l"]) == 2


def test_all_faults_are_told_at_once_and_nothing_is_half_read(tmp_path: Path) -> None:
    told = read(
        tmp_path, [HEAD, ("texte", "q", "?"), ("text", None, None), ("end_repeat", None, None)]
    )
    assert told.form is None
    assert [one.facts["row"] for one in told.faults] == [2, 3, 3, 4]


def test_a_disabled_row_is_as_if_not_there(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        [
            ("type", "name", "label", "disabled"),
            ("texte", "x", "?", "yes"),
            ("text", "q", "?", None),
        ],
    )
    assert told.form is not None and [one.name for one in told.form.parts] == ["q"]


def test_what_is_no_form_at_all(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    path.write_bytes(workbook({"Feuil1": [("nom", "adresse"), ("a", "b")]}))
    with pytest.raises(BadInput) as refused:
        read_xlsform(path)
    assert refused.value.code == "xlsform_sheet_missing"
    assert refused.value.facts["found"] == "Feuil1"
    path.write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(BadInput) as broken:
        read_xlsform(path)
    assert broken.value.code == "zip_broken"
    path.write_text("type,name\n")
    with pytest.raises(BadInput) as text:
        read_xlsform(path)
    assert text.value.code == "broken_workbook"


def test_a_form_that_asks_nothing(tmp_path: Path) -> None:
    told = read(tmp_path, [HEAD])
    assert [one.code for one in told.faults] == ["xlsform_empty"]
