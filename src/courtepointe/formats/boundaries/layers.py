"""Open one layer of a boundary file of any kind, alone or zipped."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from courtepointe.core.errors import BadInput
from courtepointe.formats import archives
from courtepointe.formats.boundaries import kinds
from courtepointe.formats.boundaries.engine import (
    Run,
    choose_layer,
    count_features,
    layer_names,
    read_with_engine,
)
from courtepointe.formats.boundaries.kml import read_kml
from courtepointe.formats.boundaries.parquet import read_geoparquet
from courtepointe.formats.boundaries.values import Layer

HELD_WHOLE = (kinds.GEOJSON, kinds.TOPOJSON, kinds.KML)
"""Kinds whose whole text is in memory while it is parsed."""
SHAPEFILE_SUFFIXES = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def read_layer(
    path: Path | str,
    *,
    layer: str | None = None,
    file: str | None = None,
    limit_bytes: int = archives.PUBLISHED_LIMIT_BYTES,
    rows: Run | None = None,
) -> Layer:
    """Read the shapes of one layer as they are, whatever their kind.

    Parameters
    ----------
    path : path
    layer : str, optional
        Needed where several layers have shapes; in a zip of several files, the file's name.
    file : str, optional
        The name to use in messages, where the path is not the one that people know.
    limit_bytes : int, bytes
        Of the file, and of what a zip unpacks to.
    rows : (int, int), optional
        The run of features to read, of a file of which `unpacked` counts them.

    Raises
    ------
    BadInput
    """
    path = archives.check_file(path, limit_bytes=limit_bytes)
    shown = file or path.name
    with one_file(path, layer=layer, file=shown, limit_bytes=limit_bytes) as (inner, kind, left):
        return _read(inner, kind, layer=left, file=shown, rows=rows)


@contextmanager
def unpacked(
    path: Path | str, *, layer: str | None = None
) -> Iterator[tuple[Path, str | None, int | None]]:
    """Give the file of a layer out of its zip, to be read in runs by several readers.

    Yields
    ------
    path : Path
        The file itself where it is in no zip.
    layer : str or None
        Still to choose in it.
    n_features : int or None
        None where a run of features cannot be read without those before it.

    Raises
    ------
    BadInput
    """
    path = archives.check_file(path)
    limit = archives.PUBLISHED_LIMIT_BYTES
    with one_file(path, layer=layer, file=path.name, limit_bytes=limit) as (inner, kind, left):
        yield inner, left, count_features(inner, kind, layer=left, file=path.name)


@contextmanager
def one_file(
    path: Path, *, layer: str | None, file: str, limit_bytes: int
) -> Iterator[tuple[Path, str, str | None]]:
    """Give the file to read, its kind, and the layer still to choose in it.

    A zip is unpacked into a folder that is gone afterwards, under names of ours.
    """
    kind = kinds.kind_of(path)
    if kind != kinds.ZIP:
        yield path, kind, layer
        return
    with tempfile.TemporaryDirectory(prefix="courtepointe-") as folder:
        inner, layer = _unpack(path, Path(folder), layer, file=file, limit_bytes=limit_bytes)
        yield inner, kinds.kind_of(inner), layer


def _read(path: Path, kind: str, *, layer: str | None, file: str, rows: Run | None) -> Layer:
    if kind in HELD_WHOLE:
        archives.check_file(path, limit_bytes=archives.MEMORY_LIMIT_BYTES)
    if kind == kinds.KML:
        return read_kml(path.read_bytes(), file=file)
    if kind == kinds.GEOPARQUET:
        return read_geoparquet(path, file=file)
    if kind == kinds.ZIP:
        raise BadInput("zip_in_zip", file=file)
    return read_with_engine(path, kind, layer=layer, file=file, rows=rows)


def list_layers(path: Path | str) -> tuple[str, ...]:
    """List the layers of a boundary file that have shapes; the files of a zip.

    Raises
    ------
    BadInput
    """
    path = archives.check_file(path)
    kind = kinds.kind_of(path)
    if kind == kinds.ZIP:
        with archives.open_zip(path) as archive:
            return archives.member_names(archive, suffixes=kinds.ZIPPED_SUFFIXES)
    if kind in (kinds.KML, kinds.GEOPARQUET):
        return (path.stem,)
    return layer_names(path, kind, file=path.name)


def _unpack(
    path: Path, folder: Path, layer: str | None, *, file: str, limit_bytes: int
) -> tuple[Path, str | None]:
    """Unpack the one file that is meant under a name of ours; say which layer is left to choose."""
    with archives.open_zip(path, limit_bytes=limit_bytes) as archive:
        names = archives.member_names(archive, suffixes=kinds.ZIPPED_SUFFIXES)
        stems = {n: {n, PurePosixPath(n).name, PurePosixPath(n).stem} for n in names}
        named = [n for n in names if layer in stems[n]]
        if not names:
            expected = ", ".join(kinds.ZIPPED_SUFFIXES)
            raise BadInput("zip_no_member", file=file, value=layer or "—", expected=expected)
        if len(names) > 1 and len(named) != 1:
            choose_layer(names, layer, file=file)
        name = named[0] if len(named) == 1 else names[0]
        suffix = PurePosixPath(name).suffix.lower()
        if suffix == ".shp":
            _unpack_parts(archive, name, folder, file=file)
        else:
            target = folder / f"layer{suffix}"
            archives.unpack_member(archive, name, target=target, file=file)
    inner_layer = None if named or suffix == ".shp" else layer
    return folder / f"layer{suffix}", inner_layer


def _unpack_parts(archive: zipfile.ZipFile, name: str, folder: Path, *, file: str) -> None:
    stem = str(PurePosixPath(name).with_suffix(""))
    for member in archive.namelist():
        part = PurePosixPath(member)
        if str(part.with_suffix("")) == stem and part.suffix.lower() in SHAPEFILE_SUFFIXES:
            target = folder / f"layer{part.suffix.lower()}"
            archives.unpack_member(archive, member, target=target, file=file)
