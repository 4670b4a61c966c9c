"""`courtepointe places sheets | cells | keyed`: a mapping workshop, from paper to map."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.core.sheets import (
    Answered,
    CutCell,
    ReadSheet,
    SheetKind,
    SheetPaper,
    answers_of,
    card_layout,
    new_sheets,
    read_sheet,
)
from courtepointe.doors.cli.press_documents import paper_faces
from courtepointe.doors.words import sentence
from courtepointe.formats.boundaries import read_boundaries
from courtepointe.formats.lines import read_lines
from courtepointe.formats.sheet_photos import png_of, read_sheet_photo
from courtepointe.formats.whole import write_whole
from courtepointe.places.workshop import (
    Keyed,
    agreed,
    check_keyed,
    contributions_geojson,
    differences,
    keying_csv,
    printed,
    read_keying,
    read_record,
    write_record,
)
from courtepointe.press.workshop import Workshop, ground_of, write_sheets
from courtepointe.press.workshop.ground import NO_LINES
from courtepointe.press.workshop.words import sheet_words

LANG = click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.argument("area")
@click.option("--out", type=FILE, required=True, help="A .pdf; a .json of the same name is kept for `keyed`.")  # fmt: skip
@LANG
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="letter", show_default=True)
@click.option("--cards", type=click.IntRange(0, 800), default=24, show_default=True, help="How many cards; whole sheets of them are printed.")  # fmt: skip
@click.option("--large-map", is_flag=True, help="Print the map on A3, or tabloid.")
@click.option("--streets", type=FILE, help="Lines with names: GeoPackage, GeoJSON, a zipped Shapefile.")  # fmt: skip
@click.option("--street-names", help="The column of the names; else a usual one.")
@click.option("--water", type=FILE, help="Polygons of water, in the same kinds of files.")
@click.option("--credit", default="", help="Who made streets and water, as their licence asks.")
@click.option("--seed", type=int, help="Draw the same codes again, for a test.")
def sheets(
    pack: Path, area: str, out: Path, lang: str, paper: str, cards: int, large_map: bool,
    streets: Path | None, street_names: str | None, water: Path | None, credit: str,
    seed: int | None,
) -> None:  # fmt: skip
    """Print the sheets of a mapping workshop in AREA of PACK: a guide, a map in squares, cards.

    AREA is TYPE:VINTAGE:CODE, or TYPE:CODE for the current vintage. Every sheet has a code of its own.
    """
    if out.suffix.lower() != ".pdf":
        raise BadInput("sheets_file_ending", value=out.name)
    atlas = Atlas(open_pack(pack))
    crs = atlas.pack.recipe.metric_crs
    lines = NO_LINES if streets is None else read_lines(streets, to_crs=crs, names=street_names)
    lakes = None if water is None else read_boundaries(water, to_crs=crs).shapes
    ground = ground_of(
        atlas, atlas.find(area), paper=paper, lang=lang, large=large_map, streets=lines,
        water=lakes, credit=credit,
    )  # fmt: skip
    a_sheet = len(card_layout(SheetPaper(paper)).cells)
    codes = new_sheets(1 + -(-cards // a_sheet), rng=np.random.default_rng(seed))
    made = Workshop(ground.name, SheetPaper(paper), lang, codes[0], codes[1:], ground)
    content = write_sheets(made, fonts=paper_faces())
    write_whole(out.with_suffix(".json"), write_record(printed(made)))
    write_whole(out, content)
    click.echo(f"{out} · {ground.name} · {codes[0].spaced} · {len(codes) - 1} × {a_sheet}")


@click.command()
@click.argument("photos", type=FILE, nargs=-1, required=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="A folder.")  # fmt: skip
@LANG
@click.option("--dpi", type=click.IntRange(150, 400), default=200, show_default=True)
def cells(photos: tuple[Path, ...], out: Path, lang: str, dpi: int) -> None:
    """Straighten PHOTOS of sheets and cut them in cells: PNG files, an index.json, a table to key into.

    Which boxes are ticked is read, or said to be in doubt; what is written, people key. A photo that
    cannot be read is told and leaves the others as they are.
    """
    out.mkdir(parents=True, exist_ok=True)
    told, rows = [], []
    for place, photo in enumerate(photos, start=1):
        folder = out / f"{place:03d}-{photo.stem}"
        try:
            read = _read(photo, dpi)
        except CourtepointeError as error:
            error.facts.setdefault("file", photo.name)
            told.append({"file": photo.name, "error": _said(error, lang)})
            click.echo(f"{photo.name}: {sentence(error, lang=lang)}", err=True)
            continue
        _write_cells(read, folder)
        entry = _entry(read, photo, folder.name, lang)
        told.append(entry)
        rows += [_row(one, lang) for one in read.cells if _is_to_key(one)]
        _tell(entry, lang)
    index = json.dumps({"photos": told}, ensure_ascii=False, indent=1) + "\n"
    write_whole(out / "index.json", index.encode())
    if rows:
        write_whole(out / "keying.csv", keying_csv(rows, lang=lang).encode())
    if any("error" in one for one in told):
        raise click.exceptions.Exit(3)


def _read(photo: Path, dpi: int) -> ReadSheet:
    try:
        content = photo.read_bytes()
    except OSError as error:
        raise BadInput("photo_missing", file=str(photo)) from error
    return read_sheet(read_sheet_photo(content, file=photo.name).pixels, dpi=float(dpi))


def _write_cells(read: ReadSheet, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / "sheet.png", png_of(read.pixels, dpi=read.dpi))
    for one in read.cells:
        write_whole(folder / f"{one.cell.name}.png", png_of(one.pixels, dpi=read.dpi))


def _said(error: CourtepointeError, lang: str) -> dict[str, Any]:
    facts = {name: str(fact) for name, fact in error.facts.items()}
    return {"code": error.code, "facts": facts, "sentence": sentence(error, lang=lang)}


def _entry(read: ReadSheet, photo: Path, folder: str, lang: str) -> dict[str, Any]:
    """Say what was read, what it is worth, and what is in doubt."""
    notices = [
        CourtepointeError(one.code, **{"file": photo.name, **one.facts}) for one in read.notices
    ]
    return {
        "file": photo.name,
        "folder": folder,
        "layout": read.laid.layout.code,
        "code": None if read.code is None else read.code.spaced,
        "marks_seen": [one.mark.corner.number for one in read.laid.seen],
        "marks_error_mm": round(read.laid.error_mm, 2),
        "edge_rise_mm": round(read.focus.rise_mm, 2),
        "pixels_per_mm": round(read.focus.px_per_mm, 1),
        "sharpness": read.focus.sharpness.value,
        "notices": [_said(one, lang) for one in notices],
        "cells": [_cell(one, folder) for one in read.cells],
    }


def _cell(one: CutCell, folder: str) -> dict[str, Any]:
    told: dict[str, Any] = {"name": one.cell.name, "picture": f"{folder}/{one.cell.name}.png"}
    if one.filled is None:
        return told
    return told | {
        "card": None if one.code is None else one.code.spaced,
        "filled": one.filled.value,
        "answers": {
            answer.field: {"answered": answer.answered.value, "option": answer.option}
            for answer in answers_of(one.ticks)
        },
        "boxes": {
            f"{tick.field}.{tick.option}": {"filled": tick.filled.value, "ink": tick.ink}
            for tick in one.ticks
        },
        "writing": {
            wrote.field: {"filled": wrote.filled.value, "ink_mm2": wrote.ink_mm2}
            for wrote in one.writing
        },
    }


def _is_to_key(one: CutCell) -> bool:
    return one.filled is not None and one.filled.value != "empty"


def _row(one: CutCell, lang: str) -> tuple[str, Mapping[str, str]]:
    """Give a row to key into: answered where exactly one box is ticked, empty where in doubt."""
    answers = {
        answer.field: sheet_words(answer.field, lang=lang)[answer.option]
        for answer in answers_of(one.ticks)
        if answer.answered is Answered.ONE and answer.option is not None
    }
    return "" if one.code is None else one.code.spaced, answers


def _tell(entry: Mapping[str, Any], lang: str) -> None:
    doubts = [
        f"{cell['name']}.{name}"
        for cell in entry["cells"]
        for name, answer in cell.get("answers", {}).items()
        if answer["answered"] in ("doubt", "several")
    ]
    filled = sum(cell.get("filled") not in (None, "empty") for cell in entry["cells"])
    kind = SheetKind.CARDS if "answers" in entry["cells"][0] else SheetKind.MAP
    parts = [
        entry["file"],
        entry["code"] or "?",
        entry["layout"],
        f"± {entry['marks_error_mm']} mm",
    ]
    if kind is SheetKind.CARDS:
        parts.append(f"{filled}/{len(entry['cells'])}")
    if doubts:
        parts.append(f"? {', '.join(doubts)}")
    click.echo(" · ".join(parts))
    for notice in entry["notices"]:
        click.echo(f"  {notice['sentence']}")


@click.command()
@click.argument("record", type=FILE)
@click.argument("keyings", type=FILE, nargs=-1, required=True)
@click.option("--out", type=FILE, help="A .geojson; else only what was found is told.")
@click.option("--for", "audience", type=click.Choice(["table", "everyone"]), default="everyone", show_default=True, help="Who is to be shown it.")  # fmt: skip
@LANG
def keyed(
    record: Path, keyings: tuple[Path, ...], out: Path | None, audience: str, lang: str
) -> None:
    """Check tables of keyed cards against the RECORD of their sheets, and put them on the map.

    KEYINGS is one table, or two that two people keyed: what differs is told, and nothing is written
    until they agree.
    """
    if len(keyings) > 2:
        raise click.UsageError("One table, or two to compare.")
    made = read_record(_bytes(record), file=record.name)
    tables = [read_keying(one) for one in keyings]
    if len(tables) == 2:
        _tell_differences(tables[0], tables[1])
        rows: Sequence[Keyed] = agreed(tables[0], tables[1])
    else:
        rows = tables[0]
    checked = check_keyed(rows, made)
    _tell_faults(checked.faults, lang)
    held = checked.contributions
    shown = [one for one in held if one.may_be_shown_to(audience)]
    for one in held:
        if one.cautions:
            click.echo(f"{one.card.spaced}\t{', '.join(one.cautions)}")
    click.echo(f"{len(held)} · {audience}: {len(shown)} · {checked.n_empty} ∅")
    if out is not None:
        write_whole(out, contributions_geojson(held, made, audience=audience, lang=lang))
        click.echo(str(out))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput("workshop_record", file=path.name, value="—", expected="JSON") from error


def _tell_differences(first: Iterable[Keyed], second: Iterable[Keyed]) -> None:
    for one in differences(first, second):
        click.echo(f"{one.card}\t{one.field}\t{one.first or '∅'}\t{one.second or '∅'}", err=True)


def _tell_faults(faults: Sequence[CourtepointeError], lang: str) -> None:
    for one in faults:
        where = f"{one.facts['row']}\t{one.facts['card']}\t{one.facts['field']}"
        click.echo(f"{where}\t{sentence(one, lang=lang)}", err=True)
    if faults:
        raise click.exceptions.Exit(3)
