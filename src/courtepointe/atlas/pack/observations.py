"""A release as a long table for people, and as arrays for questions."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from courtepointe.atlas.figures import Status
from courtepointe.atlas.pack.values import (
    FLAG_NO_ROW,
    STATUS_CODE,
    STATUS_ORDER,
    ReleaseTable,
)
from courtepointe.core.typing import AnyArray, Codes, Floats

SCHEMA = pa.schema(
    [
        ("area_code", pa.dictionary(pa.int32(), pa.string())),
        ("variable", pa.dictionary(pa.int32(), pa.string())),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("status", pa.dictionary(pa.int32(), pa.string())),
        ("flags", pa.uint8()),
    ]
)
ARRAYS = (("values", "float64"), ("low", "float64"), ("high", "float64"), ("status", "uint8"),
          ("flags", "uint8"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReleaseArrays:
    """The arrays of one release, being filled on disk.

    Attributes
    ----------
    values, low, high : (n_variables, n_areas) float
    status, flags : (n_variables, n_areas) uint8
    """

    values: Floats
    low: Floats
    high: Floats
    status: Codes
    flags: Codes


def create_arrays(folder: Path, *, n_variables: int, n_areas: int) -> ReleaseArrays:
    """Make the arrays of a release on disk: no row anywhere yet."""
    folder.mkdir(parents=True, exist_ok=True)
    made: dict[str, AnyArray] = {}
    for name, kind in ARRAYS:
        path = folder / f"{name}.npy"
        made[name] = np.lib.format.open_memmap(
            path, mode="w+", dtype=kind, shape=(n_variables, n_areas)
        )
        _reserve(path)
    for name in ("values", "low", "high"):
        made[name][:] = np.nan
    made["status"][:] = STATUS_CODE[Status.NOT_AVAILABLE]
    made["flags"][:] = FLAG_NO_ROW
    return ReleaseArrays(**made)


def _reserve(path: Path) -> None:
    """Take the room on the disk now: a mapped file that finds none later kills the process."""
    if hasattr(os, "posix_fallocate"):
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)


def keep_variables(folder: Path, arrays: ReleaseArrays, kept: Sequence[int]) -> ReleaseArrays:
    """Leave only some variables on disk."""
    less = {}
    for name, _ in ARRAYS:
        path = folder / f"{name}.npy"
        np.save(path.with_suffix(".less.npy"), getattr(arrays, name)[list(kept)])
        path.with_suffix(".less.npy").replace(path)
        less[name] = np.load(path, mmap_mode="r+")
    return ReleaseArrays(**less)


def finish_arrays(folder: Path, arrays: ReleaseArrays) -> None:
    """Push the arrays to disk; intervals that nobody published take no room."""
    for name, _ in ARRAYS:
        array: Any = getattr(arrays, name)
        array.flush()
    if not (np.isfinite(arrays.low).any() or np.isfinite(arrays.high).any()):
        (folder / "low.npy").unlink()
        (folder / "high.npy").unlink()


def open_arrays(
    folder: Path, *, release: str, area: str, variables: tuple[str, ...]
) -> ReleaseTable:
    """Map a release's arrays from disk, read only."""
    read = {
        name: np.load(folder / f"{name}.npy", mmap_mode="r")
        for name, _ in ARRAYS
        if (folder / f"{name}.npy").exists()
    }
    nothing = np.broadcast_to(np.float64(np.nan), read["values"].shape)
    return ReleaseTable(
        release=release,
        area=area,
        variables=variables,
        values=read["values"],
        low=read.get("low", nothing),
        high=read.get("high", nothing),
        status=read["status"],
        flags=read["flags"],
    )


def write_observations(
    path: Path, arrays: ReleaseArrays, *, variables: tuple[str, ...], codes: tuple[str, ...]
) -> None:
    """Write a release as a long table, one variable after another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    areas = pa.DictionaryArray.from_arrays(
        np.arange(len(codes), dtype=np.int32), pa.array(codes, pa.string())
    )
    names = pa.array(variables, pa.string())
    words = pa.array([str(status) for status in STATUS_ORDER], pa.string())
    with pq.ParquetWriter(path, SCHEMA, compression="zstd", version="2.6") as writer:
        for place in range(len(variables)):
            which = np.full(len(codes), place, dtype=np.int32)
            status = arrays.status[place].astype(np.int32)
            numbers = [
                pa.array(array[place], pa.float64(), from_pandas=True)
                for array in (arrays.values, arrays.low, arrays.high)
            ]
            columns = [
                areas,
                pa.DictionaryArray.from_arrays(which, names),
                *numbers,
                pa.DictionaryArray.from_arrays(status, words),
                pa.array(arrays.flags[place], pa.uint8()),
            ]
            writer.write_batch(pa.record_batch(columns, schema=SCHEMA))
