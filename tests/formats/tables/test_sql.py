"""Conditions and derived columns: what they answer, and all that they may not do."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from courtepointe.core.errors import BadInput
from courtepointe.formats.tables import Table, derive, keep, matching, table_of, take_keys


@pytest.fixture
def table() -> Table:
    return table_of(
        {
            "code": ["4620001.00", "4620002.00", "4470001.00", None],
            "one": ["10", "x", "30", "0"],
            "all": ["40", "50", "", "0"],
            "tags.shop": ["supermarket", None, "grocery", "it's"],
        },
        file="t.csv",
        n_rows=4,
    )


SYMBOLS = {"x": "suppressed"}


def test_a_condition_keeps_rows_and_their_numbers(table: Table) -> None:
    kept = keep(table, "code LIKE '462%'")
    assert kept.texts("code") == ("4620001.00", "4620002.00")
    assert keep(table, "code LIKE '447%'").row_numbers.tolist() == [3]
    assert keep(table, None) is table


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("code LIKE '462%'", [1, 1, 0, 0]),
        ("\"code\" IN ('4620001.00', 'z')", [1, 0, 0, 0]),
        ("CODE IS NULL", [0, 0, 0, 1]),
        ("NOT (code LIKE '462%')", [0, 0, 1, 0]),
        ("TRY_CAST(one AS DOUBLE) > 5", [1, 0, 1, 0]),
        ("tags.shop = 'supermarket' OR \"tags.shop\" = 'it''s'", [1, 0, 0, 1]),
        ("regexp_matches(code, '^4620002') AND \"all\" = '50'", [0, 1, 0, 0]),
        ("substr(code, 1, 3) = '447'", [0, 0, 1, 0]),
        ("CASE WHEN one = 'x' THEN true ELSE false END", [0, 1, 0, 0]),
        ("lower(tags.shop) BETWEEN 'a' AND 'h'", [0, 0, 1, 0]),
        ("true -- a comment", [1, 1, 1, 1]),
    ],
)
def test_conditions(table: Table, condition: str, expected: list[int]) -> None:
    assert matching(table, condition).astype(int).tolist() == expected


def test_derived_columns_are_numbers_with_statuses(table: Table) -> None:
    derived = derive(table, {"share": '100.0 * one / "all"'}, symbols=SYMBOLS)["share"]
    assert derived.values[0] == 25.0
    assert derived.status.tolist() == ["published", "suppressed", "not_available", "not_applicable"]


def test_the_gravest_reason_is_told_first() -> None:
    table = table_of({"a": ["x", ".."], "b": ["..", "x"]}, file="t", n_rows=2)
    symbols = {"x": "suppressed", "..": "not_available"}
    derived = derive(table, {"s": "a + b"}, symbols=symbols)["s"]
    assert derived.status.tolist() == ["suppressed", "suppressed"]


def test_a_text_column_may_decide(table: Table) -> None:
    text = "CASE WHEN tags.shop = 'supermarket' THEN 1 ELSE 0 END"
    assert derive(table, {"is": text})["is"].values.tolist() == [1, 0, 0, 0]


def test_typed_columns_are_used_as_they_are() -> None:
    table = Table("t.parquet", pa.table({"n": [1, None], "d": [0.5, 0.25]}), np.arange(1, 3))
    derived = derive(table, {"s": "n * d"})["s"]
    assert derived.values[0] == 0.5
    assert derived.status.tolist() == ["published", "not_available"]


def test_rows_keep_their_order() -> None:
    cells = [str(number) for number in range(5000)]
    table = table_of({"n": cells}, file="t", n_rows=5000)
    assert derive(table, {"d": "n * 2"})["d"].values.tolist() == [2.0 * n for n in range(5000)]


def test_a_cell_that_is_no_number_is_named(table: Table) -> None:
    with pytest.raises(BadInput) as raised:
        derive(table, {"s": "code + one * 2"})
    assert raised.value.code == "not_a_number"
    assert raised.value.facts["value"] == "x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one +",
        "one; DROP TABLE t",
        "one, code",
        "1) FROM t; SELECT (2",
        "1) FROM t WHERE (true",
        "1), (2",
        "*",
        "t.*",
        "COLUMNS('o.*')",
        "sum(one)",
        "count(*)",
        "row_number() OVER ()",
        "(SELECT 1)",
        "EXISTS (SELECT 1)",
        "one = ANY(SELECT 1)",
        "random()",
        "now()",
        "getenv('HOME')",
        "current_setting('memory_limit')",
        "read_text('/etc/passwd')",
        "[1, 2]",
        "{'a': 1}",
        "#1",
        "?",
        "$name",
        "repeat('x', 1000000000)",
        "abs(one) FILTER (WHERE true)",
        "list_transform([1], x -> x)",
    ],
)
def test_what_is_not_one_harmless_expression_is_refused(table: Table, text: str) -> None:
    for ask in (lambda: derive(table, {"a": text}, symbols=SYMBOLS), lambda: matching(table, text)):
        with pytest.raises(BadInput) as raised:
            ask()
        assert raised.value.code in (
            "bad_expression", "expression_not_one", "expression_not_allowed",
        )  # fmt: skip
        assert raised.value.facts["value"] == text


@pytest.mark.parametrize("text", ["nope = 1", "current_date > one", "user = 'x'", "rowid = 1"])
def test_names_that_are_no_columns_are_refused(table: Table, text: str) -> None:
    with pytest.raises(BadInput) as raised:
        matching(table, text)
    assert raised.value.code in ("unknown_column", "bad_expression")


def test_a_number_is_no_condition_and_a_text_no_number(table: Table) -> None:
    with pytest.raises(BadInput, match="condition_expected"):
        matching(table, "1 + 1")
    with pytest.raises(BadInput, match="bad_expression"):
        derive(table, {"a": "'a text'"})


def test_a_cast_that_fails_is_refused(table: Table) -> None:
    with pytest.raises(BadInput) as raised:
        matching(table, "CAST(one AS DOUBLE) > 5")
    assert raised.value.code == "bad_expression"
    assert "x" in str(raised.value.facts["detail"])


def test_names_that_differ_by_case_only_are_told_apart() -> None:
    table = table_of({"n": ["1"], "N": ["2"]}, file="t", n_rows=1)
    derived = derive(table, {"lower": "n + 0", "upper": '"N" + 0'})
    assert derived["lower"].values.tolist() == [1.0]
    assert derived["upper"].values.tolist() == [2.0]


def test_keys_keep_their_zeros(table: Table) -> None:
    first = keep(table, "code IS NOT NULL")
    assert take_keys(first, column="code") == ("4620001.00", "4620002.00", "4470001.00")
    taken = take_keys(first, column="code", pattern=r"^\d{3}(\d{4})", prefix="ct", pad=6)
    assert taken == ("ct000001", "ct000002", "ct000001")


def test_a_key_that_is_not_there_is_refused_by_row(table: Table) -> None:
    with pytest.raises(BadInput) as raised:
        take_keys(table, column="code")
    assert raised.value.code == "key_not_found"
    assert raised.value.facts["row"] == 4
    with pytest.raises(BadInput) as raised:
        take_keys(table, column="code", pattern=r"^462")
    assert raised.value.facts["row"] == 3
    with pytest.raises(BadInput, match="broken_pattern"):
        take_keys(table, column="code", pattern="(")


def test_decimal_numbers_are_no_keys() -> None:
    table = Table("t.parquet", pa.table({"k": [4620001.0], "i": [12]}), np.arange(1, 2))
    with pytest.raises(BadInput, match="key_is_a_number"):
        take_keys(table, column="k")
    assert take_keys(table, column="i") == ("12",)
