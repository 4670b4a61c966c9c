"""`courtepointe press portrait | all | templates`: portraits as documents."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import django
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.atlas import DRAWN, Atlas
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.doors.words import sentence
from courtepointe.formats.boundaries import read_drawn
from courtepointe.formats.whole import write_whole
from courtepointe.press.batch import OnDone, Order, make_all
from courtepointe.press.forms.registry import Form, Setting, write
from courtepointe.press.photos import read_photo
from courtepointe.press.publication.compose import compose
from courtepointe.press.publication.material import (
    Subject,
    drawn_subject_of,
    set_material,
    subject_of,
)
from courtepointe.press.publication.values import Photo
from courtepointe.press.templates import Template, read_template, shipped, template
from courtepointe.press.templates.read import template_text
from courtepointe.press.templates.values import Paper

PACK = click.argument("pack", type=click.Path(path_type=Path))
FORM = click.Choice([form.value for form in Form])
LANG = click.Choice(["fr", "en"])
TEMPLATE = click.option(
    "--template", "named", default="portrait", show_default=True,
    help="A shipped template, or a .toml file of your own: see `press templates`.",
)  # fmt: skip
PAPER = click.option(
    "--paper", type=click.Choice([paper.value for paper in Paper]), default="a4", show_default=True
)


def paper_faces() -> Path:
    """Give the faces of paper, which are kept in the site's data folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtepointe.config.settings")
    django.setup(set_prefix=False)
    module: Any = importlib.import_module("courtepointe.doors.faces")
    found: Path = module.paper_faces()
    return found


@click.command()
@PACK
@click.option("--area", help="TYPE:VINTAGE:CODE, or TYPE:CODE for the current vintage.")
@click.option(
    "--geojson", type=click.Path(path_type=Path, dir_okay=False),
    help="A file with the area: GeoJSON, GeoPackage, KML or a zipped Shapefile.",
)  # fmt: skip
@click.option("--name", default="", help="What a drawn area is called; else what its file says.")
@click.option("--lang", type=LANG, default="fr", show_default=True)
@click.option("--format", "form", type=FORM, help="Else what the ending of --out says.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@TEMPLATE
@PAPER
@click.option(
    "--section", "sections", multiple=True,
    help="Code of a section to show; several, in order. Else all.",
)  # fmt: skip
@click.option("--against", multiple=True, help="Read it against city, parent, peers, past, target, a key.")  # fmt: skip
@click.option(
    "--fit", type=click.Choice(["best_fit", "as_drawn"]), default="best_fit", show_default=True
)
@click.option("--photo", "photos", multiple=True, metavar="NAME=FILE", help="A photo that a template names.")  # fmt: skip
def portrait(
    pack: Path, area: str | None, geojson: Path | None, name: str, lang: str, form: str | None,
    out: Path, named: str, paper: str, sections: tuple[str, ...], against: tuple[str, ...],
    fit: str, photos: tuple[str, ...],
) -> None:  # fmt: skip
    """Print the portrait of one area of PACK as a document."""
    if (area is None) == (geojson is None):
        raise click.UsageError("Give either --area or --geojson.")
    kind = _form(form, out)
    held = _template(named)
    given = _photos(photos)
    atlas = Atlas(open_pack(pack))
    method = FitMethod(fit)
    subject = (
        _official(atlas, area, method, against)
        if area is not None
        else _drawn(atlas, geojson, name, method, against)
    )
    setting = Setting(paper_faces(), paper)
    material = set_material(subject, lang=lang, photos=given)
    made = compose(held, material, sections=sections)
    content = write(made, material, kind, setting)
    write_whole(out, content)
    click.echo(f"{out} · {made.title} · {len(content)} B")


def _form(form: str | None, out: Path) -> Form:
    word = form or out.suffix.lower().removeprefix(".")
    if word not in set(Form):
        raise BadInput("unknown_form", value=word or out.name, expected=", ".join(Form))
    return Form(word)


def _template(named: str) -> Template:
    if named.endswith(".toml"):
        return read_template(_text(Path(named)), file=Path(named).name)
    return template(named)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInput("template_file_missing", file=str(file)) from error
    except UnicodeDecodeError as error:
        raise BadInput("template_toml", file=file.name, problem="UTF-8") from error


def _photos(told: tuple[str, ...]) -> Mapping[str, Photo]:
    found = {}
    for one in told:
        name, mark, where = one.partition("=")
        if not mark or not name or not where:
            raise click.UsageError(f"--photo {one}: write NAME=FILE.")
        try:
            content = Path(where).read_bytes()
        except OSError as error:
            raise BadInput("photo_missing", file=where) from error
        found[name] = read_photo(content, file=Path(where).name)
    return found


def _official(atlas: Atlas, area: str, method: FitMethod, against: tuple[str, ...]) -> Subject:
    found = atlas.portrait(atlas.find(area), method=method)
    return subject_of(atlas, atlas.against(found, against) if against else found)


def _drawn(
    atlas: Atlas, file: Path | None, name: str, method: FitMethod, against: tuple[str, ...]
) -> Subject:
    assert file is not None
    drawn = read_drawn(file, filename=file.name, to_crs=atlas.pack.recipe.metric_crs)
    for notice in drawn.notices:
        click.echo(f"{file.name}: {notice.replace('_', ' ')}", err=True)
    told = name or drawn.name
    words = DRAWN if not told else Words(told, told)
    found = atlas.portrait_of_shape(drawn.shape, name=words, method=method, in_metres=True)
    return drawn_subject_of(atlas, atlas.against(found, against) if against else found, drawn.shape)


@click.command("all")
@PACK
@click.option(
    "--type", "area_type", required=True, help="TYPE:VINTAGE, or TYPE for the current one."
)
@click.option("--format", "forms", type=FORM, multiple=True, default=("pdf",), show_default=True)
@click.option("--lang", "langs", type=LANG, multiple=True, default=("fr", "en"), show_default=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A folder, or a .zip.")
@TEMPLATE
@PAPER
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
def all_(
    pack: Path, area_type: str, forms: tuple[str, ...], langs: tuple[str, ...], out: Path,
    named: str, paper: str, workers: int, as_json: bool,
) -> None:  # fmt: skip
    """Print the portraits of all areas of a type of PACK.

    A batch that was stopped goes on where it was: run the same command again.
    """
    text = _text(Path(named)) if named.endswith(".toml") else template_text(named)
    file = Path(named).name if named.endswith(".toml") else f"{named}.toml"
    read_template(text, file=file)
    kind = area_table(open_pack(pack), area_type).type_and_vintage
    order = Order(
        pack.absolute(), kind, tuple(dict.fromkeys(forms)), tuple(dict.fromkeys(langs)), text, file,
        paper_faces(), paper,
    )  # fmt: skip
    with _bar() as tell:
        done = make_all(order, out.absolute(), workers=workers, on_done=tell)
    if as_json:
        told = [
            {"code": one.code, "lang": one.lang, "form": one.form, "error": one.error.code,
             "sentence": sentence(one.error, lang=langs[0])}
            for one in done.failed
        ]  # fmt: skip
        click.echo(json.dumps({"made": done.made, "found": done.found, "failed": told}, indent=1, ensure_ascii=False))  # fmt: skip
    else:
        for one in done.failed:
            click.echo(f"{one.code} {one.lang} {one.form}: {sentence(one.error, lang=langs[0])}", err=True)  # fmt: skip
        click.echo(
            f"{out}: {done.made} made, {done.found} already there, {len(done.failed)} not made"
        )
    if done.failed:
        raise click.exceptions.Exit(4)


@contextmanager
def _bar() -> Iterator[OnDone]:
    """Draw how many documents are made on standard error; nothing where nobody looks."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())  # fmt: skip
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("portraits")
        yield lambda done, total: bar.update(task, completed=done, total=total)


@click.command()
@click.option("--lang", type=LANG, default="fr", show_default=True)
@click.option("--show", default="", help="Print the TOML of one of them, to start your own from.")
def templates(lang: str, show: str) -> None:
    """List the shipped templates."""
    if show:
        click.echo(template_text(show), nl=False)
        return
    for one in shipped():
        click.echo(f"{one.code}\t{one.name.in_(lang)}\t{one.about.in_(lang)}")
