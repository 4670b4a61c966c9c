"""`courtepointe hubs stress`: what hubs serve when power, streets, water or staff fail."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import numpy as np

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.access import along_streets
from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.streets import LIMIT_M, Snapped, Streets, snap
from courtepointe.core.stress import (
    Demand,
    Estimate,
    Hubs,
    Town,
    Trials,
    estimate,
    gaps,
    people_along,
    people_of_areas,
    simulate,
    value_of,
)
from courtepointe.core.typing import Bools, Floats
from courtepointe.doors.cli.hubs_streets import metres_of, streets_asked
from courtepointe.formats.boundaries.crs import DEGREES, move_points
from courtepointe.formats.places import PlaceFile, read_places
from courtepointe.formats.scenarios import (
    SHIPPED,
    Assumed,
    ScenarioFile,
    read_scenario,
    shipped_scenario,
)
from courtepointe.formats.tables.numbers import number_in

FILE = click.Path(path_type=Path)
PEOPLE = 1_000.0
NUMBERS = ("capacity", "autonomy_h", "staff")


@click.command()
@click.option("--streets", "streets_file", type=FILE,
              help="Lines (GeoPackage, GeoJSON...), OSMnx GraphML or OpenStreetMap PBF; else those of --pack.")  # fmt: skip
@click.option("--sites", "sites_file", type=FILE, required=True,
              help="Hubs; columns capacity, autonomy_h, staff, traits and dry are read where there.")  # fmt: skip
@click.option("--scenario", "scenario_name", required=True,
              help=f"A file (TOML), or one that is shipped: {', '.join(SHIPPED)}.")  # fmt: skip
@click.option(
    "--pack", type=FILE, help="An atlas that tells how many people live where; it may hold streets."
)
@click.option("--people", type=float, default=PEOPLE, show_default=True,
              help="Without a pack: people, spread evenly along the streets.")  # fmt: skip
@click.option("--draws", "n_draws", type=int, default=100, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--value", is_flag=True,
              help="Tell what equipping each hub would be worth: power, dry ground, all that is needed.")  # fmt: skip
@click.option("--layer", help="Of the streets, where their file has several of lines.")
@click.option("--longitude", help="Column of the sites' file.")
@click.option("--latitude", help="Column of the sites' file.")
@click.option("--within-m", type=float, default=LIMIT_M, show_default=True,
              help="Hubs farther from any street are left out, and named.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stress(
    streets_file: Path | None, sites_file: Path, scenario_name: str, pack: Path | None, people: float,
    n_draws: int, seed: int, value: bool, layer: str | None, longitude: str | None,
    latitude: str | None, within_m: float, as_json: bool,
) -> None:  # fmt: skip
    """Try a scenario many times over: who is served hour by hour, and who is not."""
    atlas = None if pack is None else Atlas(open_pack(pack))
    crs = metres_of(atlas)
    file = _scenario(scenario_name, crs)
    streets = streets_asked(streets_file, atlas=atlas, layer=layer).streets
    places = read_places(sites_file, longitude=longitude, latitude=latitude)
    hubs, far, rows = _hubs(streets, places, file.hubs, crs=crs, within_m=within_m)
    living = people_along(streets, people) if atlas is None else _living(atlas, streets)
    shares = np.array([file.shares[one.code] for one in file.scenario.seeking])
    town = Town(streets, hubs, Demand(living[:, None] * shares, file.scenario.seeking))
    trials = simulate(town, file.scenario, np.random.default_rng(seed), n_draws=n_draws)
    told = {
        "scenario": file.scenario.code, "hazard": file.scenario.hazard,
        "names": file.scenario.names, "draws": n_draws, "seed": seed,
        "limit_min": file.scenario.limit_min, "people": round(float(living.sum()), 1),
        "hubs": {"read": len(places), "on_streets": len(hubs), "too_far": far},
        "groups": _groups_told(file, trials), "hours": _hours_told(trials),
        "overloads": _overloads_told(trials, rows),
        "values": _values_told(town, file, trials, rows, seed) if value else None,
        "assumptions": file.assumptions,
        "published": [asdict(one) for one in file.published],
    }  # fmt: skip
    click.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else _sentences(told))


def _scenario(name: str, crs: str) -> ScenarioFile:
    """Read a file, or a scenario that is shipped."""
    if name in SHIPPED or not Path(name).suffix:
        return shipped_scenario(name, to_crs=crs)
    return read_scenario(Path(name), to_crs=crs)


def _hubs(
    streets: Streets, places: PlaceFile, assumed: Assumed, *, crs: str, within_m: float
) -> tuple[Hubs, list[dict[str, Any]], list[int]]:
    """Put hubs on streets; tell those that are too far from any, and the rows of those kept."""
    degrees = np.stack([places.longitude, places.latitude], axis=1)
    metres = move_points(degrees, source=DEGREES, target=crs)
    put = snap(streets, metres, limit_m=within_m)
    numbers = places.attributes.row_numbers
    far = [
        {"row": int(numbers[place]), "metres": round(float(put.away_m[place]))}
        for place in np.flatnonzero(put.too_far)
    ]
    if len(far) == len(places):
        put.check()
    held = ~put.too_far
    capacity, autonomy, staff = (_numbers(places, one, getattr(assumed, one)) for one in NUMBERS)
    hubs = Hubs(
        Snapped(put.edge[held], put.along[held], put.away_m[held], within_m), metres[held],
        capacity[held], autonomy[held], staff[held].astype(np.int64),
        tuple(one for one, kept in zip(_traits(places, assumed), held, strict=True) if kept),
        _dry(places, assumed)[held],
    )  # fmt: skip
    return hubs, far, [int(one) for one in numbers[held]]


def _texts(places: PlaceFile, column: str) -> tuple[str | None, ...]:
    if column not in places.attributes.columns:
        return (None,) * len(places)
    return places.attributes.texts(column)


def _numbers(places: PlaceFile, column: str, assumed: float) -> Floats:
    """Read numbers of hubs; what a row does not say is assumed."""
    told = np.full(len(places), float(assumed))
    for place, text in enumerate(_texts(places, column)):
        if text is None or not text.strip():
            continue
        number = float("inf") if text.strip().lower() == "inf" else number_in(text)
        if number is None or (column == "staff" and number != int(min(number, 1e9))):
            row = int(places.attributes.row_numbers[place])
            raise BadInput(
                "stress_column", file=places.attributes.file, row=row, column=column, value=text
            )
        told[place] = number
    return told


def _traits(places: PlaceFile, assumed: Assumed) -> list[frozenset[str]]:
    return [
        assumed.traits
        if text is None
        else frozenset(one.strip() for one in text.replace(";", ",").split(",") if one.strip())
        for text in _texts(places, "traits")
    ]


def _dry(places: PlaceFile, assumed: Assumed) -> Bools:
    told = [
        assumed.dry if text is None else text.strip().lower() in ("true", "1", "yes", "oui")
        for text in _texts(places, "dry")
    ]
    return np.array(told, dtype=np.bool_)


def _living(atlas: Atlas, streets: Streets) -> Floats:
    """Place the people of an atlas at the ends of the streets of their areas."""
    people_code = atlas.pack.recipe.fit.people
    if people_code is None:
        raise NoAnswer("access_no_people")
    ground = atlas.dot_ground(people_code)
    placed = along_streets(streets, ground.shapes)
    if not placed.whole.any():
        raise NoAnswer("access_no_area", areas=ground.unit_type)
    known = ~(ground.suppressed | ground.missing)
    return people_of_areas(streets, placed, np.where(known, ground.counts, 0.0))


def _told(one: Estimate) -> dict[str, float | None]:
    """Write an estimate; what is not a number is null."""
    return {
        name: None if number != number else round(number, 3)
        for name, number in asdict(one).items()
        if name != "n_draws"
    }


def _groups_told(file: ScenarioFile, trials: Trials) -> list[dict[str, Any]]:
    """Tell people-hours of each group, and the gap to the others."""
    names = ("seekers", "served", "too_far", "no_room", "spilled")
    told = []
    for group, (seeking, gap) in enumerate(zip(file.scenario.seeking, gaps(trials), strict=True)):
        hours = {name: getattr(trials, name)[:, :, group].sum(axis=1) for name in names}
        with np.errstate(invalid="ignore"):
            minutes = trials.minutes[:, :, group].sum(axis=1) / hours["served"]
        told.append(
            {
                "code": seeking.code,
                "names": file.groups[seeking.code],
                "walker": seeking.walker.code,
                **{f"{name}_people_hours": _told(estimate(one)) for name, one in hours.items()},
                "minutes": _told(estimate(minutes)),
                "gap_people_hours": _told(gap.people_hours),
                "gap_minutes": _told(gap.minutes),
            }
        )
    return told


def _hours_told(trials: Trials) -> list[dict[str, Any]]:
    """Tell each hour, all groups together."""
    return [
        {
            "hour": hour,
            "open": _told(estimate(trials.n_open[:, hour])),
            "seekers": _told(estimate(trials.seekers[:, hour].sum(axis=1))),
            "served": _told(estimate(trials.served[:, hour].sum(axis=1))),
            "unserved": _told(estimate(trials.unserved[:, hour].sum(axis=1))),
            "turned_away": _told(estimate(trials.overload[:, hour].sum(axis=1))),
        }
        for hour in range(trials.seekers.shape[1])
    ]


def _overloads_told(trials: Trials, rows: list[int]) -> list[dict[str, Any]]:
    """Tell the hubs that turn people away, those of most first, and their worst hour."""
    mean = trials.overload.mean(axis=0)
    order = np.argsort(-mean.sum(axis=0), kind="stable")
    return [
        {
            "row": rows[hub], "worst_hour": int(mean[:, hub].argmax()),
            "turned_away_people_hours": _told(estimate(trials.overload[:, :, hub].sum(axis=1))),
        }
        for hub in order
        if mean[:, hub].sum() > 0.0
    ]  # fmt: skip


def _values_told(
    town: Town, file: ScenarioFile, trials: Trials, rows: list[int], seed: int
) -> list[dict[str, Any]]:
    """Tell what each hub would serve more if nothing but staff and streets could close it."""
    needed = frozenset(one.trait for one in file.scenario.effects if one.trait)
    told = []
    for hub, row in enumerate(rows):
        better = town.hubs.equipped(hub, autonomy_h=np.inf, traits=needed, dry=True)
        other = Town(town.streets, better, town.demand, ground=town.ground)
        rng = np.random.default_rng(seed)
        after = simulate(other, file.scenario, rng, n_draws=len(trials.served))
        worth = value_of(trials, after)
        told.append({"row": row, "served_more_people_hours": _told(worth.people_hours)})
    return sorted(told, key=lambda one: -(one["served_more_people_hours"]["mean"] or 0.0))


def _sentences(told: dict[str, Any]) -> str:
    """Write what was told as lines."""
    hubs = told["hubs"]
    lines = [
        f"{told['names']['en']}\t{told['draws']} drawings, seed {told['seed']}",
        f"{hubs['on_streets']} hubs on streets, {len(hubs['too_far'])} too far from any",
    ]
    for group in told["groups"]:
        parts = [
            f"{name.replace('_', ' ')} {one['mean']:g} ({one['low']:g} to {one['high']:g})"
            for name in ("seekers", "served", "too_far", "no_room")
            for one in [group[f"{name}_people_hours"]]
        ]
        lines.append(f"{group['names']['en']}, people-hours\t" + ", ".join(parts))
    lines += [
        f"hub of row {one['row']}\tturns away {one['turned_away_people_hours']['mean']:g} people-hours"
        for one in told["overloads"][:5]
    ]
    lines += [
        f"hub of row {one['row']}, better equipped\t{one['served_more_people_hours']['mean']:g} more"
        for one in (told["values"] or [])[:5]
    ]
    return "\n".join([*lines, *told["assumptions"]["en"]])
