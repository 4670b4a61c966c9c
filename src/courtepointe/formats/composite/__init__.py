"""Tables and methods of composite indices: COINr's iData and iMeta, and a method in TOML."""

from courtepointe.formats.composite.data import IndexData, read_data, read_errors
from courtepointe.formats.composite.editions import next_edition, with_reference
from courtepointe.formats.composite.meta import IndexMeta, read_meta
from courtepointe.formats.composite.method import (
    SHIPPED,
    IndexMethod,
    read_method,
    shipped_method,
)
from courtepointe.formats.composite.method_text import method_hash, method_text
from courtepointe.formats.composite.named import named

__all__ = [
    "SHIPPED",
    "IndexData",
    "IndexMeta",
    "IndexMethod",
    "method_hash",
    "method_text",
    "named",
    "next_edition",
    "read_data",
    "read_errors",
    "read_meta",
    "read_method",
    "shipped_method",
    "with_reference",
]
