"""`courtepointe portraits index`: a composite index from two tables and a method, every step kept."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import click

from courtepointe.core.composite import Steps, index_of
from courtepointe.core.composite.coherence import Coherence, coherence_of
from courtepointe.core.composite.stands_out import StandsOut, stands_out
from courtepointe.core.errors import Refused
from courtepointe.doors.cli.hubs_options import LANG
from courtepointe.doors.cli.languages import FrenchToo
from courtepointe.doors.cli.portraits_index_draws import Draws, divided_errors, drawn_files
from courtepointe.doors.cli.portraits_index_said import lines_of, warnings_told
from courtepointe.formats.composite import (
    SHIPPED,
    IndexData,
    IndexMeta,
    IndexMethod,
    method_hash,
    method_text,
    named,
    next_edition,
    read_data,
    read_errors,
    read_meta,
    read_method,
    shipped_method,
    with_reference,
)
from courtepointe.formats.composite.coinr import coinr_files
from courtepointe.formats.composite.written import (
    coherence_files,
    count_files,
    stands_out_file,
    step_files,
)
from courtepointe.formats.whole import write_folder

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(cls=FrenchToo)
@click.option("--data", "data_file", type=FILE, required=True, help="iData: uCode, and a column for each indicator.")  # fmt: skip
@click.option("--meta", "meta_file", type=FILE, required=True, help="iMeta: Level, iCode, Direction, Weight, Parent, Type.")  # fmt: skip
@click.option("--method", "method_name", required=True, help=f"A TOML file, or a recipe: {', '.join(SHIPPED)} (courtepointe portraits recipes).")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="A new folder for the tables; all of them, or none.")  # fmt: skip
@click.option("--draws", "n_draws", type=click.IntRange(min=10), help="Draw the index again so many times for each cause of doubt.")  # fmt: skip
@click.option("--errors", "errors_file", type=FILE, help="With --draws: standard errors of iData, uCode and a column for each indicator that has some.")  # fmt: skip
@click.option("--share", type=click.FloatRange(0.5, 0.999), default=0.9, show_default=True, help="Of the draws that an interval holds.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**31), default=1, show_default=True, help="The same gives the same draws.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print a summary as JSON.")
@LANG
def index(
    data_file: Path, meta_file: Path, method_name: str, out: Path, n_draws: int | None,
    errors_file: Path | None, share: float, seed: int, as_json: bool, lang: str,
) -> None:  # fmt: skip
    """Compute a composite index, and keep every step of it.

    \b
    courtepointe portraits index --data iData.csv --meta iMeta.csv --method asem --out steps
    courtepointe portraits index --data iData.csv --meta iMeta.csv --method mine.toml --out steps --json

    The two tables are those of COINr, as CSV, XLSX or Parquet; an empty cell or NA is a gap. The
    method says what is done about gaps and values far away, on which scale, with which weights and
    means:

    \b
    [gaps]       imputation = "none" | "mean" | "median" | "group-mean" | "group-median"
                 group = a column of iData; least_known = 0.9
    [treatment]  most_points = 5, skew = 2.0, kurtosis = 3.5, logarithm = true
    [scale]      kind = "min-max" | "z" | "goalposts" | "rank" | "borda" | "percentile" | "ampi"
                 low = 0, high = 100; [scale.goalposts] CODE = [low, high];
                 reference = a unit of iData that is 100 (ampi)
    [weights]    kind = "given" | "equal" | "pca"
    [means]      kinds = ["arithmetic" | "geometric" | "harmonic" | "ampi" | "copeland" |
                          "sum" | "first-component" | "count", …]; classes = 5, counted = 2

    What stands out in each unit, strengths first, is in stands_out.csv: observed values beside the
    mean of the other units, and whether they can be told apart.

    Correlations, alpha and warnings are written beside the steps: weights that do not count as they
    look, parts that pull against each other, a direction that may be wrong.

    With --draws the index is drawn again for three causes apart: the errors of the data (--errors),
    what is missing, and the method, as its table says:

    \b
    [doubt]      weights = 0.25, most_points = [1, 5], means = ["arithmetic", "geometric"]
                 scales = [{kind = "min-max", low = 1, high = 100}, {kind = "rank"}]

    A score is not a rank: units stay in the order of iData. The exit code is 3 for a file, a cell
    or a method that is not understood, 4 where no unit is left, 6 for what is refused.
    """
    if errors_file is not None and n_draws is None:
        raise click.UsageError("--errors needs --draws: how many?")
    if out.is_dir() and any(out.iterdir()):
        raise Refused("composite_folder", file=out.name)
    meta = read_meta(meta_file)
    method = _method(method_name, meta)
    data = read_data(data_file, meta, group=method.group)
    with named(codes=meta.codes, units=data.units):
        used = with_reference(method, meta, data)
        steps = index_of(data.raw, meta.tree, used.method)
    coherence = coherence_of(steps.scores, steps.tree, used.method, coverage=steps.coverage)
    kept = data.units_of(steps.kept)
    files = step_files(meta, data, steps) | coherence_files(meta, coherence)
    files |= count_files(meta, kept, steps, used.method)
    files |= _methods(meta, steps, method, used)
    with named(codes=meta.codes, units=data.units):
        errors = None
        if errors_file is not None:
            errors = divided_errors(read_errors(errors_file, meta, data.units), data, steps)
        if n_draws is not None:
            files |= drawn_files(data, steps, used, errors, Draws(n_draws, share, seed))
    values = steps.denominated[steps.kept]
    out_standing = stands_out(
        values, data.raw.polarity, errors=None if errors is None else errors[steps.kept]
    )
    files |= coinr_files(meta, data) | stands_out_file(meta, kept, values, out_standing)
    write_folder(out, files)
    told = _summary(meta, data, method, steps, coherence)
    told["stands_out"] = _standing_out(meta, kept, out_standing)
    told["files"] = sorted(files)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for line in lines_of(told, warnings_told(meta, coherence, lang), lang):
        click.echo(line)


def _method(name: str, meta: IndexMeta) -> IndexMethod:
    """Read a method: a file where there is one of that name, else a shipped one."""
    if Path(name).suffix == ".toml" or Path(name).exists():
        return read_method(name, meta.indicators)
    return shipped_method(name, meta.indicators)


def _methods(
    meta: IndexMeta, steps: Steps, method: IndexMethod, used: IndexMethod
) -> dict[str, bytes]:
    """Write the method with every choice in it, and the one that the next edition compares with."""
    fixed = used if used is not method else next_edition(method, steps)
    told = {"method.toml": method, "next_edition.toml": fixed}
    return {
        name: method_text(one, meta.indicators).encode("utf-8")
        for name, one in told.items()
        if one is not None
    }


def _standing_out(
    meta: IndexMeta, units: list[str], told: StandsOut
) -> dict[str, dict[str, list[str]]]:
    """Give the codes that can be told apart, strengths first; units where nothing can be are left out."""
    n_indicators = len(meta.indicators)
    found = {}
    for unit, code in enumerate(units):
        sides = {
            "strengths": told.strengths(unit, most=n_indicators),
            "attention": told.attention(unit, most=n_indicators),
        }
        apart = {
            side: [meta.codes[k] for k in places if told.told_apart[unit, k]]
            for side, places in sides.items()
        }
        if any(apart.values()):
            found[code] = apart
    return found


def _summary(
    meta: IndexMeta, data: IndexData, method: IndexMethod, steps: Steps, coherence: Coherence
) -> dict[str, Any]:
    treated, names = steps.treated, meta.indicators
    drawn = zip(names, treated.n_drawn_in.tolist(), strict=True)
    return {
        "method": method.code,
        "method_sha256": method_hash(method, names),
        "n_units": len(data.units),
        "n_indicators": len(names),
        "n_imputed": int(steps.was_imputed.sum()),
        "left_out": data.units_of(~steps.kept),
        "drawn_in": {code: points for code, points in drawn if points},
        "logged": [code for code, yes in zip(names, treated.logged, strict=True) if yes],
        "unused_columns": list(data.unused),
        "warnings": [
            {
                "caution": one.caution.value,
                "node": meta.codes[one.node],
                "other": meta.codes[one.other] if one.other >= 0 else None,
                "value": one.value if math.isfinite(one.value) else None,
            }
            for one in coherence.warnings
        ],
    }
