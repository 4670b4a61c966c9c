"""Workbooks as people have them: XLSX, XLS, ODS, CSV to plain tables that know where each cell stands."""

from courtepointe.formats.letters import folded
from courtepointe.formats.workbooks.cells import text_of
from courtepointe.formats.workbooks.dates import DateForm, DateRead, day_comes_first, read_date
from courtepointe.formats.workbooks.grids import find_grids
from courtepointe.formats.workbooks.limits import LIMITS, Limits
from courtepointe.formats.workbooks.marks import status_of
from courtepointe.formats.workbooks.read import read_workbook
from courtepointe.formats.workbooks.values import (
    Cell,
    CellStatus,
    Column,
    Grid,
    LeftOut,
    Sheet,
    Value,
    Workbook,
    letters,
    position_of,
)

__all__ = [
    "LIMITS",
    "Cell",
    "CellStatus",
    "Column",
    "DateForm",
    "DateRead",
    "Grid",
    "LeftOut",
    "Limits",
    "Sheet",
    "Value",
    "Workbook",
    "day_comes_first",
    "find_grids",
    "folded",
    "letters",
    "position_of",
    "read_date",
    "read_workbook",
    "status_of",
    "text_of",
]
