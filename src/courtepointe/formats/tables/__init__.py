"""Any table: CSV, XLSX or Parquet to text columns; then numbers, keys and conditions on demand.

Nothing is guessed on the way in: ``4620001.00`` stays text until somebody asks for a number.
"""

from courtepointe.formats.tables.keys import take_keys
from courtepointe.formats.tables.numbers import Numbers, to_numbers
from courtepointe.formats.tables.read import read_table
from courtepointe.formats.tables.sql import derive, keep, matching
from courtepointe.formats.tables.values import Table, table_of

__all__ = [
    "Numbers",
    "Table",
    "derive",
    "keep",
    "matching",
    "read_table",
    "table_of",
    "take_keys",
    "to_numbers",
]
