"""Write the steps of an index as CSV, one table a step."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import numpy as np

from courtepointe.core.composite import Mean, Method, Steps, effective_weights
from courtepointe.core.composite.coherence import NONE, Coherence
from courtepointe.core.composite.counts import classes_of, is_counted
from courtepointe.core.composite.rank_sets import told_apart
from courtepointe.core.composite.sobol import Sensitivity
from courtepointe.core.composite.stands_out import StandsOut
from courtepointe.core.composite.uncertainty import Part, Uncertainty
from courtepointe.core.typing import AnyArray, Floats
from courtepointe.formats.composite.data import IndexData
from courtepointe.formats.composite.meta import IndexMeta
from courtepointe.formats.tables.plain import plain_text

UNIT = "uCode"
MOST_SHOWN = 5
"""Of each side, in a unit."""
MOST_PAIRED = 2_000
"""Of more units no table of all pairs is written: joint intervals tell the same."""


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write a table; numbers with all their digits, a gap as an empty cell, texts that no sheet runs."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([plain_text(column) for column in columns])
    writer.writerows([_cell(told) for told in row] for row in rows)
    return out.getvalue().encode("utf-8")


def _cell(told: object) -> str:
    if isinstance(told, bool | np.bool_):
        return "true" if told else "false"
    if isinstance(told, int | np.integer):
        return str(int(told))
    if isinstance(told, float | np.floating):
        return "" if np.isnan(told) else repr(float(told))
    return plain_text(str(told))


def unit_table(units: Sequence[str], columns: Sequence[str], values: AnyArray) -> bytes:
    """Write a table of one row a unit, (n_units, n_columns)."""
    rows = ([unit, *row] for unit, row in zip(units, values, strict=True))
    return csv_bytes([UNIT, *columns], rows)


def step_files(meta: IndexMeta, data: IndexData, steps: Steps) -> dict[str, bytes]:
    """Write each step under the name that says it.

    Returns
    -------
    dict of file name -> bytes
        ``denominated``, ``imputed``, ``was_imputed``, ``kept``, ``treated``, ``treatment``,
        ``normalised``, ``weights``, ``scores`` and ``coverage``, all ``.csv``; units in the order
        of iData, never sorted by score.
    """
    kept = data.units_of(steps.kept)
    known = np.isfinite(steps.denominated).mean(axis=1)
    told = steps.treated
    treatment = zip(
        meta.indicators, told.skew, told.kurtosis, told.n_drawn_in, told.logged, told.still_far,
        told.skew_after, told.kurtosis_after, strict=True,
    )  # fmt: skip
    weights = zip(meta.codes, steps.tree.weight, effective_weights(steps.tree), strict=True)
    return {
        "denominated.csv": unit_table(data.units, meta.indicators, steps.denominated),
        "imputed.csv": unit_table(data.units, meta.indicators, steps.imputed),
        "was_imputed.csv": unit_table(data.units, meta.indicators, steps.was_imputed),
        "kept.csv": csv_bytes(
            (UNIT, "known_share", "kept"), zip(data.units, known, steps.kept, strict=True)
        ),
        "treated.csv": unit_table(kept, meta.indicators, told.values),
        "treatment.csv": csv_bytes(
            ("iCode", "skew", "kurtosis", "n_drawn_in", "logged", "still_far", "skew_after",
             "kurtosis_after"), treatment,
        ),
        "normalised.csv": unit_table(kept, meta.indicators, steps.normalised),
        "weights.csv": csv_bytes(("iCode", "weight", "effective_weight"), weights),
        "scores.csv": unit_table(kept, meta.codes, steps.scores),
        "coverage.csv": unit_table(kept, meta.codes, steps.coverage),
    }  # fmt: skip


def count_files(
    meta: IndexMeta, units: Sequence[str], steps: Steps, method: Method
) -> dict[str, bytes]:
    """Write the classes of the parts of counts and which were counted; nothing without a count.

    Parameters
    ----------
    meta : IndexMeta
    units : those that were kept
    steps : Steps
    method : Method
    """
    tree, levels = steps.tree, steps.tree.heights()
    counts = [n for n in tree.gathering if method.mean_at(int(levels[n])) is Mean.COUNT]
    if not counts:
        return {}
    parts = np.concatenate([tree.children(node) for node in counts])
    codes, values = [meta.codes[part] for part in parts], steps.scores[:, parts]
    told = is_counted(values, tree.facing(parts), method.count)
    return {
        "classes.csv": unit_table(units, codes, classes_of(values, method.count.classes)),
        "counted.csv": unit_table(units, codes, told),
    }


def stands_out_file(
    meta: IndexMeta, units: Sequence[str], values: Floats, told: StandsOut
) -> dict[str, bytes]:
    """Write what stands out in each unit, strengths first, each with whether it can be told apart.

    Parameters
    ----------
    meta : IndexMeta
    units : those that were kept
    values : (n_units, n_indicators) float
        Denominated, of these units.
    told : StandsOut
    """
    rows: list[list[object]] = []
    for unit, code in enumerate(units):
        sides = {
            "strength": told.strengths(unit, most=MOST_SHOWN),
            "attention": told.attention(unit, most=MOST_SHOWN),
        }
        for side, places in sides.items():
            rows += [
                [code, side, meta.codes[k], meta.codes[meta.tree.parent[k]], values[unit, k],
                 told.others[unit, k], values[unit, k] - told.others[unit, k],
                 told.p_value[unit, k], told.told_apart[unit, k]]
                for k in places
            ]  # fmt: skip
    head = (
        UNIT,
        "side",
        "iCode",
        "parent",
        "value",
        "others",
        "difference",
        "p_value",
        "told_apart",
    )
    return {"stands_out.csv": csv_bytes(head, rows)}


def coherence_files(meta: IndexMeta, told: Coherence) -> dict[str, bytes]:
    """Write how the parts go together: ``correlations``, ``alpha``, ``components``, ``warnings``."""
    tree = meta.tree
    loadings = (
        (meta.codes[node], meta.codes[part], loading, found.explained)
        for node, found in told.components.items()
        for part, loading in zip(tree.children(node), found.loading, strict=True)
    )
    warnings = (
        (one.caution, meta.codes[one.node], "" if one.other == NONE else meta.codes[one.other],
         one.value, one.limit)
        for one in told.warnings
    )  # fmt: skip
    alphas = ((meta.codes[node], told.alpha[node]) for node in tree.gathering)
    correlations = ([code, *row] for code, row in zip(meta.codes, told.correlation, strict=True))
    return {
        "correlations.csv": csv_bytes(("iCode", *meta.codes), correlations),
        "alpha.csv": csv_bytes(("iCode", "alpha"), alphas),
        "components.csv": csv_bytes(("iCode", "part", "loading", "explained"), loadings),
        "warnings.csv": csv_bytes(("caution", "iCode", "other", "value", "limit"), warnings),
    }


OF_PART = (
    "low", "high", "rank_low", "rank_high", "joint_low", "joint_high", "least_rank", "most_rank",
)  # fmt: skip


def uncertainty_files(units: Sequence[str], told: Uncertainty) -> dict[str, bytes]:
    """Write how sure the index is: a row a unit and cause, and who is told apart by each cause.

    Parameters
    ----------
    units : those that were kept
    told : Uncertainty
    """
    causes: dict[str, Part | None] = {
        "data": told.data, "missing": told.missing, "method": told.method,
    }  # fmt: skip
    rows: list[list[object]] = []
    files = {}
    for cause, part in causes.items():
        if part is None:
            continue
        columns = [getattr(part, name) for name in OF_PART]
        rows += [[unit, cause, *row] for unit, *row in zip(units, *columns, strict=True)]
        if len(units) <= MOST_PAIRED and np.isfinite(part.joint_low).all():
            apart = told_apart(part.joint_low, part.joint_high)
            files[f"told_apart_{cause}.csv"] = unit_table(units, units, apart)
    return {"uncertainty.csv": csv_bytes((UNIT, "cause", *OF_PART), rows), **files}


def sensitivity_file(inputs: Sequence[str], told: Sensitivity) -> dict[str, bytes]:
    """Write what each choice of the method answers for."""
    columns = ("first", "first_low", "first_high", "total", "total_low", "total_high")
    rows = zip(inputs, *(getattr(told, name) for name in columns), strict=True)
    return {"sensitivity.csv": csv_bytes(("input", *columns), rows)}
