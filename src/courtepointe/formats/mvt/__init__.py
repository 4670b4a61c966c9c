"""Mapbox Vector Tiles 2.1: layers of polygons with a few texts each.

>>> texts = texts_of({"code": codes, "name": names})
>>> content = write_layer("secteur:2021", cut(layer, tile), texts)
"""

from courtepointe.formats.mvt.texts import Texts, texts_of
from courtepointe.formats.mvt.write import MEDIA_TYPE, write_layer

__all__ = ["MEDIA_TYPE", "Texts", "texts_of", "write_layer"]
