"""Read streets from whichever of the files that people have."""

from __future__ import annotations

from pathlib import Path

from courtepointe.core.errors import BadInput
from courtepointe.formats.archives import check_file, first_bytes
from courtepointe.formats.streets.lines import read_street_lines
from courtepointe.formats.streets.osm import read_osm
from courtepointe.formats.streets.osmnx import read_osmnx
from courtepointe.formats.streets.values import StreetFile

PBF_BEGINS = b"OSMHeader"


def read_streets(
    path: Path | str,
    *,
    to_crs: str,
    layer: str | None = None,
    where: str | None = None,
    stairs: str | None = None,
    slope: str | None = None,
) -> StreetFile:
    """Read streets: OpenStreetMap PBF, OSMnx GraphML, or a layer of lines; its content says which.

    Parameters
    ----------
    path : path
    to_crs : str
        A coordinate system in metres.
    layer, where, stairs, slope : str, optional
        Of lines only, as `read_street_lines` takes them: the other two say by their own tags what is
        walked, what is stairs and what is steep.

    Returns
    -------
    StreetFile

    Raises
    ------
    BadInput
        ``streets_own_tags``; as `read_osm`, `read_osmnx` and `read_street_lines`.
    """
    path = check_file(path)
    begins = first_bytes(path, n_bytes=1024)
    of_lines = {"layer": layer, "where": where, "stairs": stairs, "slope": slope}
    if PBF_BEGINS in begins[:64]:
        _check_no_columns(path.name, of_lines)
        return read_osm(path, to_crs=to_crs)
    if begins.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and b"graphml" in begins.lower():
        _check_no_columns(path.name, of_lines)
        return read_osmnx(path, to_crs=to_crs)
    return read_street_lines(
        path, to_crs=to_crs, layer=layer, where=where, stairs=stairs, slope=slope
    )


def _check_no_columns(file: str, asked: dict[str, str | None]) -> None:
    """Refuse what only lines have, rather than pass over it."""
    for key, value in asked.items():
        if value is not None:
            raise BadInput("streets_own_tags", file=file, key=key, value=value)
