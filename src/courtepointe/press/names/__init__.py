"""Names of places with their articles: du Plateau-Mont-Royal, d’Hochelaga, dans la Petite-Patrie."""

from courtepointe.press.names.places import (
    Place,
    custom_place,
    file_stem,
    is_hidden,
    place,
    unnamed_place,
)

__all__ = ["Place", "custom_place", "file_stem", "is_hidden", "place", "unnamed_place"]
