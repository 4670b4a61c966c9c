"""Conditions and derived columns: SQL expressions over the columns of a table, and nothing else.

The text of a recipe is parsed first. Only constants, names of columns, operators and a short
list of functions pass; then DuckDB, which may open no file, evaluates it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats
from courtepointe.formats.tables.expressions import Expression, engine_at_home, parsed
from courtepointe.formats.tables.numbers import PUBLISHED, Numbers, to_numbers
from courtepointe.formats.tables.values import Table, as_text

REASONS = ("suppressed", "unreliable", "not_available", "not_applicable")
"""Why a derived value is missing: the first of these that one of its columns has."""


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
        ``bad_expression``, ``expression_not_allowed``, ``expression_not_one``,
        ``condition_expected``, ``unknown_column``.
    """
    expression = parsed(condition, table)
    columns = [_sql_column(table.column(name)) for name in expression.columns]
    result = _evaluate(expression, columns, n_rows=len(table))
    if not pa.types.is_boolean(result.type):
        raise BadInput("condition_expected", value=condition)
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
        ``bad_expression``, ``expression_not_allowed``, ``expression_not_one``,
        ``unknown_column``, ``not_a_number``.
    """
    derived = {}
    read: dict[str, Numbers | BadInput] = {}
    for name, text in expressions.items():
        expression = parsed(text, table)
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
    table: Table, expression: Expression, read: Mapping[str, Numbers | BadInput]
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


def _evaluate(expression: Expression, columns: list[Any], *, n_rows: int) -> Any:
    """Compute one expression, rows in the table's order, as one Arrow array."""
    place = pa.array(np.arange(n_rows, dtype=np.int64))
    arrays = {"place": place, **{f"c{i}": column for i, column in enumerate(columns)}}
    with engine_at_home() as engine:
        engine.register("t", pa.table(arrays))
        query = f"SELECT place, ({expression.sql}) AS answer FROM t ORDER BY place"  # noqa: S608
        try:
            answer = engine.sql(query).to_arrow_table().column("answer")
        except duckdb.Error as error:
            detail = str(error).splitlines()[0]
            raise BadInput("bad_expression", value=expression.text, detail=detail) from error
    return answer.combine_chunks()
