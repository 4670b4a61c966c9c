"""The pack that pages are measured on: the one that `COURTEPOINTE_PACK` names, else the demo city's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = str(Path(sys.executable).with_name("courtepointe"))


def measured_pack(folder: Path) -> Path:
    """Give the pack to measure on, built in the folder where none is named."""
    named = os.environ.get("COURTEPOINTE_PACK")
    if named:
        return Path(named)
    sources, pack = folder / "sources", folder / "pack"
    recipe = str(ROOT / "recipes" / "demo.toml")
    for words in (
        ["demo", "--out", str(sources)],
        ["build", recipe, "--sources", str(sources), "--out", str(pack)],
    ):
        subprocess.run([COMMAND, "atlas", *words], check=True, stdout=sys.stderr)
    return pack
