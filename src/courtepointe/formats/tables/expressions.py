"""SQL expressions that a recipe may use: parsed, and refused unless every part is known.

Constants, names of columns, operators and a short list of functions pass. No subquery, no
aggregate, no file, no clock, no chance: the same file gives the same answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb

from courtepointe.core.errors import BadInput
from courtepointe.formats.tables.values import Table

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

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that passed, over columns renamed ``c0``, ``c1``... so that no name clashes."""

    text: str
    sql: str
    columns: tuple[str, ...]


def engine_at_home() -> duckdb.DuckDBPyConnection:
    """Open an engine that reads no file, loads no extension and takes no other setting."""
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


@cache
def _tree(text: str) -> str:
    """Parse an expression to the engine's syntax tree, as JSON."""
    with engine_at_home() as engine:
        query = f"SELECT ({text}\n) FROM t"  # noqa: S608 - parsed here, never run
        row = engine.execute("SELECT json_serialize_sql(?::VARCHAR)", [query]).fetchone()
    return str(row[0]) if row else "{}"


def parsed(text: str, table: Table) -> Expression:
    """Parse an expression over the columns of a table, or raise `BadInput`.

    Raises
    ------
    BadInput
        ``bad_expression`` (not SQL), ``expression_not_one``, ``expression_not_allowed`` (a part
        of it), ``unknown_column``.
    """
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
    with engine_at_home() as engine:
        row = engine.execute("SELECT json_deserialize_sql(?::JSON)", [json.dumps(root)]).fetchone()
    sql = str(row[0]).removeprefix("SELECT ").removesuffix(" FROM t") if row else ""
    return Expression(text, sql, tuple(columns))


def _only_expression(root: Node, text: str) -> Node:
    """Give the one expression asked for, when the text holds nothing besides."""
    pattern = json.loads(_tree("1"))
    statements = root["statements"]
    selected: list[Node] = statements[0]["node"].get("select_list", []) if statements else []
    for tree in (root, pattern):
        for statement in tree["statements"]:
            statement["node"]["select_list"] = []
    if len(selected) != 1 or _bare(root) != _bare(pattern):
        raise BadInput("expression_not_one", value=text)
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
        found = named or str(node["type"]).lower()
        raise BadInput("expression_not_allowed", value=text, found=found)


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
