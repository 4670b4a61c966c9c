"""Shapes on disk as one run of bytes: well-known binary, and where each shape ends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from courtepointe.core.typing import Ints, Shapes


def write_shapes(stem: Path, shapes: Shapes) -> None:
    """Write shapes as ``STEM.wkb.npy`` and ``STEM.ends.npy``."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    wkb = shapely.to_wkb(shapes, output_dimension=2)
    ends = np.cumsum([len(one) for one in wkb], dtype=np.int64)
    np.save(stem.with_name(f"{stem.name}.ends.npy"), ends)
    everything = np.frombuffer(b"".join(wkb), dtype=np.uint8)
    np.save(stem.with_name(f"{stem.name}.wkb.npy"), everything)


def read_shapes(stem: Path) -> Shapes:
    """Read what `write_shapes` wrote."""
    n_shapes = np.load(stem.with_name(f"{stem.name}.ends.npy"), mmap_mode="r").size
    return read_some_shapes(stem, np.arange(n_shapes, dtype=np.int64))


def read_some_shapes(stem: Path, places: Ints) -> Shapes:
    """Read the shapes at some places of what `write_shapes` wrote.

    Parameters
    ----------
    stem : Path
    places : (n,) int

    Returns
    -------
    (n,) shapely geometries
    """
    ends = np.load(stem.with_name(f"{stem.name}.ends.npy"))
    whole = np.load(stem.with_name(f"{stem.name}.wkb.npy"), mmap_mode="r")
    view = memoryview(whole)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), ends])[:-1]
    runs = zip(starts[places].tolist(), ends[places].tolist(), strict=True)
    pieces = np.empty(len(places), dtype=np.object_)
    pieces[:] = [bytes(view[a:b]) for a, b in runs]
    shapes: Shapes = shapely.from_wkb(pieces)
    return shapes
