"""Fixtures that every folder may use."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import settings
from tests.support.once import once
from tests.support.server import prepare

# A machine that is busy is not a fault of the code: no test has a time in it. A law that does not say
# how many towns it wants is tried on forty; EXAMPLES=400 tries more.
settings.register_profile(
    "house", deadline=None, max_examples=int(os.environ.get("EXAMPLES", "40"))
)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parents[1]


def shared_folder() -> Path:
    """Say where the publishers' files are: `COURTEPOINTE_SHARED`, else beside the checkout."""
    named = os.environ.get("COURTEPOINTE_SHARED", str(ROOT.parent / "shared"))
    return (ROOT / named).resolve()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of publishers' files, or skip, saying so."""
    folder = shared_folder()
    if not (folder / "data" / "montreal").is_dir():
        pytest.skip(f"no publishers' files in {folder}; set COURTEPOINTE_SHARED")
    return folder


@pytest.fixture(scope="session")
def montreal_files(shared: Path) -> Path:
    """Give the folder with the real public files of Montréal."""
    return shared / "data" / "montreal"


@pytest.fixture(autouse=True)
def own_language() -> None:
    """Start each test in the site's first language, whichever page the test before it read last.

    A request leaves its language on the thread, and which test comes before depends on the machine.
    """
    translation.deactivate()


@pytest.fixture
def root() -> Path:
    """Give the checkout's own folder."""
    return ROOT


def run(*words: str, **environment: str) -> None:
    """Run a `courtepointe` command as a person would, or fail with what it said."""
    command = Path(sys.executable).with_name("courtepointe")
    told = subprocess.run(
        [str(command), *words],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.fixture(scope="session")
def demo_sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the demo city's files once, the truth beside them."""

    def make(folder: Path) -> None:
        run("atlas", "demo", "--out", str(folder / "sources"))

    return once(tmp_path_factory, "demo", make) / "sources"


def build(recipe: str, sources: Path, folder: Path) -> None:
    """Build a pack of ours from publishers' files."""
    words = ("--sources", str(sources), "--out", str(folder / "pack"))
    run("atlas", "build", str(ROOT / "recipes" / recipe), *words)


@pytest.fixture(scope="session")
def demo_pack(demo_sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demo city's pack once."""
    made = once(tmp_path_factory, "demo-pack", partial(build, "demo.toml", demo_sources))
    return made / "pack"


@pytest.fixture(scope="session")
def montreal_pack(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real Montréal's pack once, from the publishers' files."""
    files = shared / "data" / "montreal"
    made = once(tmp_path_factory, "montreal-pack", partial(build, "montreal.toml", files))
    return made / "pack"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare a site's data folder once; who writes in one takes a copy."""
    return once(tmp_path_factory, "prepared", prepare)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_use_migrations: bool,
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """Begin with the tables of a prepared site: making them takes each process as long as a hundred tests.

    Migrations that the site has not had are still made; on another server than SQLite all are.
    """
    if connection.vendor != "sqlite" or not django_db_use_migrations:
        yield
        return
    prepared: Path = request.getfixturevalue("prepared")
    ours = connection.creation._get_test_db_name()
    theirs = f"file:{prepared / 'courtepointe.sqlite3'}?mode=ro&immutable=1"
    with closing(sqlite3.connect(ours, uri=True)) as held:
        with closing(sqlite3.connect(theirs, uri=True)) as made:
            made.backup(held)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the stories: one is as long as many files, and would keep the run waiting at its end.

    Second comes the longest of the others, which needs no pack: of two processes one prepares the site
    while the other builds the demo city.
    """
    stories = {item.path for item in items if "stories" in item.path.parts}
    first = min(stories, default=None)

    def turn(item: pytest.Item) -> int:
        if item.path.name == "test_never_leaks.py":
            return 1
        return 3 if item.path not in stories else 2 * (item.path != first)

    items.sort(key=turn)
