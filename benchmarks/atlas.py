"""How long does a drawn area take over half a million units, beside PostGIS, DuckDB and GeoPandas?

One question, four ways: the sums of 30 counts over the units that a drawn area touches, those that its
limit crosses counted by the part of their surface inside. 1,000 areas of 0.01 % to 1 % of the
units, the same for all. Ours is the whole portrait: sums with intervals, coverage, statuses and
fit. The peers give bare sums, as their documentation advises: PostGIS with a GiST index,
clustered and analysed, data in shared memory; DuckDB with bounding boxes as columns and shapely
for the rest (its 2.0 type has no intersection); GeoPandas with its spatial index; and a plain sketch, STRtree and numpy.
Each side prepares, answers ten areas to warm up, then is timed area by area.

PostGIS is measured where its server is installed (Debian: postgresql postgis), in a cluster of
its own that is removed afterwards. `COURTEPOINTE_BENCH_UNITS` (500,000) and
`COURTEPOINTE_BENCH_AREAS` (1,000) set the size.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import geopandas
import numpy as np
import psycopg
import pyarrow as pa
import shapely

from courtepointe.atlas.figures import Measure, Status
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.pack.values import STATUS_CODE, AreaTable, Pack, ReleaseTable
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.recipe.values import (
    AreaType,
    Boundary,
    FitPlan,
    Indicator,
    KeyRule,
    Licence,
    Recipe,
    Release,
    Section,
    Source,
    Steward,
    Universe,
    Variable,
    Words,
)

N_UNITS = int(os.environ.get("COURTEPOINTE_BENCH_UNITS", "500000"))
N_AREAS = int(os.environ.get("COURTEPOINTE_BENCH_AREAS", "1000"))
N_COLUMNS = 30
SEED = 20211011
SIDE_M, STEPS = 250.0, 4
EAST, NORTH = 300_000.0, 5_000_000.0
UNITS = "unit:2021"
NAMES = tuple(f"v{place:02d}" for place in range(N_COLUMNS))
TOLERANCE = 1e-9
SERVERS = Path("/usr/lib/postgresql")

Ask = Callable[[shapely.Geometry], np.ndarray]


def units() -> tuple[np.ndarray, np.ndarray]:
    """Give (n_units,) bent squares that share their limits, and (30, n_units) counts."""
    rng = np.random.default_rng(SEED)
    width = int(np.ceil(np.sqrt(N_UNITS)))
    steps = np.linspace(0.0, 1.0, STEPS, endpoint=False)
    flat, full = np.zeros(STEPS), np.ones(STEPS)
    ring = np.concatenate([
        np.stack([steps, flat], 1), np.stack([full, steps], 1),
        np.stack([1 - steps, full], 1), np.stack([flat, 1 - steps], 1),
    ])  # fmt: skip
    place = np.arange(N_UNITS)
    corner = np.stack([place % width, place // width], axis=1)[:, None, :]
    points = (corner + ring[None]) * SIDE_M
    bend = 25.0 * np.sin(points[..., ::-1] / 97.0)
    people = rng.integers(100, 1500, N_UNITS)
    shares = rng.uniform(0.02, 0.7, N_COLUMNS - 1)
    counts = np.stack([people, *(rng.binomial(people, share) for share in shares)])
    return shapely.polygons(points + bend + (EAST, NORTH)), counts.astype(np.float64)


def drawn(shapes: np.ndarray) -> list[shapely.Geometry]:
    """Draw uneven stars of 12 to 60 corners over 0.01 % to 1 % of the units."""
    rng = np.random.default_rng(SEED + 1)
    west, south, east, north = shapely.total_bounds(shapes)
    found = []
    for share in 10.0 ** rng.uniform(-4.0, -2.0, N_AREAS):
        radius = np.sqrt(share * N_UNITS * SIDE_M**2 / np.pi)
        n_corners = int(rng.integers(12, 61))
        angle = np.sort(rng.uniform(0, 2 * np.pi, n_corners))
        reach = radius * rng.uniform(0.7, 1.3, n_corners)
        centre = rng.uniform((west + radius, south + radius), (east - radius, north - radius))
        corners = centre + reach[:, None] * np.stack([np.cos(angle), np.sin(angle)], 1)
        found.append(shapely.make_valid(shapely.Polygon(corners)))
    return found


# ------------------------------------------------------------------ ours


def pack(shapes: np.ndarray, counts: np.ndarray) -> Pack:
    """Make a pack of the units, every column an indicator."""
    words, blank = Words("", ""), ("",) * N_UNITS
    codes = tuple(f"{place:06d}" for place in range(N_UNITS))
    areas = AreaTable(UNITS, codes, codes, codes, blank, blank, shapes, shapely.area(shapes))
    nothing = np.full(counts.shape, np.nan)
    status = np.full(counts.shape, STATUS_CODE[Status.PUBLISHED], dtype=np.uint8)
    table = ReleaseTable(
        "census", UNITS, NAMES, counts, nothing, nothing, status, np.zeros_like(status)
    )
    indicators = tuple(
        Indicator(n, "all", words, "people", Measure.COUNT, "persons", "sum", (n,)) for n in NAMES
    )
    variables = tuple(Variable(n, column=n, rounded_to=5) for n in NAMES)
    recipe = Recipe(
        code="half_a_million", name=words, metric_crs="EPSG:32188", home=UNITS,
        stewards=(Steward("all", words),), licences=(Licence("free", words, "", words),),
        sources=(Source("census", "", words, "free", words, ("census.csv",)),),
        area_types=(AreaType("unit", words, words, "all", 60, listed=False),),
        boundaries=(Boundary("unit", "2021", "census", KeyRule("code")),),
        releases=(Release("census", "census", "table", words, "2021", variables, area=UNITS),),
        universes=(Universe("people", words),), indicators=indicators,
        sections=(Section("all", words, NAMES),), fit=FitPlan((UNITS,), people=NAMES[0]),
    )  # fmt: skip
    return Pack(
        recipe=recipe, content_hash="half a million", loaded_sources={}, area_tables={UNITS: areas},
        release_tables={("census", UNITS): table}, place_tables={}, overlaps={}, blocks=None,
        division_shapes={}, report={},
    )  # fmt: skip


@contextmanager
def ours(shapes: np.ndarray, counts: np.ndarray) -> Iterator[Ask]:
    """Ask our atlas for whole portraits."""
    atlas = Atlas(pack(shapes, counts))

    def ask(area: shapely.Geometry) -> np.ndarray:
        portrait = atlas.portrait_of_shape(area, method=FitMethod.AS_DRAWN, in_metres=True)
        return np.array([figure.value for figure in portrait.figures])

    yield ask


# ------------------------------------------------------------------ the peers


@contextmanager
def by_sketch(shapes: np.ndarray, counts: np.ndarray) -> Iterator[Ask]:
    """Do it by hand with a tree and arrays."""
    tree, surface = shapely.STRtree(shapes), shapely.area(shapes)

    def ask(area: shapely.Geometry) -> np.ndarray:
        near = tree.query(area, predicate="intersects")
        part = shapely.area(shapely.intersection(shapes[near], area)) / surface[near]
        sums: np.ndarray = counts[:, near] @ part
        return sums

    yield ask


@contextmanager
def by_geopandas(shapes: np.ndarray, counts: np.ndarray) -> Iterator[Ask]:
    """Do it with GeoPandas: spatial index, intersection, matrix of the rows found."""
    frame = geopandas.GeoDataFrame(
        dict(zip(NAMES, counts, strict=True)), geometry=shapes, crs="EPSG:32188"
    )
    surface, values = frame.area.to_numpy(), frame[list(NAMES)].to_numpy()
    frame.sindex.query(frame.geometry.iloc[0])

    def ask(area: shapely.Geometry) -> np.ndarray:
        near = frame.sindex.query(area, predicate="intersects")
        part = frame.geometry.iloc[near].intersection(area).area.to_numpy() / surface[near]
        sums: np.ndarray = part @ values[near]
        return sums

    yield ask


@contextmanager
def by_duckdb(shapes: np.ndarray, counts: np.ndarray) -> Iterator[Ask]:
    """Do it with DuckDB for the rows, by bounding boxes, and shapely for what is inside."""
    boxes = shapely.bounds(shapes)
    columns = {name: pa.array(values) for name, values in zip(NAMES, counts, strict=True)}
    columns |= {
        name: pa.array(boxes[:, k]) for k, name in enumerate(("west", "south", "east", "north"))
    }
    columns |= {
        "shape": pa.array(shapely.to_wkb(shapes)),
        "surface": pa.array(shapely.area(shapes)),
    }
    arrow = pa.table(columns)
    base = duckdb.connect()
    base.execute("CREATE TABLE units AS SELECT * FROM arrow ORDER BY floor(south / 5000), west")
    del arrow
    query = f"""
        SELECT shape, surface, {", ".join(NAMES)} FROM units
        WHERE west <= $e AND east >= $w AND south <= $n AND north >= $s
    """

    def ask(area: shapely.Geometry) -> np.ndarray:
        west, south, east, north = area.bounds
        bounds = {"w": west, "e": east, "s": south, "n": north}
        found = base.sql(query, params=bounds).to_arrow_table()
        near = shapely.from_wkb(found["shape"].to_numpy())
        shapely.prepare(area)
        touched = shapely.intersects(area, near)
        part = np.zeros(near.size)
        part[touched] = shapely.area(shapely.intersection(near[touched], area))
        part /= np.asarray(found["surface"])
        return np.array([np.asarray(found[name]) @ part for name in NAMES])

    yield ask
    base.close()


@contextmanager
def by_postgis(shapes: np.ndarray, counts: np.ndarray) -> Iterator[Ask]:
    """Do it with PostGIS: one statement an area; whole rows inside are not cut."""
    sums = ", ".join(f"sum({name} * part)" for name in NAMES)
    query = f"""
        WITH area AS (SELECT ST_GeomFromWKB(%s, 32188) AS shape),
        touched AS (
            SELECT units.*, CASE WHEN ST_Covers(area.shape, units.shape) THEN 1.0
                ELSE ST_Area(ST_Intersection(units.shape, area.shape)) / surface END AS part
            FROM units, area WHERE ST_Intersects(area.shape, units.shape)
        ) SELECT {sums} FROM touched
    """
    with cluster() as address, psycopg.connect(address, autocommit=True) as base:
        fill(base, shapes, counts)

        def ask(area: shapely.Geometry) -> np.ndarray:
            row = base.execute(query, [shapely.to_wkb(area)], binary=True).fetchone()
            return np.array(row, dtype=np.float64)

        yield ask


def fill(base: psycopg.Connection, shapes: np.ndarray, counts: np.ndarray) -> None:
    """Load, index, cluster, analyse, and read everything into memory once."""
    columns = ", ".join(f"{name} float8" for name in NAMES)
    base.execute("CREATE EXTENSION postgis")
    base.execute(f"CREATE TABLE units (shape geometry(Polygon, 32188), surface float8, {columns})")
    base.execute(f"CREATE TEMP TABLE raw (shape bytea, surface float8, {columns})")
    rows = zip(
        shapely.to_wkb(shapes), shapely.area(shapes).tolist(), counts.T.tolist(), strict=True
    )
    with base.cursor().copy("COPY raw FROM STDIN") as copy:
        for shape, surface, values in rows:
            copy.write_row((shape, surface, *values))
    base.execute(
        f"INSERT INTO units SELECT ST_GeomFromWKB(shape, 32188), surface, {', '.join(NAMES)} FROM raw"
    )
    base.execute("CREATE INDEX units_shape ON units USING gist (shape)")
    base.execute("CLUSTER units USING units_shape")
    base.execute("VACUUM ANALYZE units")
    base.execute("SELECT sum(ST_Area(shape)) FROM units")


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server of our own, tuned for data in memory, and remove it afterwards."""
    programs = sorted(SERVERS.glob("*/bin"))[-1]
    folder = Path(tempfile.mkdtemp(prefix="courtepointe-postgis-"))
    as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    user = "postgres" if as_server else getpass.getuser()
    if as_server:
        shutil.chown(folder, "postgres")
    options = (
        f"-k {folder} -c listen_addresses='' -c shared_buffers=3GB -c work_mem=256MB "
        "-c maintenance_work_mem=512MB -c jit=off -c random_page_cost=1.1 -c fsync=off "
        "-c max_wal_size=8GB"
    )
    control = [*as_server, str(programs / "pg_ctl"), "-D", str(folder / "data"), "-w"]
    try:
        subprocess.run(
            [*as_server, str(programs / "initdb"), "-D", str(folder / "data"), "-A", "trust"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        subprocess.run(
            [*control, "-o", options, "-l", str(folder / "log"), "start"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        yield f"host={folder} user={user} dbname=postgres"
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# ------------------------------------------------------------------ measuring

SIDES = {
    "ours": ours,
    "PostGIS": by_postgis,
    "DuckDB and shapely": by_duckdb,
    "GeoPandas": by_geopandas,
    "STRtree and numpy": by_sketch,
}


def measured(side: str) -> dict[str, object]:
    """Run one side in this process: seconds of each area, megabytes, and the answers."""
    shapes, counts = units()
    areas = drawn(shapes)
    seconds, answers = [], []
    with SIDES[side](shapes, counts) as ask:
        for area in areas[:10]:
            ask(area)
        for area in areas:
            start = time.perf_counter()
            found = ask(area)
            seconds.append(time.perf_counter() - start)
            answers.append(found.tolist())
    return {"seconds": seconds, "answers": answers}


def apart(side: str) -> dict[str, object]:
    """Run one side in a process of its own."""
    command = [sys.executable, __file__, "--side", side]
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, stdout=told)
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            raise SystemExit(f"{side} failed")
        told.seek(0)
        found: dict[str, object] = json.loads(told.read().splitlines()[-1])
    return {**found, "megabytes": usage.ru_maxrss / 1e3}


def lines(found: dict[str, dict[str, object]]) -> Iterator[dict[str, object]]:
    """Compare ours with each peer, at the median and at the 95th percentile."""
    mine = found["ours"]
    for peer, theirs in found.items():
        if peer == "ours":
            continue
        same = np.allclose(mine["answers"], theirs["answers"], rtol=TOLERANCE, atol=1e-6)
        for name, share in (("median", 50), ("95th percentile", 95)):
            our_s = float(np.percentile(mine["seconds"], share))
            their_s = float(np.percentile(theirs["seconds"], share))
            yield {
                "name": f"sums over a drawn area, {name}",
                "size": f"{N_UNITS:,} units x {N_COLUMNS}, {N_AREAS:,} areas",
                "ours_s": round(our_s, 5),
                "ours_mb": round(float(mine["megabytes"])),
                "peer": peer,
                "peer_s": round(their_s, 5),
                "peer_mb": round(float(theirs["megabytes"])),
                "ratio": round(our_s / their_s, 3),
                "same_answer": bool(same),
            }


def main() -> None:
    """Run every side in turn, then print one line a comparison."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--side", choices=SIDES)
    asked, _ = parser.parse_known_args()
    if asked.side:
        print(json.dumps(measured(asked.side)))
        return
    sides = [side for side in SIDES if side != "PostGIS" or any(SERVERS.glob("*/bin"))]
    for line in lines({side: apart(side) for side in sides}):
        print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
