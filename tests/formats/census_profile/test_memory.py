"""Memory does not follow the size of the file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from courtepointe.formats.census_profile import (
    Characteristic,
    Geography,
    dense_rows,
    write_profile,
)

MEASURE = """
import sys
from pathlib import Path
from courtepointe.formats.census_profile import ProfileQuery, read_profile
from courtepointe.formats.census_profile.source import BLOCK_BYTES, line_blocks

def peak_mb():
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024

small, large = map(Path, sys.argv[1:])
for path, block_bytes in ((small, 1_000_000), (large, 1_000_000), (large, BLOCK_BYTES)):
    line_blocks.__kwdefaults__["block_bytes"] = block_bytes
    n_rows = sum(batch.num_rows for batch in read_profile([path], ProfileQuery()))
    print(n_rows, peak_mb())
"""


def written(path: Path, n_areas: int) -> Path:
    n_ids = 400
    ids = np.arange(1, n_ids + 1)
    named = [Characteristic(int(n), f"Characteristic no {n}", 1, None, None) for n in ids]
    values = np.tile(np.arange(6 * n_ids, dtype=np.float64).reshape(6, 1, n_ids), (1, n_areas, 1))
    symbols = np.zeros(values.shape, dtype=np.uint8)
    places = [
        Geography(2021, f"2021S0512{i:08d}", f"{i:08d}", "DA", f"{i:08d}", 3.1, 4.6, "00000")
        for i in range(n_areas)
    ]
    write_profile(path, [dense_rows(places, ids, values, symbols)], named, with_intervals=False)
    return path


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_a_file_three_times_larger_takes_no_more_memory(tmp_path: Path) -> None:
    """Well under the promised 1 GB, imports included; what grows is 4 bytes a cell."""
    small = written(tmp_path / "small.csv", 330)
    large = written(tmp_path / "large.csv", 1000)
    assert large.stat().st_size > 50_000_000
    told = subprocess.run(
        [sys.executable, "-c", MEASURE, str(small), str(large)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    peaks = [tuple(map(float, row.split())) for row in told.stdout.splitlines()]
    assert [n_rows for n_rows, _ in peaks] == [330 * 400, 1000 * 400, 1000 * 400]
    assert peaks[1][1] - peaks[0][1] < 30
    assert peaks[2][1] < 600
