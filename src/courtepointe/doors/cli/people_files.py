"""`courtepointe people check-file | blank-file | shapes`: tables, checked before they are brought in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from courtepointe.formats.archives import check_file
from courtepointe.formats.whole import write_whole
from courtepointe.formats.workbooks import LIMITS, Grid, Workbook, find_grids, read_workbook
from courtepointe.people.bringing import (
    Matching,
    Result,
    Shape,
    best_grid,
    caution_text,
    propose_mapping,
    read_remembered,
    read_rows,
    shape,
    shipped,
    write_corrected,
    write_table,
)
from courtepointe.people.bringing.told import columns_told, faults_told, result_told, tables_told
from courtepointe.people.bringing.words import say

LANG = click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
OUT = click.Path(path_type=Path, dir_okay=False)
SHOWN = 50


@click.command("shapes")
@LANG
def shapes(lang: str) -> None:
    """List the shapes that `check-file` knows, with their fields; a star marks what is required."""
    for one in shipped():
        fields = ", ".join(f"{field.said(lang)}{'*' * field.required}" for field in one.fields)
        click.echo(f"{one.code}\t{one.said(lang)}\t{fields}")


@click.command("blank-file")
@click.argument("shape_code", metavar="SHAPE")
@click.option("--out", type=OUT, required=True, help="An .xlsx to fill in.")
@LANG
def blank(shape_code: str, out: Path, lang: str) -> None:
    """Write an empty table of SHAPE to fill in, with what each column takes."""
    write_whole(out, write_table(shape(shape_code), lang=lang))
    click.echo(str(out))


@click.command("check-file")
@click.argument("shape_code", metavar="SHAPE")
@click.argument("file", type=click.Path(path_type=Path))
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print all that was found as JSON.")
@click.option(
    "--out", type=OUT, help="An .xlsx: the same file, its faulty cells coloured and noted."
)
@click.option("--sheet", help="Name of the sheet; else the visible one that fits best.")
@click.option("--table", "place", type=click.IntRange(min=1), help="Which table of the sheet.")
@click.option("--header-row", type=click.IntRange(min=1), help="Row of the headings, where they are not found.")  # fmt: skip
@click.option("--remembered", type=click.Path(path_type=Path), help="A mapping kept by --remember.")
@click.option("--remember", type=OUT, help="A .json to keep the mapping in.")
@click.option("--column", "columns", multiple=True, metavar="LETTERS=FIELD", help="Say which field a column is; LETTERS= leaves it aside.")  # fmt: skip
@click.option(
    "--day-first/--month-first", "day_first", default=None, help="How 03/04/2025 is read."
)
@click.option("--show-sealed", is_flag=True, help="Print what cells of personal fields hold.")
def check(
    shape_code: str, file: Path, lang: str, as_json: bool, out: Path | None,
    remember: Path | None, show_sealed: bool, **said: Any,
) -> None:  # fmt: skip
    """Say which column of FILE is which field of SHAPE, and all that is wrong, cell by cell.

    FILE is an XLSX, XLS, ODS, CSV or TSV as people have it. Nothing is kept. The exit code is 3 where
    a cell is faulty or a required column is missing. SHAPE is one of those that `shapes` lists.
    """
    wanted = shape(shape_code)
    workbook, grids, grid, matching = _matched(file, wanted, **said)
    result = read_rows(grid, matching, wanted, today=datetime.now(tz=UTC).astimezone().date())
    if remember is not None:
        write_whole(remember, matching.remembered().to_json().encode())
    if out is not None:
        write_whole(out, write_corrected(workbook, result, wanted, lang=lang))
    if as_json:
        told = result_told(result, wanted, lang=lang, sealed=not show_sealed)
        told["tables"] = tables_told(grids, grid)
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, default=str))
    else:
        for one in tables_told(grids, grid) if len(grids) > 1 else ():
            mark = "*" if one["read"] else "-" if one["hidden"] else " "
            click.echo(f"{mark} {one['sheet']}\t{one['place']}\t{one['rows']}")
        _print(result, wanted, lang, sealed=not show_sealed)
    if not result.is_clean:
        raise click.exceptions.Exit(3)


def _matched(
    file: Path, wanted: Shape, *, sheet: str | None, place: int | None, header_row: int | None,
    remembered: Path | None, columns: tuple[str, ...], day_first: bool | None,
) -> tuple[Workbook, tuple[Grid, ...], Grid, Matching]:  # fmt: skip
    """Read a file, choose its table, match its columns, and take what was said by hand."""
    content = check_file(file, limit_bytes=LIMITS.file_bytes).read_bytes()
    workbook = read_workbook(content, file=file.name)
    name = workbook.sheets[0].name if sheet is None and header_row else sheet
    headers = {name: header_row} if header_row and name is not None else {}
    kept = read_remembered(check_file(remembered).read_text("utf-8")) if remembered else None
    grids = find_grids(workbook, header_rows=headers)
    grid = best_grid(grids, wanted, remembered=kept, sheet=name, place=place)
    matching = propose_mapping(grid, wanted, kept)
    for told in columns:
        letters, _, field = told.partition("=")
        matching = matching.changed(letters.strip().upper(), wanted.field(field.strip()))
    if day_first is not None:
        matching = matching.with_days(first=day_first)
    return workbook, grids, grid, matching


def _print(result: Result, wanted: Shape, lang: str, *, sealed: bool) -> None:
    """Print the mapping on standard output, and what is wrong on standard error."""
    click.echo(f"{result.file}\t{result.sheet}\t{len(result.rows)} / {result.n_rows}")
    for line in columns_told(result, wanted, lang=lang):
        click.echo("\t".join(line))
    for one in result.left_out:
        click.echo(f"{one.row}\t{say('left_out', one.why, lang=lang)}\t{one.text[:60]}")
    for caution in result.cautions:
        click.echo(caution_text(caution, lang=lang), err=True)
    for code in result.lacking:
        field = wanted.by_code[code].said(lang)
        click.echo(say("sheet", "lacking", lang=lang, fields=field), err=True)
    for address, sentence in faults_told(result, wanted, lang=lang, sealed=sealed, most=SHOWN):
        click.echo(f"{address}\t{sentence}", err=True)
    if len(result.faults) > SHOWN:
        click.echo(f"… {len(result.faults) - SHOWN}", err=True)
