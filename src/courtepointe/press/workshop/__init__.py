"""The printed sheets of a mapping workshop: guide, map and cards."""

from courtepointe.press.workshop.ground import Ground, ground_of
from courtepointe.press.workshop.sheets import Workshop, sheet_pictures, write_sheets

__all__ = ["Ground", "Workshop", "ground_of", "sheet_pictures", "write_sheets"]
