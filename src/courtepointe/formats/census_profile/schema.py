"""What the reader is asked for and what it gives: one row per geography and characteristic."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from courtepointe.core.errors import BadInput
from courtepointe.formats.census_profile.layout import MEASURES, SEXES

SPACES_A_LEVEL = 2
MAX_ID = 99_999
"""The Profile of 2021 has ids up to 2,631."""
_WORD = pa.dictionary(pa.int32(), pa.string())
_STATUS = pa.dictionary(pa.int8(), pa.string())


def _schema() -> pa.Schema:
    fields = [
        ("dguid", _WORD),
        ("geo_code", _WORD),
        ("geo_level", _WORD),
        ("geo_name", _WORD),
        ("census_year", pa.int16()),
        ("tnr_sf", pa.float64()),
        ("tnr_lf", pa.float64()),
        ("quality_flag", _WORD),
        ("characteristic", pa.int32()),
    ]
    for sex in SEXES:
        fields += [(f"{sex}_{measure}", pa.float64()) for measure in MEASURES]
        fields += [(f"{sex}_{kind}_status", _STATUS) for kind in ("count", "rate")]
        fields += [(f"{sex}_{kind}_flags", pa.uint8()) for kind in ("count", "rate")]
    return pa.schema(fields)


PROFILE_SCHEMA = _schema()
"""Text and statuses are dictionary-encoded (`column.dictionary_decode()` gives plain text);
numbers are null where there is no value; flags are those of ``symbols.CellFlag``."""


@dataclass(frozen=True, slots=True)
class ProfileQuery:
    """Which rows are wanted.

    Attributes
    ----------
    characteristics : frozenset of int or None
        Member ids; None for all of them.
    dguid_prefixes : tuple of str
        Rows whose DGUID starts with one of these (``"2021S0512"``: dissemination areas);
        none given: all rows.
    """

    characteristics: frozenset[int] | None = None
    dguid_prefixes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        strange = [n for n in self.characteristics or () if not 0 <= n <= MAX_ID]
        if strange:
            raise BadInput("census_profile_query", value=min(strange), expected=f"0-{MAX_ID}")


@dataclass(frozen=True, slots=True)
class Geography:
    """Who a run of lines speaks of: the eight first columns.

    Attributes
    ----------
    census_year : int
    dguid, geo_code, geo_level, geo_name : str
    tnr_sf, tnr_lf : float or None, percent
        Total non-response rate of the short form and of the long form.
    quality_flag : str
        Five digits, leading zeros kept.
    """

    census_year: int
    dguid: str
    geo_code: str
    geo_level: str
    geo_name: str
    tnr_sf: float | None
    tnr_lf: float | None
    quality_flag: str


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One member of the Census Profile.

    Attributes
    ----------
    id : int
    name : str
        Without its indentation.
    depth : int
        Levels of two spaces before the name.
    parent : int or None
        The nearest member above that is less indented.
    note : int or None
        Number of the publisher's note.
    """

    id: int
    name: str
    depth: int
    parent: int | None
    note: int | None
