"""Files, archives and folders to what they hold: told by their content, not by their names."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from courtepointe.core.errors import BadInput
from courtepointe.formats import archives
from courtepointe.formats.submissions.json_text import read_json
from courtepointe.formats.submissions.raw import MediaFile, Source
from courtepointe.formats.submissions.tables import RawTable, csv_table, linked, sheet_tables
from courtepointe.formats.submissions.xml_text import read_xml
from courtepointe.formats.tables.read import kind_of

READ = (".csv", ".tsv", ".txt", ".json", ".xml", ".xlsx", ".xls")
MEDIA_FOLDER = "media"
LIMIT_BYTES = 512 * archives.MEGABYTE
Held = tuple[str, str, Callable[[], bytes]]
"""Name, name for messages, and how to read it."""


def sources(
    files: Sequence[Path], *, repeats: frozenset[str], faults: list[BadInput]
) -> Iterator[Source]:
    """Read files: one source for each archive, folder, workbook, JSON and XML.

    Parameters
    ----------
    files : sequence of Path
        Single CSV files are tables of one export together.
    repeats : frozenset of str
        Addresses of the form's repeats, for XML.
    faults : list of BadInput
        Takes what `courtepointe.formats.submissions.tables.linked` finds.

    Raises
    ------
    BadInput
        As `courtepointe.formats.archives` and the readers of each kind; ``submission_nothing``
        where an archive or a folder holds nothing to read.
    """
    loose: list[Held] = []
    for path in files:
        if path.is_dir():
            yield from _folder(path, repeats, faults)
        elif archives.is_zip(archives.check_file(path)) and not _is_workbook(path):
            yield from _archive(path, repeats, faults)
        else:
            archives.check_file(path, limit_bytes=LIMIT_BYTES)
            loose.append((path.name, path.name, path.read_bytes))
    yield from _together(loose, repeats, faults)


def _is_workbook(path: Path) -> bool:
    with archives.open_zip(path) as archive:
        return "xl/workbook.xml" in archive.namelist()


def _archive(path: Path, repeats: frozenset[str], faults: list[BadInput]) -> Iterator[Source]:
    with archives.open_zip(path) as archive:
        named = archives.member_names(archive, suffixes=READ)
        read = tuple(name for name in named if MEDIA_FOLDER not in PurePosixPath(name).parts[:-1])
        for name in read:
            size = archive.getinfo(name).file_size
            if size > LIMIT_BYTES:
                raise archives.too_large(f"{path.name}/{name}", size, limit_bytes=LIMIT_BYTES)
        held = [(name, f"{path.name}/{name}", _member(archive, name)) for name in read]
        others = [one.filename for one in archive.infolist() if not one.is_dir()]
        media = [
            MediaFile(PurePosixPath(name).name, path, name)
            for name in others
            if name not in read and not PurePosixPath(name).name.startswith(".")
        ]
        yield from _with_media(held, media, path.name, repeats, faults)


def _member(archive: zipfile.ZipFile, name: str) -> Callable[[], bytes]:
    return lambda: archive.read(name)


def _folder(path: Path, repeats: frozenset[str], faults: list[BadInput]) -> Iterator[Source]:
    files = [
        one for one in sorted(path.rglob("*")) if one.is_file() and not one.name.startswith(".")
    ]
    read = [
        one for one in files
        if one.suffix.lower() in READ and MEDIA_FOLDER not in one.relative_to(path).parts[:-1]
    ]  # fmt: skip
    held: list[Held] = [
        (one.name, f"{path.name}/{one.relative_to(path)}", one.read_bytes) for one in read
    ]
    media = [MediaFile(one.name, one) for one in files if one not in read]
    yield from _with_media(held, media, path.name, repeats, faults)


def _with_media(
    held: Sequence[Held],
    media: Iterable[MediaFile],
    shown: str,
    repeats: frozenset[str],
    faults: list[BadInput],
) -> Iterator[Source]:
    if not held:
        raise BadInput("submission_nothing", file=shown, expected="CSV, XLSX, JSON, XML")
    found = list(_together(held, repeats, faults))
    yield replace(found[0], media=tuple(media))
    yield from found[1:]


def _together(
    held: Sequence[Held], repeats: frozenset[str], faults: list[BadInput]
) -> Iterator[Source]:
    """Read files that came together; their CSV tables are one export."""
    tables: list[RawTable] = []
    for name, shown, read in held:
        content = read()
        kind = _kind(content, shown)
        if kind == "csv":
            tables.append(csv_table(content, name=name, file=shown))
        elif kind == "sheets":
            yield linked(sheet_tables(content, file=shown), faults)
        elif kind == "json":
            yield read_json(content, file=shown)
        else:
            yield read_xml(content, file=shown, repeats=repeats)
    if tables:
        yield linked(tables, faults)


def _kind(content: bytes, shown: str) -> str:
    """Tell ``csv``, ``sheets``, ``json`` or ``xml`` from the first bytes."""
    if not content:
        raise BadInput("file_empty", file=shown)
    start = content[:4096]
    if kind_of(start, name=shown) in ("sheet", "zip"):
        if kind_of(start, name=shown) == "zip" and not _holds_sheets(content):
            raise BadInput("submission_archive_inside", file=shown)
        return "sheets"
    plain = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.startswith((b"{", b"[")):
        return "json"
    return "xml" if plain.startswith(b"<") else "csv"


def _holds_sheets(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False
