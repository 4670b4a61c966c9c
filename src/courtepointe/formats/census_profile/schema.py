"""What the reader is asked for and what it gives: one row per geography and characteristic."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from courtepointe.formats.census_profile.layout import MEASURES, SEXES

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
