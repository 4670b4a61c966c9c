"""`courtepointe hubs stress`: what hubs serve when power, streets, water or staff fail."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.streets import LIMIT_M, Streets
from courtepointe.core.stress import (
    N_TRIED,
    Demand,
    Ground,
    Hubs,
    Town,
    Trials,
    people_along,
    regrets,
)
from courtepointe.core.typing import Floats
from courtepointe.doors.cli.hubs_options import (
    FILE,
    JSON,
    LANG,
    LATITUDE,
    LAYER,
    LONGITUDE,
    PACK,
    STREETS,
)
from courtepointe.doors.cli.hubs_streets import metres_of, streets_asked
from courtepointe.doors.cli.hubs_stress_options import ADD, EQUIP, Given, Option, tried
from courtepointe.doors.cli.hubs_stress_read import HubsRead, hubs_of, living_along, scenario_named
from courtepointe.doors.cli.hubs_stress_said import lines_of
from courtepointe.doors.cli.hubs_stress_told import (
    assumed_told,
    groups_told,
    hours_told,
    options_told,
    overloads_told,
    values_told,
)
from courtepointe.formats.places import PlaceFile, read_places
from courtepointe.formats.scenarios import SHIPPED, ScenarioFile

PEOPLE = 1_000.0


@dataclass(frozen=True, slots=True)
class Ready:
    """What all scenarios are tried on."""

    streets: Streets
    ground: Ground
    living: Floats
    hubs: PlaceFile
    places: PlaceFile | None
    others: Sequence[tuple[str, PlaceFile]]
    equips: bool
    crs: str
    within_m: float


@dataclass(frozen=True, slots=True)
class Tried:
    """A scenario that was tried with every option, as they are first."""

    file: ScenarioFile
    given: Given
    options: list[Option]
    trials: list[Trials]


@click.command()
@STREETS
@click.option("--sites", "sites_file", type=FILE, required=True,
              help="Hubs: GeoJSON, GeoPackage; CSV with --longitude and --latitude. Columns capacity, autonomy_h, staff, traits and dry are read where there.")  # fmt: skip
@click.option("--scenario", "scenario_names", required=True, multiple=True,
              help=f"A file (TOML), or one that is shipped: {', '.join(SHIPPED)}; several times for several: the first is told in full, regrets over all.")  # fmt: skip
@PACK
@click.option("--people", type=float, default=PEOPLE, show_default=True,
              help="Without a pack: people, spread evenly along the streets.")  # fmt: skip
@click.option("--draws", "n_draws", type=int, default=100, show_default=True,
              help="How many times a scenario is drawn.")  # fmt: skip
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True,
              help="The same seed, the same answer.")  # fmt: skip
@click.option("--value", is_flag=True,
              help="Tell what equipping each hub would be worth: power, dry ground, all that is needed.")  # fmt: skip
@click.option("--add", "add_file", type=FILE,
              help="Places, as --sites: tell what each would be worth as one hub more.")  # fmt: skip
@click.option("--option", "option_files", type=FILE, multiple=True,
              help="Hubs in place of --sites: tell how each such file fares beside them; several times for several.")  # fmt: skip
@LAYER
@LONGITUDE
@LATITUDE
@click.option("--within-m", type=float, default=LIMIT_M, show_default=True,
              help="Sites farther from any street are left out, and named.")  # fmt: skip
@JSON
@LANG
def stress(
    streets_file: Path | None, sites_file: Path, scenario_names: tuple[str, ...], pack: Path | None,
    people: float, n_draws: int, seed: int, value: bool, add_file: Path | None,
    option_files: tuple[Path, ...], layer: str | None, longitude: str | None, latitude: str | None,
    within_m: float, as_json: bool, lang: str,
) -> None:  # fmt: skip
    """Try a scenario many times over: who is served hour by hour, who is not, what would serve them.

    With --value, --add or --option, what may be done is set side by side: what each is worth, and its
    regret, in people-hours without a place, over all scenarios. All that is assumed is printed.
    """
    atlas = None if pack is None else Atlas(open_pack(pack))
    crs = metres_of(atlas)
    streets = streets_asked(streets_file, atlas=atlas, layer=layer).streets

    def places(file: Path) -> PlaceFile:
        return read_places(file, longitude=longitude, latitude=latitude)

    living = people_along(streets, people) if atlas is None else living_along(atlas, streets)
    ready = Ready(
        streets, Ground(streets), living, places(sites_file), places(add_file) if add_file else None,
        [(str(one), places(one)) for one in dict.fromkeys(option_files)], value, crs, within_m,
    )  # fmt: skip
    done = [_tried(name, ready, seed=seed, n_draws=n_draws) for name in scenario_names]
    told = _told(ready, done, seed=seed, n_draws=n_draws)
    text = json.dumps(told, ensure_ascii=False, indent=1) if as_json else "\n".join(lines_of(told, lang=lang))  # fmt: skip
    click.echo(text)


def _tried(name: str, ready: Ready, *, seed: int, n_draws: int) -> Tried:
    """Try a scenario with every option: the same seed, so that each meets the same fate."""
    file = scenario_named(name, ready.crs)

    def read(places: PlaceFile) -> HubsRead:
        return hubs_of(ready.streets, places, file.hubs, crs=ready.crs, within_m=ready.within_m)

    given = Given(
        read(ready.hubs), None if ready.places is None else read(ready.places),
        [(name, read(one)) for name, one in ready.others], ready.equips,
    )  # fmt: skip
    shares = [file.shares[one.code] for one in file.scenario.seeking]
    demand = Demand(ready.living[:, None] * shares, file.scenario.seeking)

    def town(hubs: Hubs) -> Town:
        return Town(ready.streets, hubs, demand, ground=ready.ground)

    options, trials = tried(town, given, file, seed=seed, n_draws=n_draws)
    return Tried(file, given, options, trials)


def _told(ready: Ready, done: Sequence[Tried], *, seed: int, n_draws: int) -> dict[str, Any]:
    """Tell the first scenario in full, what each option is worth in it, and regrets over all."""
    first = done[0]
    file, given, trials = first.file, first.given, first.trials[0]
    return {
        "scenario": file.scenario.code, "hazard": file.scenario.hazard,
        "names": file.scenario.names, "draws": n_draws, "seed": seed,
        "limit_min": file.scenario.limit_min, "people": round(float(ready.living.sum()), 1),
        "hubs": _read_told(given.hubs),
        "places": None if given.places is None else _read_told(given.places),
        "groups": groups_told(file, trials), "hours": hours_told(trials),
        "overloads": overloads_told(trials, given.hubs.rows),
        "values": values_told(first.options, first.trials, EQUIP) if given.equips else None,
        "added": None if given.places is None else values_told(first.options, first.trials, ADD),
        "options": _options_told(done),
        "assumed": [_assumed_told(one.file) for one in done],
        "assumptions": file.assumptions,
        "published": [asdict(one) for one in file.published],
    }  # fmt: skip


def _read_told(one: HubsRead) -> dict[str, Any]:
    return {"read": one.n_read, "on_streets": len(one.hubs), "too_far": one.far}


def _options_told(done: Sequence[Tried]) -> list[dict[str, Any]] | None:
    """Tell the regret of each option; nothing where there is one only."""
    options = done[0].options
    if len(options) < 2:
        return None
    trials = {one.name: [its.trials[n] for its in done] for n, one in enumerate(options)}
    return options_told(options, regrets(trials, [one.file.scenario.code for one in done]))


def _assumed_told(file: ScenarioFile) -> dict[str, Any]:
    return {
        "scenario": file.scenario.code, "names": file.scenario.names, "group_names": file.groups,
        "assumed": assumed_told(file, n_tried=N_TRIED), "assumptions": file.assumptions,
    }  # fmt: skip
