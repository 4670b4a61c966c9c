"""All files of a demo but its census: limits, streets, places, the truth."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import numpy as np
import shapely

from courtepointe.atlas.demo.chance import generator
from courtepointe.atlas.demo.correspondence_file import CorrespondenceFile
from courtepointe.atlas.demo.identity import words
from courtepointe.atlas.demo.lattice import METRIC_CRS
from courtepointe.atlas.demo.limits import GeoJson, LayerFile, Shapefiles, write_kml
from courtepointe.atlas.demo.ordered_table import OrderedTable
from courtepointe.atlas.demo.own_data import OwnData
from courtepointe.atlas.demo.place_files import PlaceFiles
from courtepointe.atlas.demo.places import outdoors_of, places_of, shops_of
from courtepointe.atlas.demo.quarters import spiked
from courtepointe.atlas.demo.region import Made, merged
from courtepointe.atlas.demo.streets import KINDS, Streets, streets_of
from courtepointe.atlas.demo.truth import Truth
from courtepointe.core.typing import AnyArray, Ints, Shapes

FEWEST_TOLD = 15


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
        self._own = OwnData(folder / "organisations")
        self._ordered = OrderedTable(folder / "orders")
        self._truth = Truth(folder / "truth")
        self._pairs = CorrespondenceFile(limits / "2021_92-156-X_DA_AD.csv")
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
        self._own.add(made)
        self._ordered.add(made)
        self._truth.add(made)
        self._pairs.add(made)

    def _statistical(self, made: Made) -> None:
        d, codes, blocks = made.divisions, made.codes, made.blocks
        km2 = np.round(blocks.surface_m2 / 1e6, 4)
        da, tract = np.array(codes.da)[d.da], np.array(codes.tract)[d.tract]
        columns: dict[str, AnyArray] = {
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
        columns: dict[str, AnyArray] = {
            "CODEID": numbers,
            "NOM": np.array(names),
            "TYPE": np.full(len(names), "Arrondissement"),
            "ABREV": np.array(abbreviations),
            "CODEMAMH": np.array([f"ZZ{number:04d}" for number in numbers]),
            "CSDUID": np.full(len(names), codes.municipality),
        }
        self._boroughs.add(_multi(boroughs), columns)
        dguid = f"2021A0005{codes.municipality}"
        self._cities.append((shapely.union_all(boroughs), codes.name, codes.municipality, dguid))
        self._community(made, boroughs, names)

    def _community(self, made: Made, boroughs: Shapes, names: tuple[str, ...]) -> None:
        """Write the quarters, one of them with an outline that crosses itself."""
        quarters, shapes = made.quarters, made.limits.copy()
        shapes[1] = spiked(shapes[1])
        shared = shapely.area(shapely.intersection(made.limits[:, None], boroughs[None, :]))
        columns = {
            "id": list(quarters.codes),
            "Q_sociologique": list(quarters.names),
            "Arrondissement": [names[b] for b in shared.argmax(axis=1)],
            "Table": list(quarters.tables),
        }
        self._quarters.add(shapes, columns)

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

    def __enter__(self) -> Files:
        return self

    def __exit__(self, *_: object) -> None:
        """End all files, even after something went wrong: none stays open."""
        with ExitStack() as ending:
            ending.callback(self._write_cities)
            tables = (self._places, self._own, self._ordered, self._truth, self._pairs)
            for file in (self._shapefiles, self._quarters, *tables):
                ending.callback(file.close)

    def _write_cities(self) -> None:
        shapes = np.array([city for city, *_ in self._cities], dtype=object)
        names, codes, dguids = ([city[k] for city in self._cities] for k in (1, 2, 3))
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


def _prefixed(prefix: str, codes: tuple[str, ...] | list[str]) -> AnyArray:
    return np.array([prefix + code for code in codes])


def _multi(shapes: Shapes) -> Shapes:
    """Make multipolygons of all, as the layer's declared type wants."""
    single = shapely.get_type_id(shapes) == 3
    whole = shapes.copy()
    whole[single] = [shapely.MultiPolygon([shape]) for shape in shapes[single]]
    return whole
