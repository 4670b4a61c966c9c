"""`courtepointe atlas demo`: write the files of a city that does not exist."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from courtepointe.atlas.demo.plan import plan_of
from courtepointe.atlas.demo.write import write_demo


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write.")
@click.option(
    "--size",
    default="city",
    show_default=True,
    help="town (12 dissemination areas), city (144), or a number up to 57936.",
)
@click.option("--seed", default=2021, show_default=True, help="The same seed, the same bytes.")
@click.option(
    "--lang", default="en", show_default=True, help="Edition of the Census Profile, fr or en."
)
@click.option(
    "--jobs",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that make regions of a size above 160; the bytes stay the same.",
)
def demo(out: Path, size: str, seed: int, lang: str, jobs: int) -> None:
    """Write a fictional city in its publishers' own formats, the truth beside it.

    Build its atlas with: courtepointe atlas build recipes/demo.toml --sources OUT --out PACK
    """
    plan = plan_of(size, seed=seed, lang=lang)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("Dissemination areas", total=plan.n_das)
        write_demo(out, plan, jobs=jobs, tell=lambda done: bar.advance(task, done))
    click.echo(f"{out}: {plan.n_das} dissemination areas of a city that does not exist")
