"""A method as a TOML text of one form: what is read from it is the method, and its hash names it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from courtepointe.core.composite import Mean, Method, Scale, Steps, Weighting
from courtepointe.core.typing import Floats
from courtepointe.formats.composite.method import IndexMethod

VERSION = 1
"""Of the arithmetic behind the names: one more where the same file gives other scores."""
BARE = re.compile(r"[A-Za-z0-9_-]+")
BY_THE_DATA = (Mean.FIRST_COMPONENT, Mean.COUNT, Mean.COPELAND)
"""Means that move for all units when one moves: no goalposts hold them still."""


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


def next_edition(told: IndexMethod, steps: Steps) -> IndexMethod | None:
    """Fix the ends of this edition's scale, so that the next one can be compared with it.

    Parameters
    ----------
    told : IndexMethod
        With min-max or AMPI, and without goalposts.
    steps : Steps
        Of this edition.

    Returns
    -------
    IndexMethod or None
        With the goalposts that this edition had, which give its data the same scores; None where
        the method has no such ends, or where its weights or means move with the data anyhow.
    """
    method = told.method
    still = method.weighting is not Weighting.PCA
    still &= not set(method.means) & set(BY_THE_DATA) and not steps.treated.logged.any()
    if method.goalposts is not None or method.scale not in (Scale.MIN_MAX, Scale.AMPI) or not still:
        return None
    values: Floats = steps.treated.values
    posts = np.column_stack([values.min(axis=0), values.max(axis=0)])
    if method.scale is Scale.AMPI:
        return replace(told, method=replace(method, goalposts=posts))
    # Goalposts cut where values were drawn in: treatment would move with the next data.
    fixed = replace(method, scale=Scale.GOALPOSTS, goalposts=posts, treatment=None)
    return replace(told, method=fixed, doubt=replace(told.doubt, scales=(), most_points=()))


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
