"""`courtepointe atlas build | report | fetch | indicators`."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from courtepointe.atlas.build.engine import Engine, InProcess
from courtepointe.atlas.build.pool import Pool
from courtepointe.atlas.build.run import build_pack
from courtepointe.atlas.downloads import Fetched, fetch_missing
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.recipe.listing import indicators_page
from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.core.errors import NotFound
from courtepointe.doors.cli.atlas_report import report_lines
from courtepointe.doors.words import sentence

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
LANG = click.Choice(["fr", "en"])

OnStep = Callable[[str, int, int | None], None]


@contextmanager
def progress_bar() -> Iterator[OnStep]:
    """Draw what is being done on standard error; nothing where nobody looks."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        tasks: dict[str, Any] = {}

        def step(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                for earlier in tasks.values():
                    bar.update(earlier, visible=False)
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield step


@click.command()
@click.argument("recipe", type=FILE)
@click.option("--sources", type=FOLDER, required=True, help="Folder of publishers' files.")
@click.option("--out", type=FOLDER, required=True, help="Folder of the pack to write.")
@click.option("--download", is_flag=True, help="First fetch the files that are absent.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that share the work; the pack is the same.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Share the work among the workers of a Dask scheduler, such as tcp://10.0.0.5:8786. "
    "They must see the sources and the pack's folder under the same paths, and have the same "
    "Courtepointe; in place of --workers.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--lang", type=LANG, default="fr", show_default=True)
def build(
    recipe: Path,
    sources: Path,
    out: Path,
    download: bool,
    workers: int,
    cluster: str | None,
    as_json: bool,
    lang: str,
) -> None:
    """Build a pack from RECIPE and a folder of publishers' files.

    All or nothing: a former pack is served until the new one is whole.
    """
    if cluster and workers > 1:
        raise click.UsageError("--workers and --cluster exclude each other: choose one.")
    if download:
        _fetch(recipe, sources, lang=lang)
    with progress_bar() as step, _engine(workers, cluster, sources) as engine:
        built = build_pack(
            recipe,
            sources=sources,
            out=out.absolute(),
            now=datetime.now(UTC),
            on_step=step,
            engine=engine,
        )
    if as_json:
        click.echo(_json({"content_hash": built.content_hash, "report": built.report}))
        return
    for line in report_lines(built.report, lang=lang):
        click.echo(line)
    click.echo(f"{out} · {built.content_hash}")


def _engine(workers: int, cluster: str | None, sources: Path) -> AbstractContextManager[Engine]:
    if cluster:
        try:
            module = importlib.import_module("courtepointe.atlas.build.cluster")
        except ModuleNotFoundError as error:
            raise NotFound("cluster_not_installed", expected="courtepointe[cluster]") from error
        found: AbstractContextManager[Engine] = module.Cluster(
            cluster, folders=(sources.absolute(),)
        )
        return found
    return Pool(workers) if workers > 1 else nullcontext(InProcess())


@click.command()
@click.argument("pack", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--lang", type=LANG, default="fr", show_default=True)
def report(pack: Path, as_json: bool, lang: str) -> None:
    """Say what the build of PACK read, matched, repaired and refused."""
    opened = open_pack(pack)
    if as_json:
        click.echo(_json(opened.report))
        return
    for line in report_lines(opened.report, lang=lang):
        click.echo(line)


@click.command()
@click.argument("recipe", type=FILE)
@click.option("--sources", type=FOLDER, required=True, help="Folder to put the files in.")
@click.option("--lang", type=LANG, default="fr", show_default=True)
def fetch(recipe: Path, sources: Path, lang: str) -> None:
    """Download the files of RECIPE that are absent, from their publishers."""
    _fetch(recipe, sources, lang=lang)


def _fetch(recipe: Path, sources: Path, *, lang: str) -> None:
    with progress_bar() as step:
        fetched = fetch_missing(read_recipe(recipe), sources, on_progress=step)
    for one in fetched:
        click.echo(_told(one, lang=lang), err=True)


def _told(one: Fetched, *, lang: str) -> str:
    if one.error is not None:
        return sentence(one.error, lang=lang)
    return f"{one.source} · {one.file} · {one.n_bytes} B · {one.edition} · {one.sha256}"


@click.command()
@click.argument("recipes", nargs=-1, required=True, type=FILE)
@click.option("--out", type=FILE, help="File to write; else standard output.")
def indicators(recipes: tuple[Path, ...], out: Path | None) -> None:
    """Write the list of indicators and area types of RECIPES, in Markdown."""
    page = indicators_page([read_recipe(recipe) for recipe in recipes])
    if out is None:
        click.echo(page, nl=False)
        return
    out.write_text(page, encoding="utf-8")


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
