"""Look at a file, and into a zip, before trusting either.

Every reader of this room begins here: is it a file, is it too large, is it what its name says;
and for archives: no bombs, no names that climb out of the folder, no half-read members.
"""

from __future__ import annotations

import math
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from courtepointe.core.errors import BadInput

MEGABYTE = 1000**2
GIBIBYTE = 1024**3
PUBLISHED_LIMIT_BYTES = 64 * GIBIBYTE
"""A publisher's file may be large: readers stream it. Beyond this it is a mistake."""
MEMORY_LIMIT_BYTES = 4 * GIBIBYTE
"""Formats that must be held whole in memory (JSON, XLSX) stop here."""
RATIO_LIMIT = 200
"""Real text and geometry shrink by 3 to 40 times; a bomb by a thousand."""
RATIO_FREE_BYTES = 16 * 1024**2
"""Small members may shrink as they like: columns of blanks do."""

ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"


def check_file(path: Path | str, *, limit_bytes: int = PUBLISHED_LIMIT_BYTES) -> Path:
    """Give the path back when it is a file of a readable size, or raise `BadInput`.

    Parameters
    ----------
    path : path
    limit_bytes : int, bytes

    Raises
    ------
    BadInput
        ``file_missing``, ``file_is_folder``, ``file_empty``, ``file_too_large``.
    """
    path = Path(path)
    if path.is_dir():
        raise BadInput("file_is_folder", file=path.name)
    if not path.is_file():
        raise BadInput("file_missing", file=path.name)
    size = path.stat().st_size
    if size == 0:
        raise BadInput("file_empty", file=path.name)
    if size > limit_bytes:
        raise too_large(path.name, size, limit_bytes=limit_bytes)
    return path


def too_large(file: str, n_bytes: int, *, limit_bytes: int) -> BadInput:
    """Make the error of a file that is too large, in megabytes."""
    found, limit = math.ceil(n_bytes / MEGABYTE), limit_bytes // MEGABYTE
    return BadInput("file_too_large", file=file, found=found, limit=limit)


def first_bytes(path: Path, *, n_bytes: int = 4096) -> bytes:
    """Read the beginning of a file."""
    with path.open("rb") as stream:
        return stream.read(n_bytes)


def is_zip(path: Path) -> bool:
    """Tell whether a file begins as a zip does."""
    return first_bytes(path, n_bytes=4) in (ZIP_MAGIC, EMPTY_ZIP_MAGIC)


@contextmanager
def open_zip(
    source: Path | IO[bytes], *, limit_bytes: int = PUBLISHED_LIMIT_BYTES, file: str = ""
) -> Iterator[zipfile.ZipFile]:
    """Open a zip whose members all have harmless names and honest sizes.

    Parameters
    ----------
    source : path or binary stream
    limit_bytes : int, bytes
        The most that all members may unpack to.
    file : str
        Name for messages; else the path's own.

    Raises
    ------
    BadInput
        ``zip_broken`` (also when a member breaks while it is read), ``zip_unsafe_name``,
        ``zip_encrypted``, ``zip_too_large``, ``zip_bomb``.
    """
    file = file or (source.name if isinstance(source, Path) else "")
    try:
        with zipfile.ZipFile(source) as archive:
            _check_members(archive, file=file, limit_bytes=limit_bytes)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BadInput("zip_broken", file=file, detail=str(error)) from error


def _check_members(archive: zipfile.ZipFile, *, file: str, limit_bytes: int) -> None:
    total = 0
    for member in archive.infolist():
        name = member.filename
        if _climbs(name):
            raise BadInput("zip_unsafe_name", file=file, value=name)
        if member.header_offset < 0:
            raise zipfile.BadZipFile(f"{name}: {member.header_offset}")
        if member.flag_bits & 1:
            raise BadInput("zip_encrypted", file=file, value=name)
        total += member.file_size
        if member.file_size > RATIO_FREE_BYTES + RATIO_LIMIT * member.compress_size:
            raise BadInput("zip_bomb", file=file, value=name)
    if total > limit_bytes:
        found, limit = math.ceil(total / MEGABYTE), limit_bytes // MEGABYTE
        raise BadInput("zip_too_large", file=file, found=found, limit=limit)


def _climbs(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    drive = len(name) > 1 and name[1] == ":"
    return path.is_absolute() or drive or ".." in path.parts or "\x00" in name


def member_names(archive: zipfile.ZipFile, *, suffixes: tuple[str, ...]) -> tuple[str, ...]:
    """List the members with one of the suffixes, in the archive's order.

    Folders, hidden files and macOS's shadow files are left out.
    """
    names = []
    for member in archive.infolist():
        path = PurePosixPath(member.filename)
        shadow = "__MACOSX" in path.parts or path.name.startswith(".")
        if not member.is_dir() and not shadow and path.suffix.lower() in suffixes:
            names.append(member.filename)
    return tuple(names)


def one_member(
    archive: zipfile.ZipFile, *, file: str, suffixes: tuple[str, ...], member: str | None = None
) -> str:
    """Choose the member to read: the one that is named, or the only one that can be.

    A name may be the whole path inside the archive, or its last part.

    Raises
    ------
    BadInput
        ``zip_no_member``, ``zip_which_member``.
    """
    names = member_names(archive, suffixes=suffixes)
    if member is not None:
        names = tuple(n for n in names if member in (n, PurePosixPath(n).name))
    if len(names) == 1:
        return names[0]
    if names:
        raise BadInput("zip_which_member", file=file, found=", ".join(names[:10]))
    raise BadInput("zip_no_member", file=file, value=member or "—", expected=", ".join(suffixes))


def unpack_member(archive: zipfile.ZipFile, name: str, *, target: Path, file: str) -> Path:
    """Write one member to a path of ours; its checksum is verified as it is read.

    Raises
    ------
    BadInput
        ``zip_bomb`` where a member holds more than it announced.
    """
    announced = archive.getinfo(name).file_size
    with archive.open(name) as source, target.open("wb") as sink:
        _copy_at_most(source, sink, announced, facts={"file": file, "value": name})
    return target


def _copy_at_most(source: IO[bytes], sink: IO[bytes], limit: int, *, facts: dict[str, str]) -> None:
    shutil.copyfileobj(source, sink, 1024 * 1024)
    if sink.tell() > limit:
        raise BadInput("zip_bomb", **facts)
