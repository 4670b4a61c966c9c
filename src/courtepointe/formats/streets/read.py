"""Read streets from whichever of the files that people have."""

from __future__ import annotations

from pathlib import Path

from courtepointe.formats.archives import check_file, first_bytes
from courtepointe.formats.streets.lines import read_street_lines
from courtepointe.formats.streets.osm import read_osm
from courtepointe.formats.streets.osmnx import read_osmnx
from courtepointe.formats.streets.values import StreetFile

PBF_BEGINS = b"OSMHeader"


def read_streets(path: Path | str, *, to_crs: str, layer: str | None = None) -> StreetFile:
    """Read streets: OpenStreetMap PBF, OSMnx GraphML, or a layer of lines; its content says which.

    Parameters
    ----------
    path : path
    to_crs : str
        A coordinate system in metres.
    layer : str, optional
        Of lines, where the file has several.

    Returns
    -------
    StreetFile

    Raises
    ------
    BadInput
        As `read_osm`, `read_osmnx` and `read_street_lines`.
    """
    path = check_file(path)
    begins = first_bytes(path, n_bytes=1024)
    if PBF_BEGINS in begins[:64]:
        return read_osm(path, to_crs=to_crs)
    if begins.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and b"graphml" in begins.lower():
        return read_osmnx(path, to_crs=to_crs)
    return read_street_lines(path, to_crs=to_crs, layer=layer)
