"""`courtepointe hubs access`: who reaches a site on foot, in minutes; and who does not."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import numpy as np

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import StreetTable
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.dot_ground import DotGround
from courtepointe.core.access import (
    LEAST_COVERED,
    LIMITS_MIN,
    NEAR_M,
    Spread,
    along_streets,
    covered_along,
)
from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.streets import (
    LIMIT_M,
    WALKERS,
    Nearest,
    Snapped,
    Streets,
    Walk,
    nearest,
    nearest_of_places,
    pieces,
    reached,
    snap,
    starts_from,
    walk,
)
from courtepointe.core.typing import Floats, Ints
from courtepointe.doors.cli.hubs_access_equity import equity_told
from courtepointe.doors.cli.hubs_access_seats import METHODS, seats_of, seats_told
from courtepointe.doors.cli.hubs_options import (
    FILE,
    JSON,
    LATITUDE,
    LAYER,
    LONGITUDE,
    PACK,
    STREETS,
)
from courtepointe.doors.cli.hubs_streets import metres_of, streets_asked
from courtepointe.formats.boundaries.crs import DEGREES, move_points
from courtepointe.formats.places import PlaceFile, read_places
from courtepointe.formats.streets import StreetFile

BY_CODE = {one.code: one for one in WALKERS}
ASSUMED = (
    "People are placed evenly along the streets of their area; nearest and farthest tell what would be "
    "if all of an area lived at one end. Areas less than {share:.0%} of whose ground is within "
    "{near:.0f} m of a street of the file are left out."
)


@click.command()
@STREETS
@click.option("--sites", "sites_file", type=FILE, required=True,
              help="Places: GeoJSON, GeoPackage; CSV with --longitude and --latitude.")  # fmt: skip
@PACK
@click.option("--limit-min", "limits", type=float, multiple=True, default=LIMITS_MIN,
              show_default=True, help="Minutes; several times for several, rising.")  # fmt: skip
@click.option("--walker", type=click.Choice(list(BY_CODE)), default="usual", show_default=True,
              help="Who walks.")  # fmt: skip
@LAYER
@LONGITUDE
@LATITUDE
@click.option("--within-m", type=float, default=LIMIT_M, show_default=True,
              help="Sites farther from any street are left out, and named.")  # fmt: skip
@click.option(
    "--seats-column",
    help="Column of the sites' file: how many seats each has. Tells how many each thousand people reach, area by area; a site without a number is named and left out.",
)
@click.option(
    "--method",
    type=click.Choice(list(METHODS)),
    default="e2sfca",
    show_default=True,
    help="How seats are shared: see above.",
)
@JSON
def access(
    streets_file: Path | None, sites_file: Path, pack: Path | None, limits: tuple[float, ...],
    walker: str, layer: str | None, longitude: str | None, latitude: str | None, within_m: float,
    seats_column: str | None, method: str, as_json: bool,
) -> None:  # fmt: skip
    """Tell what part of the streets, and with a pack how many people, are within minutes of a site.

    With a pack, groups are told beside everybody: how many more of them would reach a site if they did so as
    often, the medians of minutes, and indices after (--json).

    Seats (--seats-column) are shared among those who reach them within the last of --limit-min:

    \b
      2sfca   a site's seats over all people within the limit, then added up by person
      e2sfca  the same; who is near weighs more, along a bell that meets 0 at the limit
      3sfca   e2sfca, and people choose among their sites: the near ones more often
      bfca    nobody is counted twice; levels of service, which add up over areas
      raam    all go where way and crowd together cost least; a cost, less is better

    The first three keep the seats: people times what each reaches is all the seats that somebody reaches.
    Read them beside the plain count of who is within minutes, which needs no method.
    """
    if seats_column is not None and pack is None:
        raise BadInput("access_seats_alone", value=seats_column)
    atlas = None if pack is None else Atlas(open_pack(pack))
    crs = metres_of(atlas)
    read = streets_asked(streets_file, atlas=atlas, layer=layer)
    places = read_places(sites_file, longitude=longitude, latitude=latitude)
    pace = walk(read.streets, BY_CODE[walker])
    seats = None if seats_column is None else seats_of(places, seats_column)
    sites, held, far = _sites(read.streets, pace, places, crs=crs, within_m=within_m)
    found = nearest(read.streets, pace, starts_from(read.streets, pace, sites))
    told = {
        "streets": _streets_told(read, pace),
        "sites": {"read": len(places), "on_streets": len(sites.edge), "too_far": far},
        "walker": asdict(pace.walker),
        "limits_min": list(limits),
        "street_km": [
            round(reached(read.streets, pace, found.minutes, one, sites=sites)
                  .length_m(read.streets) / 1_000.0, 3)
            for one in limits
        ],
        **_people_parts(
            atlas, read.streets, pace, found, sites, limits,
            seats=None if seats is None else seats[held], method=method,
            rows=places.attributes.row_numbers[held],
        ),
    }  # fmt: skip
    click.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else _sentences(told))


def _sites(
    streets: Streets, pace: Walk, places: PlaceFile, *, crs: str, within_m: float
) -> tuple[Snapped, Ints, list[dict[str, Any]]]:
    """Put sites on streets that the walker takes; tell which are, and those too far from any."""
    degrees = np.stack([places.longitude, places.latitude], axis=1)
    metres = move_points(degrees, source=DEGREES, target=crs)
    told = snap(streets, metres, limit_m=within_m, among=pace.passable)
    far = [
        {"row": int(places.attributes.row_numbers[place]), "metres": round(float(told.away_m[place]))}
        for place in np.flatnonzero(told.too_far)
    ]  # fmt: skip
    if len(far) == len(places):
        told.check()
    held = np.flatnonzero(~told.too_far)
    return Snapped(told.edge[held], told.along[held], told.away_m[held], within_m), held, far


def _streets_told(read: StreetFile | StreetTable, pace: Walk) -> dict[str, Any]:
    held = pieces(read.streets, passable=pace.passable)
    return {
        "file": read.file, "kind": read.kind,
        "source": read.source if isinstance(read, StreetTable) else None, "nodes": read.streets.n_nodes,
        "edges": read.streets.n_edges,
        "km": round(float(read.streets.length_m.sum()) / 1_000.0, 3),
        "pieces": len(held), "largest_piece_km": round(float(held.length_m[0]) / 1_000.0, 3),
        "joined_ends": read.n_joined, "lost_points": read.n_lost_points,
        "lengths_unlike_drawing": read.n_other_lengths, "slope_unknown": pace.n_slope_unknown,
        **asdict(read.streets.tidied),
    }  # fmt: skip


def _people_parts(
    atlas: Atlas | None, streets: Streets, pace: Walk, found: Nearest, sites: Snapped,
    limits: tuple[float, ...], *, seats: Floats | None, method: str, rows: Ints,
) -> dict[str, Any]:  # fmt: skip
    """Tell of people all that is asked: who is covered, groups and indices, seats."""
    if atlas is None:
        return {"people": None, "equity": None, "seats": None}
    people_code = atlas.pack.recipe.fit.people
    if people_code is None:
        raise NoAnswer("access_no_people")
    ground = atlas.dot_ground(people_code)
    placed = along_streets(streets, ground.shapes, passable=pace.passable)
    if not placed.whole.any():
        raise NoAnswer("access_no_area", areas=ground.unit_type)
    minutes = nearest_of_places(streets, pace, found, placed.spots, sites).minutes
    known = ~(ground.suppressed | ground.missing)
    people = np.where(known, ground.counts, 0.0)[:, None]
    spread = covered_along(placed, minutes, people, limits_min=limits)
    return {
        "people": _spread_told(spread, ground, placed.ground),
        "equity": equity_told(atlas, ground, placed, minutes, limits),
        "seats": None if seats is None else seats_told(
            ground, placed, streets, pace, sites, seats=seats, rows=rows, method=method,
            limit_min=limits[-1],
        ),
    }  # fmt: skip


def _spread_told(spread: Spread, ground: DotGround, near: np.ndarray) -> dict[str, Any]:
    codes = np.array(ground.codes)
    unknown = ground.suppressed | ground.missing
    return {
        "areas": ground.unit_type, "period": ground.period, "sources": list(ground.sources),
        "counted_areas": int(spread.counted.sum()),
        "counted": round(float(spread.even.people[0, 0])),
        "covered": np.rint(spread.even.covered[0, 0]).astype(int).tolist(),
        "if_all_at_nearest": np.rint(spread.nearest.covered[0, 0]).astype(int).tolist(),
        "if_all_at_farthest": np.rint(spread.farthest.covered[0, 0]).astype(int).tolist(),
        "left_out": np.rint(spread.even.left_out[0, 0]).astype(int).tolist(),
        "share": np.round(spread.even.share[0, 0], 4).tolist(),
        "areas_in_part": codes[~spread.counted & (near > 0.0)].tolist(),
        "areas_without_value": codes[spread.counted & unknown].tolist(),
        "assumption": ASSUMED.format(share=LEAST_COVERED, near=NEAR_M),
    }  # fmt: skip


def _sentences(told: dict[str, Any]) -> str:
    streets, sites, people = told["streets"], told["sites"], told["people"]
    lines = [
        f"{streets['file']}\t{streets['nodes']} nodes\t{streets['km']} km\t{streets['pieces']} pieces",
        f"{sites['on_streets']} sites on streets, {len(sites['too_far'])} too far from any",
    ]
    for place, limit in enumerate(told["limits_min"]):
        line = f"{limit:g} min\t{told['street_km'][place]} km of streets"
        if people is not None:
            line += (
                f"\t{people['covered'][place]} people ({people['if_all_at_farthest'][place]} to "
                f"{people['if_all_at_nearest'][place]}), {people['left_out'][place]} left out"
            )
        lines.append(line)
    if people is not None:
        lines += [people["assumption"], "In part: " + ", ".join(people["areas_in_part"])]
    return "\n".join(lines)
