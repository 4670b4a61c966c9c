"""Write a whole demo: every region in turn, all files or none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from queue import Full, Queue

import pyogrio

from courtepointe.atlas.demo.characteristics import published, published_2016
from courtepointe.atlas.demo.files import Files
from courtepointe.atlas.demo.identity import words
from courtepointe.atlas.demo.limits import PRINTED
from courtepointe.atlas.demo.plan import Plan
from courtepointe.atlas.demo.prepared import Prepared, prepared
from courtepointe.core.errors import Refused
from courtepointe.formats.census_profile.write import ProfileRows, write_profile

MARK = "demo.json"
CITY = "Riviere-aux-Retailles"


def write_demo(
    out: Path, plan: Plan, *, jobs: int = 1, tell: Callable[[int], None] = lambda _: None
) -> None:
    """Write the files of a fictional city, the truth beside them.

    Parameters
    ----------
    out : Path
        Made, or replaced where it holds an earlier demo.
    plan : Plan
    jobs : int
        Processes that make regions; the files are the same bytes whatever their number.
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
    former = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{PRINTED}T00:00:00.000Z"})
    try:
        _write_all(part, plan, jobs, tell)
        shutil.rmtree(out, ignore_errors=True)
        part.replace(out)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": former})
        shutil.rmtree(part, ignore_errors=True)


def _write_all(folder: Path, plan: Plan, jobs: int, tell: Callable[[int], None]) -> None:
    census = folder / "census"
    census.mkdir()
    with Files(folder) as files:
        made = prepared(plan, jobs=jobs)
        for province, regions in plan.provinces:
            here = islice(made, len(regions))
            _write_province(census, _ending(plan, province), files, plan, here, tell)
    (folder / MARK).write_text(_mark(plan), encoding="utf-8")
    (folder / "LISEZMOI.txt").write_text(_notice(), encoding="utf-8")


def _ending(plan: Plan, province: int) -> str:
    """Name a province's files: a city alone lends them its name."""
    edition = "Francais" if plan.lang == "fr" else "English"
    alone = len(plan.provinces) == 1
    return f"{edition}_CSV_data_" + (CITY if alone else f"Province-{province}")


def _write_province(
    census: Path,
    ending: str,
    files: Files,
    plan: Plan,
    regions: Iterator[Prepared],
    tell: Callable[[int], None],
) -> None:
    """Write the profiles of a province, and all else that there is of its regions."""
    with Beside(census / f"98-401-X2016044_{ending}.zip", plan) as earlier:

        def rows() -> Iterator[ProfileRows]:
            for region in regions:
                files.add(region.made)
                earlier.add(region.of_2016)
                yield from region.of_2021
                tell(region.made.region.n_das)

        _write_census(census / f"98-401-X2021006_{ending}.csv", rows(), plan, year=2021)


class Beside:
    """Write the profile of 2016 in another thread, while that of 2021 is written in this one.

    Both come region after region, and no more than two regions wait: a country never has to be
    held in memory.
    """

    def __init__(self, path: Path, plan: Plan) -> None:
        self._path, self._plan = path, plan
        self._waiting: Queue[ProfileRows | None] = Queue(maxsize=4)
        self._thread = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> Beside:
        rows = iter(self._waiting.get, None)
        self._done = self._thread.submit(_write_census, self._path, rows, self._plan, year=2016)
        return self

    def add(self, rows: Iterable[ProfileRows]) -> None:
        """Hand rows over; raise what the other thread stumbled on."""
        for some in rows:
            while True:
                try:
                    self._waiting.put(some, timeout=1.0)
                    break
                except Full:
                    if self._done.done():
                        self._done.result()

    def __exit__(self, *_: object) -> None:
        if not self._done.done():
            self._waiting.put(None)
        self._thread.shutdown()
        self._done.result()


def _write_census(path: Path, rows: Iterator[ProfileRows | None], plan: Plan, *, year: int) -> None:
    listed = published() if year == 2021 else published_2016()
    names = [one.named(plan.lang) for one in listed]
    told = (some for some in rows if some is not None)
    write_profile(path, told, names, with_intervals=year == 2021, language=plan.lang)


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
