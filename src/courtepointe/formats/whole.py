"""Files that appear whole or not at all, and archives without a clock."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

STAMP = (1980, 1, 1, 0, 0, 0)
"""The earliest day that an archive can write: the same entries give the same bytes."""


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """Give a path beside a file to write to; the file is replaced when all of it is written."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        yield beside
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def write_whole(file: Path, content: bytes) -> None:
    """Write a file, or leave what stood there."""
    with whole(file) as beside:
        beside.write_bytes(content)


def entry(name: str, *, compress: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Give the head of an archive's entry, without a clock, readable by all."""
    told = zipfile.ZipInfo(name, date_time=STAMP)
    told.compress_type = compress
    told.external_attr = 0o644 << 16
    return told


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Put files in an archive, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files:
            archive.writestr(entry(name), content)
    return out.getvalue()


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that is not there yet, or is empty, with all its files or none.

    Raises
    ------
    OSError
        Where the folder holds something, or cannot be written.
    """
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        beside.mkdir()
        for name, content in files.items():
            (beside / name).write_bytes(content)
        if folder.is_dir():
            folder.rmdir()
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
