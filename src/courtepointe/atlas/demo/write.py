"""Write a whole demo: every region in turn, all files or none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyogrio
import shapely

from courtepointe.atlas.demo.chance import generator
from courtepointe.atlas.demo.characteristics import published, published_2016
from courtepointe.atlas.demo.identity import words
from courtepointe.atlas.demo.lattice import METRIC_CRS
from courtepointe.atlas.demo.limits import PRINTED, GeoJson, LayerFile, Shapefiles, write_kml
from courtepointe.atlas.demo.place_files import PlaceFiles
from courtepointe.atlas.demo.places import outdoors_of, places_of, shops_of
from courtepointe.atlas.demo.plan import Plan
from courtepointe.atlas.demo.profile import profile_rows
from courtepointe.atlas.demo.quarters import spiked
from courtepointe.atlas.demo.region import Made, make, merged
from courtepointe.atlas.demo.streets import KINDS, Streets, streets_of
from courtepointe.atlas.demo.truth import Truth
from courtepointe.core.errors import Refused
from courtepointe.core.typing import Ints, Shapes
from courtepointe.formats.census_profile.write import ProfileRows, write_profile

MARK = "demo.json"
FEWEST_TOLD = 15


def write_demo(out: Path, plan: Plan, *, tell: Callable[[int], None] = lambda _: None) -> None:
    """Write the files of a fictional city, the truth beside them.

    Parameters
    ----------
    out : Path
        Made, or replaced where it holds an earlier demo.
    plan : Plan
    tell : callable
        Called after each region with its dissemination areas.

    Raises
    ------
    Refused
        ``demo_folder_taken`` where the folder holds something else.
    """
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / MARK).exists())):
        raise Refused("demo_folder_taken", file=str(out))
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{PRINTED}T00:00:00.000Z"})
    try:
        _write_all(part, plan, tell)
        shutil.rmtree(out, ignore_errors=True)
        part.replace(out)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
        shutil.rmtree(part, ignore_errors=True)


def _write_all(folder: Path, plan: Plan, tell: Callable[[int], None]) -> None:
    files = Files(folder)
    census = folder / "census"
    census.mkdir()
    edition = "Francais" if plan.lang == "fr" else "English"
    ending = f"{edition}_CSV_data_Riviere-aux-Retailles"
    earlier: list[ProfileRows] = []

    def rows() -> Iterator[ProfileRows]:
        for region in plan.regions:
            made = make(region, seed=plan.seed)
            files.add(made)
            earlier.extend(profile_rows(made, year=2016, lang=plan.lang))
            yield from profile_rows(made, year=2021, lang=plan.lang)
            tell(region.n_das)

    _write_census(census / f"98-401-X2021006_{ending}.csv", rows(), plan, year=2021)
    _write_census(census / f"98-401-X2016044_{ending}.zip", iter(earlier), plan, year=2016)
    files.close()
    (folder / MARK).write_text(_mark(plan), encoding="utf-8")
    (folder / "LISEZMOI.txt").write_text(_notice(), encoding="utf-8")


def _write_census(path: Path, rows: Iterator[ProfileRows], plan: Plan, *, year: int) -> None:
    listed = published() if year == 2021 else published_2016()
    names = [one.named(plan.lang) for one in listed]
    write_profile(path, rows, names, with_intervals=year == 2021, language=plan.lang)


def _mark(plan: Plan) -> str:
    facts = {
        "fictional": True,
        "seed": plan.seed,
        "dissemination_areas": plan.n_das,
        "lang": plan.lang,
        "version": version("courtepointe"),
    }
    return json.dumps(facts, indent=1) + "\n"


def _notice() -> str:
    city = words()["city"]
    return (
        f"{city} n’existe pas. Ses habitants, ses rues, ses organismes et tous ses chiffres sont inventés.\n"
        f"{city} does not exist. Its people, streets, organisations and all its figures are made up.\n"
    )


class Files:
    """All files but the census, growing region after region."""

    def __init__(self, folder: Path) -> None:
        limits = folder / "boundaries"
        network = folder / "network"
        limits.mkdir()
        network.mkdir()
        self._limits = limits
        self._shapefiles = Shapefiles(limits)
        self._quarters = GeoJson(limits / "quartiers_sociologiques.geojson", name="quartiers")
        self._boroughs = LayerFile(
            limits / "arrondissements.gpkg", METRIC_CRS, "MultiPolygon", "arrondissements"
        )
        self._streets = LayerFile(network / "rues.gpkg", METRIC_CRS, "LineString", "rues")
        self._places = PlaceFiles(folder / "places")
        self._truth = Truth(folder / "truth")
        self._cities: list[tuple[shapely.Geometry, str, str, str]] = []
        self._n_streets = 0

    def add(self, made: Made) -> None:
        """Write what there is of a region."""
        self._statistical(made)
        self._administrative(made)
        rng = generator(made.seed, region=made.region.index, topic="streets")
        streets = streets_of(made, rng=rng)
        self._network(streets)
        rng = generator(made.seed, region=made.region.index, topic="places")
        interest = places_of(made, streets, rng=rng)
        outdoor = outdoors_of(made, streets, rng=rng)
        shops = shops_of(made, streets, rng=rng)
        _, names = borough_names(made)
        self._places.add(interest, outdoor, shops, names, made.divisions.borough, rng=rng)
        self._truth.add(made)

    def _statistical(self, made: Made) -> None:
        d, codes, blocks = made.divisions, made.codes, made.blocks
        km2 = np.round(blocks.surface_m2 / 1e6, 4)
        da, tract = np.array(codes.da)[d.da], np.array(codes.tract)[d.tract]
        columns = {
            "DBUID": np.array(codes.block),
            "DGUID": _prefixed("2021S0513", codes.block),
            "LANDAREA": km2,
            "DAUID": da,
            "DAUID2016": np.array(codes.da_2016)[d.da_2016],
            "CTUID": tract,
            "CSDUID": np.full(len(da), codes.municipality),
            "DBPOP2021": told_of_blocks(made),
            "DBTDWEL21": made.tally.dwellings,
            "DBURDWL21": made.tally.occupied,
        }
        self._shapefiles.add("ldb_000b21a_e", blocks.shapes, columns)
        self._areas("lda_000b21a_e", "DAUID", "2021S0512", blocks.shapes, d.da, codes.da)
        self._areas("lda_000b16a_e", "DAUID", "2016S0512", blocks.shapes, d.da_2016, codes.da_2016)
        self._areas("lct_000b21a_e", "CTUID", "2021S0507", blocks.shapes, d.tract, codes.tract)

    def _areas(
        self, name: str, key: str, prefix: str, shapes: Shapes, part: Ints, codes: tuple[str, ...]
    ) -> None:
        whole = merged(shapes, part, len(codes))
        borne = np.flatnonzero(~shapely.is_missing(whole))
        mine = np.array(codes)[borne]
        km2 = np.round(shapely.area(whole[borne]) / 1e6, 4)
        columns = {key: mine, "DGUID": _prefixed(prefix, mine.tolist()), "LANDAREA": km2}
        self._shapefiles.add(name, whole[borne], columns)

    def _administrative(self, made: Made) -> None:
        d, codes = made.divisions, made.codes
        boroughs = merged(made.blocks.shapes, d.borough, d.n_boroughs)
        abbreviations, names = borough_names(made)
        numbers = np.arange(d.n_boroughs) + 1 + 10 * made.region.index
        columns = {
            "CODEID": numbers,
            "NOM": np.array(names),
            "TYPE": np.full(len(names), "Arrondissement"),
            "ABREV": np.array(abbreviations),
            "CODEMAMH": np.array([f"ZZ{number:04d}" for number in numbers]),
            "CSDUID": np.full(len(names), codes.municipality),
        }
        self._boroughs.add(_multi(boroughs), columns)
        city = shapely.union_all(boroughs)
        self._cities.append(
            (city, codes.name, codes.municipality, f"2021A0005{codes.municipality}")
        )
        quarters = made.quarters
        shapes = made.limits.copy()
        shapes[1] = spiked(shapes[1])
        holder = merged(made.blocks.shapes, d.borough, d.n_boroughs)
        inside = shapely.area(shapely.intersection(made.limits[:, None], holder[None, :]))
        self._quarters.add(
            shapes,
            {
                "id": list(quarters.codes),
                "Q_sociologique": list(quarters.names),
                "Arrondissement": [names[b] for b in inside.argmax(axis=1)],
                "Table": list(quarters.tables),
            },
        )

    def _network(self, streets: Streets) -> None:
        n = len(streets.lines)
        columns = {
            "ID_TRC": np.arange(n) + 1 + self._n_streets,
            "NOM_VOIE": streets.name,
            "TYP_VOIE": np.array(KINDS, dtype=object)[streets.kind],
            "SENS_CIR": streets.way,
            "LONGUEUR": np.round(shapely.length(streets.lines), 1),
            "ESCALIER": streets.stairs.astype(np.int64),
        }
        self._streets.add(streets.lines, columns)
        self._n_streets += n

    def close(self) -> None:
        """End all files."""
        self._shapefiles.close()
        self._quarters.close()
        self._places.close()
        self._truth.close()
        shapes = np.array([city for city, *_ in self._cities], dtype=object)
        _, names, codes, dguids = (list(column) for column in zip(*self._cities, strict=True))
        columns = {"CSDUID": codes, "DGUID": dguids}
        write_kml(self._limits / "municipalites.kml", shapes, names, columns)


def borough_names(made: Made) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the boroughs' abbreviations and names."""
    known = words()["boroughs"]
    n = made.divisions.n_boroughs
    if made.region.index == 0:
        return tuple(known["codes"][:n]), tuple(known["names"][:n])
    names = tuple(f"{made.codes.name}–Secteur {k + 1}" for k in range(n))
    return tuple(f"S{made.region.index:03d}{k + 1}" for k in range(n)), names


def told_of_blocks(made: Made) -> Ints:
    """Give the blocks' people as published: under 15 they are rounded to a multiple of 5."""
    people = made.tally.population
    rng = generator(made.seed, region=made.region.index, topic="names")
    up = rng.random(len(people)) < (people % 5) / 5
    return np.where(people < FEWEST_TOLD, 5 * (people // 5 + up), people).astype(np.int64)


def _prefixed(prefix: str, codes: tuple[str, ...] | list[str]) -> np.ndarray:
    return np.array([prefix + code for code in codes])


def _multi(shapes: Shapes) -> Shapes:
    """Make multipolygons of all, as the layer's declared type wants."""
    single = shapely.get_type_id(shapes) == 3
    whole = shapes.copy()
    whole[single] = [shapely.MultiPolygon([shape]) for shape in shapes[single]]
    return whole
