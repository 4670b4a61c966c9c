"""A method as a TOML text of one form: what is read from it is the method, and its hash names it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from courtepointe.core.composite import Method
from courtepointe.formats.composite.method import IndexMethod

VERSION = 1
"""Of the arithmetic behind the names: one more where the same file gives other scores."""
BARE = re.compile(r"[A-Za-z0-9_-]+")


def method_text(told: IndexMethod, indicators: Sequence[str]) -> str:
    """Write a method with every choice in it, also those that its file left out.

    Parameters
    ----------
    told : IndexMethod
    indicators : codes, in the order of its goalposts

    Returns
    -------
    str
        TOML that `read_method` reads back to the same.
    """
    head = {"code": told.code, "sources": list(told.sources)}
    words: dict[str, Mapping[str, object]] = {
        "about": dict(told.about),
        "assumes": {lang: list(lines) for lang, lines in told.assumes.items()},
    }
    doubt: dict[str, object] = {
        "weights": told.doubt.weights_by, "most_points": list(told.doubt.most_points),
        "scales": [
            {"kind": kind.value, "low": low, "high": high} for kind, low, high in told.doubt.scales
        ],
    }  # fmt: skip
    if told.doubt.means:
        doubt["means"] = [one.value for one in told.doubt.means]
    tables = {**words, **_choices(told, indicators), "doubt": doubt}
    lines = [f"{key} = {_written(value)}" for key, value in head.items()]
    return "\n".join([*lines, *_tables(tables)]) + "\n"


def method_hash(told: IndexMethod, indicators: Sequence[str]) -> str:
    """Give the SHA-256 of all that makes a score: neither words nor what is in doubt.

    Parameters
    ----------
    told : IndexMethod
    indicators : codes, in the order of its goalposts

    Returns
    -------
    str, 64 hexadecimal digits
    """
    lines = [f"version = {VERSION}", *_tables(_choices(told, indicators))]
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()


def _choices(told: IndexMethod, indicators: Sequence[str]) -> dict[str, Mapping[str, object]]:
    """Give all that makes a score, table by table."""
    method: Method = told.method
    tables: dict[str, Mapping[str, object]] = {
        "gaps": {
            "imputation": method.imputation.value, "group": told.group or "",
            "least_known": method.least_known,
        },
        "scale": {"kind": method.scale.value, "low": method.low, "high": method.high},
        "weights": {"kind": method.weighting.value},
        "means": {
            "kinds": [one.value for one in method.means],
            "classes": method.count.classes, "counted": method.count.counted,
        },
    }  # fmt: skip
    if method.treatment is not None:
        own = method.treatment
        tables["treatment"] = {
            "most_points": own.most_points, "skew": own.skew, "kurtosis": own.kurtosis,
            "logarithm": own.logarithm,
        }  # fmt: skip
    if told.reference:
        tables["scale"] = {**tables["scale"], "reference": told.reference}
    if method.goalposts is not None:
        posts = zip(indicators, method.goalposts.tolist(), strict=True)
        tables["scale.goalposts"] = dict(posts)
    return tables


def _tables(tables: Mapping[str, Mapping[str, object]]) -> Iterable[str]:
    for name, table in tables.items():
        yield f"\n[{name}]"
        yield from (f"{_key(key)} = {_written(value)}" for key, value in table.items())


def _key(name: str) -> str:
    """Write a key, in quotes where TOML asks for them."""
    return name if BARE.fullmatch(name) else _written(name)


def _written(told: object) -> str:
    """Write a value as TOML; texts are escaped as JSON escapes them, which TOML reads alike."""
    if isinstance(told, bool):
        return "true" if told else "false"
    if isinstance(told, int | float):
        return repr(told)
    if isinstance(told, list | tuple):
        return f"[{', '.join(map(_written, told))}]"
    if isinstance(told, Mapping):
        return "{" + ", ".join(f"{key} = {_written(one)}" for key, one in told.items()) + "}"
    return json.dumps(told, ensure_ascii=False).replace("\x7f", "\\u007f")
