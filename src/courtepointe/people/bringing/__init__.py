"""Bring a table in: say what a room wants, match its columns, read every row, tell every fault by its cell.

workbook = read_workbook(content, file="Bénévoles.xlsx")
grid = best_grid(find_grids(workbook), shape("volunteers"))
matching = propose_mapping(grid, shape("volunteers"), remembered)
result = read_rows(grid, matching, shape("volunteers"), today=today)
rows = accepted(result)            # or what is wrong, and nothing taken
"""

from courtepointe.people.bringing.choosing import best_grid
from courtepointe.people.bringing.corrected import write_corrected
from courtepointe.people.bringing.folding import fingerprint, heading_keys
from courtepointe.people.bringing.keys import key_of_row
from courtepointe.people.bringing.mapping import ColumnMatch, Matching, propose_mapping
from courtepointe.people.bringing.remembered import Remembered, read_remembered
from courtepointe.people.bringing.result import (
    Caution,
    CellFault,
    Known,
    Result,
    RowRead,
    Understood,
    Unfit,
    accepted,
)
from courtepointe.people.bringing.room import looked_at
from courtepointe.people.bringing.rows import read_rows
from courtepointe.people.bringing.shape import Choice, Field, Kind, Shape
from courtepointe.people.bringing.shapes import read_shape, shape, shipped
from courtepointe.people.bringing.template import write_table
from courtepointe.people.bringing.words import caution_text, field_text, shown, whole_text

__all__ = [
    "Caution",
    "CellFault",
    "Choice",
    "ColumnMatch",
    "Field",
    "Kind",
    "Known",
    "Matching",
    "Remembered",
    "Result",
    "RowRead",
    "Shape",
    "Understood",
    "Unfit",
    "accepted",
    "best_grid",
    "caution_text",
    "field_text",
    "fingerprint",
    "heading_keys",
    "key_of_row",
    "looked_at",
    "propose_mapping",
    "read_remembered",
    "read_rows",
    "read_shape",
    "shape",
    "shipped",
    "shown",
    "whole_text",
    "write_corrected",
    "write_table",
]
