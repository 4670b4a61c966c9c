"""From paths to streams of whole lines: plain files, or zips with their companions."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from courtepointe.core.errors import BadInput

BLOCK_BYTES = 8 * 1024 * 1024
LONGEST_LINE = 1024 * 1024
MOST_INFLATED = 400
"""A zip member that grows more than this many times is refused: the true ones grow some 15 times."""
SMALL_ENOUGH = 64 * 1024 * 1024
COMPANIONS = ("geo_starting_row", "geo_ligne", "readme", "lisez", "meta")
ENDINGS = (".csv", ".tab", ".txt")
_CONTAINERS = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"BZh": "bzip2",
    b"PAR1": "Parquet",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """One file of rows, by itself or inside a zip.

    Attributes
    ----------
    path : Path
    member : str or None
        Its name inside the zip.
    size : int, bytes
        Once unpacked.
    """

    path: Path
    member: str | None
    size: int

    @property
    def name(self) -> str:
        """What an error calls it."""
        return self.path.name if self.member is None else f"{self.path.name} › {self.member}"


def profile_files(paths: Sequence[Path]) -> tuple[ProfileFile, ...]:
    """List the files of rows that paths lead to; a zip may hold several.

    Raises
    ------
    BadInput
        ``census_profile_no_file``, ``census_profile_container``, ``census_profile_zip_broken``,
        ``census_profile_zip_without_data``, ``census_profile_zip_suspicious``,
        ``census_profile_zip_method``.
    """
    return tuple(file for path in paths for file in _files_of(path))


def _files_of(path: Path) -> tuple[ProfileFile, ...]:
    if not path.is_file():
        raise BadInput("census_profile_no_file", file=path.name)
    with path.open("rb") as stream:
        start = stream.read(8)
    for magic, container in _CONTAINERS.items():
        if start.startswith(magic):
            raise BadInput("census_profile_container", file=path.name, found=container)
    if start.startswith(b"PK") or path.suffix.lower() == ".zip":
        return _members_of(path)
    return (ProfileFile(path, None, path.stat().st_size),)


def _members_of(path: Path) -> tuple[ProfileFile, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError) as error:
        raise BadInput("census_profile_zip_broken", file=path.name, reason=str(error)) from error
    data = sorted((i for i in infos if _is_data(i.filename)), key=lambda i: i.filename)
    if not data:
        found = ", ".join(sorted(i.filename for i in infos)[:10]) or "—"
        raise BadInput("census_profile_zip_without_data", file=path.name, found=found)
    for info in data:
        _check_member(path, info)
    return tuple(ProfileFile(path, info.filename, info.file_size) for info in data)


def _is_data(name: str) -> bool:
    """Tell a member that holds rows from the companions that the publisher adds."""
    base = PurePosixPath(name).name.lower()
    hidden = base.startswith(".") or name.startswith("__MACOSX/")
    return base.endswith(ENDINGS) and not hidden and not any(c in base for c in COMPANIONS)


def _check_member(path: Path, info: zipfile.ZipInfo) -> None:
    growth = info.file_size / max(info.compress_size, 1)
    if growth > MOST_INFLATED and info.file_size > SMALL_ENOUGH:
        raise BadInput(
            "census_profile_zip_suspicious",
            file=path.name,
            member=info.filename,
            growth=round(growth),
            expected=MOST_INFLATED,
        )
    if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadInput("census_profile_zip_method", file=path.name, member=info.filename)


@contextmanager
def opened(file: ProfileFile) -> Iterator[IO[bytes]]:
    """Open a file of rows for reading, unpacked on the way."""
    if file.member is None:
        with file.path.open("rb") as stream:
            yield stream
        return
    try:
        archive = zipfile.ZipFile(file.path)
        member = archive.open(file.member)
    except (zipfile.BadZipFile, OSError) as error:
        raise BadInput("census_profile_zip_broken", file=file.name, reason=str(error)) from error
    with archive, member:
        yield member


def line_blocks(
    stream: IO[bytes], file: ProfileFile, *, block_bytes: int = BLOCK_BYTES
) -> Iterator[bytes]:
    """Read blocks of whole lines; the last line may lack its newline.

    Raises
    ------
    BadInput
        ``census_profile_zip_broken`` where the zip ends early or its checksum fails;
        ``census_profile_line_too_long`` where no line ends within a mebibyte.
    """
    carried = b""
    while chunk := _read(stream, file, block_bytes):
        cut = chunk.rfind(b"\n") + 1
        if cut:
            yield carried + chunk[:cut]
            carried = chunk[cut:]
        else:
            carried += chunk
        if len(carried) > LONGEST_LINE:
            raise BadInput("census_profile_line_too_long", file=file.name, expected=LONGEST_LINE)
    if carried:
        yield carried


def _read(stream: IO[bytes], file: ProfileFile, size: int) -> bytes:
    try:
        return stream.read(size)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BadInput("census_profile_zip_broken", file=file.name, reason=str(error)) from error
