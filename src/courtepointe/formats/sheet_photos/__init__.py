"""Photos of sheets: bytes to upright pixels and back, nothing of them trusted."""

from courtepointe.formats.sheet_photos.read import SheetPhoto, read_sheet_photo
from courtepointe.formats.sheet_photos.write import png_of

__all__ = ["SheetPhoto", "png_of", "read_sheet_photo"]
