"""Read HSDS in whichever of its forms a file has."""

from __future__ import annotations

from pathlib import Path

from courtepointe.formats.archives import MEMORY_LIMIT_BYTES, check_file, is_zip
from courtepointe.formats.hsds.json_text import read_json
from courtepointe.formats.hsds.package import read_package
from courtepointe.formats.hsds.values import Read


def read_hsds(path: Path) -> Read:
    """Read a JSON file, a zip of CSV files, or a folder of them.

    Raises
    ------
    BadInput
        As `read_json` and `read_package`; as `courtepointe.formats.archives.check_file`.
    """
    if path.is_dir():
        return read_package(path)
    check_file(path, limit_bytes=MEMORY_LIMIT_BYTES)
    if is_zip(path):
        return read_package(path)
    return read_json(path.read_bytes(), file=path.name)
