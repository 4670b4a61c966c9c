"""Conditions and derived columns: SQL expressions over the columns of a table, and nothing else.

The text of a recipe is parsed first. Only constants, names of columns, operators and a short
list of functions pass; then DuckDB, which may open no file, evaluates it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats
from courtepointe.formats.tables.numbers import PUBLISHED, Numbers, to_numbers
from courtepointe.formats.tables.values import Table, as_text

FUNCTIONS = frozenset(
    [
        "+",
        "-",
        "*",
        "/",
        "//",
        "%",
        "**",
        "^",
        "||",
        "~~",
        "!~~",
        "~~*",
        "!~~*",
        "~~~",
        "abs",
        "ceil",
        "floor",
        "round",
        "trunc",
        "sign",
        "sqrt",
        "ln",
        "log",
        "log2",
        "log10",
        "exp",
        "power",
        "pow",
        "greatest",
        "least",
        "nullif",
        "if",
        "lower",
        "upper",
        "trim",
        "ltrim",
        "rtrim",
        "replace",
        "length",
        "left",
        "right",
        "substring",
        "substr",
        "split_part",
        "concat",
        "contains",
        "starts_with",
        "ends_with",
        "prefix",
        "suffix",
        "strip_accents",
        "lpad",
        "rpad",
        "regexp_matches",
        "regexp_full_match",
        "regexp_extract",
        "regexp_replace",
        "date_part",
        "year",
        "month",
    ]
)
CLASSES = frozenset(
    [
        "CONSTANT",
        "COLUMN_REF",
        "FUNCTION",
        "COMPARISON",
        "CONJUNCTION",
        "OPERATOR",
        "CASE",
        "CAST",
        "BETWEEN",
        "TYPE",
    ]
)
OPERATORS = frozenset(
    [
        "COMPARE_IN",
        "COMPARE_NOT_IN",
        "OPERATOR_NOT",
        "OPERATOR_IS_NULL",
        "OPERATOR_IS_NOT_NULL",
        "OPERATOR_COALESCE",
    ]
)
REASONS = ("suppressed", "unreliable", "not_available", "not_applicable")
"""Why a derived value is missing: the first of these that one of its columns has."""

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Expression:
    """An expression that passed, over columns renamed ``c0``, ``c1``... so that no name clashes."""

    text: str
    sql: str
    columns: tuple[str, ...]


def matching(table: Table, condition: str) -> Bools:
    """Tell which rows a condition holds for; unknown (NULL) counts as no.

    Parameters
    ----------
    table : Table
    condition : str
        An SQL condition over columns, which are text as in the file:
        ``"CMA" = '462' AND TRY_CAST("pop" AS DOUBLE) > 0``.

    Returns
    -------
    (n_rows,) bool

    Raises
    ------
    BadInput
        ``bad_expression``, ``unknown_column``.
    """
    expression = _parsed(condition, table)
    columns = [_sql_column(table.column(name)) for name in expression.columns]
    result = _evaluate(expression, columns, n_rows=len(table))
    if not pa.types.is_boolean(result.type):
        raise BadInput("bad_expression", value=condition, detail="not a condition")
    return np.asarray(result.fill_null(False).to_numpy(zero_copy_only=False), dtype=np.bool_)


def keep(table: Table, condition: str | None) -> Table:
    """Keep the rows for which a condition holds; all of them where there is no condition."""
    return table if condition is None else table.rows(matching(table, condition))


def derive(
    table: Table,
    expressions: Mapping[str, str],
    *,
    symbols: Mapping[str, str] | None = None,
) -> dict[str, Numbers]:
    """Compute columns of numbers from SQL expressions.

    Parameters
    ----------
    table : Table
    expressions : mapping of name -> SQL expression
        ``100.0 * Menage1pers / TotalMenag``. A column whose cells are all numbers or symbols
        is a number in it; another is text.
    symbols : mapping of cell text -> status, optional
        As for `to_numbers`.

    Returns
    -------
    dict of name -> Numbers
        Missing wherever the expression has no finite answer: for the gravest reason of the
        columns it names, else ``not_applicable`` (a share of nobody).

    Raises
    ------
    BadInput
        ``bad_expression``, ``unknown_column``, ``not_a_number``.
    """
    derived = {}
    read: dict[str, Numbers | BadInput] = {}
    for name, text in expressions.items():
        expression = _parsed(text, table)
        for column in expression.columns:
            if column not in read:
                read[column] = _numbers_if_any(table, column, symbols)
        derived[name] = _derive(table, expression, read)
    return derived


def _numbers_if_any(
    table: Table, column: str, symbols: Mapping[str, str] | None
) -> Numbers | BadInput:
    try:
        return to_numbers(table, column, symbols=symbols)
    except BadInput as error:
        return error


def _derive(
    table: Table, expression: _Expression, read: Mapping[str, Numbers | BadInput]
) -> Numbers:
    used = [read[name] for name in expression.columns]
    columns = [
        pa.array(n.values, from_pandas=True)
        if isinstance(n, Numbers)
        else _sql_column(table.column(name))
        for name, n in zip(expression.columns, used, strict=True)
    ]
    try:
        result = _evaluate(expression, columns, n_rows=len(table)).cast(pa.float64())
    except (BadInput, pa.ArrowException) as error:
        unread = [n for n in used if isinstance(n, BadInput)]
        if unread:  # the cell that is no number tells more than the engine does
            raise unread[0] from error
        if isinstance(error, BadInput):
            raise
        raise BadInput("bad_expression", value=expression.text, detail=str(error)) from error
    values = result.to_numpy(zero_copy_only=False).astype(np.float64)
    values = np.where(np.isfinite(values), values, np.nan)
    return Numbers(values, _statuses(values, [n for n in used if isinstance(n, Numbers)]))


def _statuses(values: Floats, used: list[Numbers]) -> NDArray[np.str_]:
    status = np.full(len(values), "not_applicable", dtype="<U32")
    for reason in reversed(REASONS):
        for numbers in used:
            status[numbers.status == reason] = reason
    status[np.isfinite(values)] = PUBLISHED
    return status


def _sql_column(cells: Any) -> Any:
    """Give the engine flat types; anything nested or encoded goes in as text."""
    kind = cells.type
    plain = (
        pa.types.is_string(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_boolean(kind)
    )
    return cells if plain else pa.array([as_text(c) for c in cells.to_pylist()], pa.string())


def _engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        ":memory:",
        config={
            "enable_external_access": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "threads": 1,
            "memory_limit": "1GB",
            "lock_configuration": True,
        },
    )


def _evaluate(expression: _Expression, columns: list[Any], *, n_rows: int) -> Any:
    """Compute one expression, rows in the table's order, as one Arrow array."""
    place = pa.array(np.arange(n_rows, dtype=np.int64))
    arrays = {"place": place, **{f"c{i}": column for i, column in enumerate(columns)}}
    with _engine() as engine:
        engine.register("t", pa.table(arrays))
        query = f"SELECT place, ({expression.sql}) AS answer FROM t ORDER BY place"  # noqa: S608
        try:
            answer = engine.sql(query).to_arrow_table().column("answer")
        except duckdb.Error as error:
            detail = str(error).splitlines()[0]
            raise BadInput("bad_expression", value=expression.text, detail=detail) from error
    return answer.combine_chunks()


@cache
def _tree(text: str) -> str:
    """Parse an expression to the engine's syntax tree, as JSON."""
    with _engine() as engine:
        query = f"SELECT ({text}\n) FROM t"  # noqa: S608 - parsed here, never run
        row = engine.execute("SELECT json_serialize_sql(?::VARCHAR)", [query]).fetchone()
    return str(row[0]) if row else "{}"


def _parsed(text: str, table: Table) -> _Expression:
    root = json.loads(_tree(text))
    if root.get("error", True):
        raise BadInput("bad_expression", value=text, detail=root.get("error_message", ""))
    selected = _only_expression(root, text)
    columns: list[str] = []
    for node in _nodes(selected):
        _check_node(node, text)
        if node["class"] == "COLUMN_REF":
            name = _resolve(".".join(node["column_names"]), table)
            if name not in columns:
                columns.append(name)
            node["column_names"] = [f"c{columns.index(name)}"]
    with _engine() as engine:
        row = engine.execute("SELECT json_deserialize_sql(?::JSON)", [json.dumps(root)]).fetchone()
    sql = str(row[0]).removeprefix("SELECT ").removesuffix(" FROM t") if row else ""
    return _Expression(text, sql, tuple(columns))


def _only_expression(root: Node, text: str) -> Node:
    """Give the one expression asked for, when the text holds nothing besides."""
    pattern = json.loads(_tree("1"))
    statements = root["statements"]
    selected: list[Node] = statements[0]["node"].get("select_list", []) if statements else []
    for tree in (root, pattern):
        for statement in tree["statements"]:
            statement["node"]["select_list"] = []
    if len(selected) != 1 or _bare(root) != _bare(pattern):
        raise BadInput("bad_expression", value=text, detail="more than one expression")
    statements[0]["node"]["select_list"] = selected
    return selected[0]


def _bare(tree: Any) -> Any:
    """Leave the positions in the text out of a tree."""
    if isinstance(tree, dict):
        return {k: _bare(v) for k, v in tree.items() if not k.startswith("query_location")}
    return [_bare(v) for v in tree] if isinstance(tree, list) else tree


def _nodes(tree: Any) -> Iterator[Node]:
    if isinstance(tree, dict):
        if "class" in tree:
            yield tree
        for branch in list(tree.values()):
            yield from _nodes(branch)
    elif isinstance(tree, list):
        for branch in tree:
            yield from _nodes(branch)


def _check_node(node: Node, text: str) -> None:
    kind = node["class"]
    named = node.get("function_name", "").lower()
    wrong = (
        kind not in CLASSES
        or (kind == "FUNCTION" and (named not in FUNCTIONS or node.get("filter") is not None))
        or (kind == "OPERATOR" and node["type"] not in OPERATORS)
    )
    if wrong:
        detail = named or str(node["type"]).lower()
        raise BadInput("bad_expression", value=text, detail=f"{detail} is not allowed")


def _resolve(name: str, table: Table) -> str:
    """Find the column that is meant: by its exact name, else whatever the case."""
    if name in table.columns:
        return name
    alike = [column for column in table.columns if column.casefold() == name.casefold()]
    if len(alike) != 1:
        raise BadInput(
            "unknown_column", file=table.file, column=name, expected=", ".join(table.columns)
        )
    return alike[0]
