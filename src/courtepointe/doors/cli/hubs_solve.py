"""`courtepointe hubs solve`: choose sites, and prove the choice."""

from __future__ import annotations

import importlib
import json
import math
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from courtepointe.core.siting import (
    Answer,
    Rounding,
    Watch,
    max_cover,
    max_cover_on_budget,
    max_cover_on_plane,
    p_center,
    p_median,
    p_median_on_plane,
    set_cover,
    set_cover_on_plane,
)
from courtepointe.doors.cli.hubs_options import LANG
from courtepointe.doors.cli.hubs_problem import Problem, of_orlib, of_tables, of_tsplib
from courtepointe.press.numbers import number

FILE = click.Path(path_type=Path, dir_okay=False)
GOALS = ("p-median", "max-cover", "set-cover", "p-center")
WORDS = {
    "fr": {
        "proven": "prouvé", "open": "pas prouvé : mieux que {} n’existe pas", "people": "personnes", "ties": "autres choix aussi bons", "more": "et peut-être d’autres",
    },
    "en": {
        "proven": "proven", "open": "not proven: nothing is better than {}", "people": "people", "ties": "other choices as good", "more": "and perhaps others",
    },
}  # fmt: skip


@click.command()
@click.argument("goal", type=click.Choice(GOALS))
@click.option("--p", "n_open", type=int, help="How many sites to open, beside the existing ones. An OR-Library file says its own.")  # fmt: skip
@click.option("--limit", type=float, help="Within reach is up to this distance (coverage), in the unit of the distances.")  # fmt: skip
@click.option("--budget", type=float, help="Instead of --p, for max-cover: what may be spent; the sites' file has a column price.")  # fmt: skip
@click.option("--orlib", type=FILE, help="A network of OR-Library (pmed1.txt): a person and a site at each vertex.")  # fmt: skip
@click.option("--tsplib", type=FILE, help="Points of TSPLIB (rl1304.tsp): a person and a site at each.")  # fmt: skip
@click.option("--rounding", type=click.Choice([one.value for one in Rounding]), default="floor", show_default=True, help="Of the distances of --tsplib; published optima of p-medians take the floor.")  # fmt: skip
@click.option("--demand", type=FILE, help="A table of people: id, people, and x and y, or lon and lat.")  # fmt: skip
@click.option("--people", "people", help="The column of --demand that counts people; else a usual one.")  # fmt: skip
@click.option("--sites", type=FILE, help="A table of sites: id, x and y or lon and lat; price, status (forced, forbidden, existing).")  # fmt: skip
@click.option("--costs", type=FILE, help="A table of distances: demand, site, distance; a pair that is absent has no way.")  # fmt: skip
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), help="Stop after so many seconds with the best so far.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print objective, bound, proven, sites, seconds, peak_mb.")  # fmt: skip
@LANG
def solve(
    goal: str, n_open: int | None, limit: float | None, budget: float | None, orlib: Path | None,
    tsplib: Path | None, rounding: str, demand: Path | None, people: str | None, sites: Path | None,
    costs: Path | None, time_limit: float | None, as_json: bool, lang: str,
) -> None:  # fmt: skip
    """Choose sites for GOAL, and prove the choice or say how far from the best it may be.

    \b
    p-median   the least sum of people times distance to the nearest of --p sites
    max-cover  the most people within --limit of --p sites, or of what --budget buys
    set-cover  the fewest sites (the cheapest, if they have prices) with all within --limit
    p-center   the least distance of whoever has the farthest to go, with --p sites

    \b
    courtepointe hubs solve p-median --orlib pmed1.txt --json
    courtepointe hubs solve max-cover --p 4 --limit 5000 --demand people.csv --sites sites.csv --costs ways.csv

    The bound is what no choice can do better than; "proven" says that the objective has reached it. The
    exit code is 0 for an answer, proven or not; 2 for a command that is not whole, 3 for a file or a
    value that is not understood, 4 where there is no answer: what would change that is told.
    """
    started = time.perf_counter()
    problem = _problem(orlib, tsplib, Rounding(rounding), (demand, sites, costs), people)
    n_open = problem.n_open if n_open is None else n_open
    _check(goal, n_open, limit, budget)
    with _progress() as tell:

        def go_on() -> bool:
            return time_limit is None or time.perf_counter() - started < time_limit

        told = _answer(goal, problem, n_open, limit, budget, Watch(go_on, tell))
    seconds = time.perf_counter() - started
    if as_json:
        click.echo(json.dumps(_as_json(told, problem, seconds), ensure_ascii=False))
        return
    for line in _lines(told, problem, goal, seconds, lang):
        click.echo(line)


def _problem(
    orlib: Path | None, tsplib: Path | None, rounding: Rounding,
    tables: tuple[Path | None, Path | None, Path | None], people: str | None,
) -> Problem:  # fmt: skip
    demand, sites, costs = tables
    given = [orlib is not None, tsplib is not None, any(one is not None for one in tables)]
    if sum(given) != 1:
        raise click.UsageError("Give one of --orlib, --tsplib, or --demand with --sites.")
    if orlib is not None:
        return of_orlib(orlib)
    if tsplib is not None:
        return of_tsplib(tsplib, rounding)
    if demand is None or sites is None:
        raise click.UsageError("--demand and --sites go together; --costs is beside them.")
    return of_tables(demand, sites, costs, people)


def _check(goal: str, n_open: int | None, limit: float | None, budget: float | None) -> None:
    """Hold the options to what the goal needs."""
    if budget is not None and goal != "max-cover":
        raise click.UsageError("--budget is for max-cover.")
    if goal in ("max-cover", "set-cover") and limit is None:
        raise click.UsageError(f"{goal} needs --limit: how far is within reach?")
    if goal != "set-cover" and n_open is None and budget is None:
        raise click.UsageError(f"{goal} needs --p: how many sites open?")


def _answer(
    goal: str, problem: Problem, n_open: int | None, limit: float | None, budget: float | None,
    watch: Watch,
) -> Answer:  # fmt: skip
    people, terms, far = problem.people, problem.terms, float(limit or 0.0)
    if goal == "p-center":
        return p_center(problem.distance, people, n_open=int(n_open or 0), terms=terms, watch=watch)
    if goal == "max-cover" and budget is not None:
        if problem.price is None:
            raise click.UsageError("--budget needs a column price in the file of --sites.")
        return max_cover_on_budget(
            problem.distance, people, limit=far, price=problem.price, budget=budget, terms=terms,
            watch=watch,
        )  # fmt: skip
    if problem.points is None or problem.sites is None:
        return _of_table(goal, problem, int(n_open or 0), far, watch)
    radius = problem.rounding.reach(far)
    if goal == "set-cover":
        return set_cover_on_plane(
            problem.points, problem.sites, people, radius=radius, price=problem.price, terms=terms,
            watch=watch,
        )  # fmt: skip
    if goal == "max-cover":
        return max_cover_on_plane(
            problem.points, problem.sites, people, radius=radius, n_open=int(n_open or 0), terms=terms,
            watch=watch,
        ).answer  # fmt: skip
    return p_median_on_plane(
        problem.points, problem.sites, people, n_open=int(n_open or 0), rounding=problem.rounding,
        terms=terms, watch=watch,
    ).answer  # fmt: skip


def _of_table(goal: str, problem: Problem, n_open: int, limit: float, watch: Watch) -> Answer:
    distance, people, terms = problem.distance, problem.people, problem.terms
    if goal == "set-cover":
        return set_cover(
            distance, people, limit=limit, price=problem.price, terms=terms, watch=watch
        )
    if goal == "max-cover":
        return max_cover(
            distance, people, limit=limit, n_open=n_open, terms=terms, watch=watch
        ).answer
    return p_median(distance, people, n_open=n_open, terms=terms, watch=watch).answer


@contextmanager
def _progress() -> Iterator[Callable[[float, float], None]]:
    """Show what is reached on standard error; nothing where nobody looks."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("…")

        def tell(objective: float, bound: float) -> None:
            bar.update(task, description=f"{objective:,.6g} · {bound:,.6g}")

        yield tell


def _as_json(told: Answer, problem: Problem, seconds: float) -> dict[str, Any]:
    return {
        "objective": told.objective,
        # JSON has no infinity: a search stopped before its first bound has none.
        "bound": told.bound if math.isfinite(told.bound) else None,
        "proven": told.proven,
        "sites": [problem.names[site] for site in told.sites],
        "seconds": round(seconds, 4),
        "peak_mb": peak_mb(),
    }


def peak_mb() -> float | None:
    """Say how much memory the process has held at most; None where the system does not tell."""
    try:
        resource: Any = importlib.import_module("resource")
    except ModuleNotFoundError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    held = int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return round(held * unit / 1e6, 1)


def _lines(told: Answer, problem: Problem, goal: str, seconds: float, lang: str) -> list[str]:
    """Tell an answer: what it reaches, what is proven, why each site, what is as good."""
    words = WORDS[lang]
    bound = words["proven"] if told.proven else words["open"].format(_number(told.bound, lang))
    lines = [
        f"{goal} · {_number(told.objective, lang)} · {bound} · {_number(round(seconds, 2), lang)} s"
    ]
    lines += [
        f"{problem.names[site]}\t{_number(people, lang)} {words['people']}"
        for site, people in zip(told.sites, told.reasons.people, strict=True)
    ]
    if told.alternatives:
        more = "" if told.every_alternative else f", {words['more']}"
        lines.append(f"{len(told.alternatives)} {words['ties']}{more}")
    return lines


def _number(told: float, lang: str) -> str:
    if not math.isfinite(told):
        return "∞"
    whole = float(told).is_integer()
    return number(told, lang=lang, decimals=0 if whole else 2)
