"""Answer every question of this folder and write docs/benchmarks.md (`make bench`).

`make bench ONLY="access siting"` answers those alone: their parts of the page are written anew, the others stay.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
NOT_QUESTIONS = {
    "esda_side.py",
    "measure.py",
    "mesh.py",
    "packs.py",
    "pandana_side.py",
    "run.py",
    "siting_peers.py",
}
PEERS = ("duckdb", "pyarrow", "numba", "scipy", "pandas", "geopandas", "shapely", "jenkspy")


def main() -> None:
    """Run the files one after the other; a file that fails fails the whole."""
    files = sorted(path for path in HERE.glob("*.py") if path.name not in NOT_QUESTIONS)
    only = os.environ.get("ONLY", "").split()
    asked = [path for path in files if not only or path.stem in only]
    answers = [(path, lines_of(path)) for path in asked]
    told = page(answers) if not only else page_with(PAGE.read_text(encoding="utf-8"), answers)
    PAGE.write_text(told, encoding="utf-8")
    print(f"{PAGE.relative_to(HERE.parent)} is written.")


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Run one file, pass on what it prints, and give its JSON lines."""
    lines = []
    with subprocess.Popen(
        [sys.executable, str(path), *sys.argv[1:]], stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if line.startswith("{"):
                lines.append(json.loads(line))
    if process.returncode != 0:
        raise SystemExit(f"{path.name} failed")
    return lines


Answers = list[tuple[Path, list[dict[str, Any]]]]


def page_with(before: str, answers: Answers) -> str:
    """Write some parts of a page anew, each with its day; new ones come at the end."""
    head, *parts = before.split("\n## ")
    held = {part.split("\n", 1)[0]: part for part in parts}
    today = datetime.now(tz=UTC).date().isoformat()
    for path, lines in answers:
        name = f"`benchmarks/{path.name}`"
        held[name] = f"{name}\n\n{first_line(path)} (Measured {today}.)\n\n{table(lines)}"
    return "\n## ".join([head, *held.values()])


def page(answers: Answers) -> str:
    """Write the page: the machine, then a table for each file."""
    today = datetime.now(tz=UTC).date().isoformat()
    parts = [
        "# Benchmarks\n",
        "Ours and a peer, measured in turn in one run, each in a fresh process: medians. A ratio "
        "under 1 means that ours takes less time. Memory is that of the whole process, libraries "
        "included. `make bench` writes this page anew; each file of `benchmarks/` runs alone too.\n",
        f"Measured {today}: {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}, {libraries()}.\n",
    ]
    for path, lines in answers:
        parts.append(f"## `benchmarks/{path.name}`\n")
        parts.append(first_line(path) + "\n")
        parts.append(table(lines))
    return "\n".join(parts)


def libraries() -> str:
    """Name the versions that the figures depend on."""
    return ", ".join(f"{name} {version(name)}" for name in PEERS)


def first_line(path: Path) -> str:
    """Give the first sentence of a file's docstring."""
    return path.read_text(encoding="utf-8").split('"""')[1].strip().splitlines()[0]


def of_memory(megabytes: float | None) -> str:
    """Tell memory, where the peer has one."""
    return "" if megabytes is None else f", {megabytes} MB"


def table(lines: list[dict[str, Any]]) -> str:
    """Draw the answers of a file."""
    rows = ["| question | size | ours | peer | | ratio | same answer |", "|" + "---|" * 7]
    rows += [
        f"| {one['name']} | {one['size']} | {one['ours_s']} s, {one['ours_mb']} MB | {one['peer']} "
        f"| {one['peer_s']} s{of_memory(one['peer_mb'])} | {one['ratio']} "
        f"| {'yes' if one['same_answer'] else 'no'} |"
        for one in lines
    ]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
