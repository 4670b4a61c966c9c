"""Shapes on disk as one run of bytes: well-known binary, and where each shape ends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from courtepointe.core.typing import Shapes


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
    ends = np.load(stem.with_name(f"{stem.name}.ends.npy"))
    whole = np.load(stem.with_name(f"{stem.name}.wkb.npy"), mmap_mode="r")
    view = memoryview(whole)
    starts = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
    pieces = np.empty(len(ends), dtype=np.object_)
    pieces[:] = [bytes(view[a:b]) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    shapes: Shapes = shapely.from_wkb(pieces)
    return shapes
