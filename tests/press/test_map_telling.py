"""Where areas lie and how they are named, over many names and both languages."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from courtepointe.atlas.figures import Status
from courtepointe.press.maps.telling import names_listed, ninths_of, where_words
from courtepointe.press.maps.values import MapArea


def areas(*names: str) -> list[MapArea]:
    shape = shapely.box(0, 0, 1, 1)
    return [MapArea(str(n), name, shape, 1.0, Status.AGGREGATED) for n, name in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["Vieux-Moulin"], "du Vieux-Moulin"),
        (["Le Plateau"], "du Plateau"),
        (["Les Faubourgs"], "des Faubourgs"),
        (["Ahuntsic"], "d’Ahuntsic"),
        (["Île-Bizard"], "de l’Île-Bizard"),
        (["Œillets", "Anjou"], "d’Anjou et d’Œillets"),
        (["Zouave", "Émard", "Eadie"], "d’Eadie, d’Émard et de Zouave"),
    ],
)  # fmt: skip
def test_names_take_their_article_and_stand_in_the_order_of_the_alphabet(
    names: list[str], told: str
) -> None:
    assert names_listed(areas(*names), form="de", lang="fr") == told


def test_english_takes_no_article() -> None:
    assert names_listed(areas("Zouave", "Émard"), form="de", lang="en") == "Émard and Zouave"


@pytest.mark.parametrize(
    ("ninths", "fr", "en"),
    [
        (["n"], ", au nord", ", in the north"),
        (["n", "n", "ne"], ", au nord et au nord-est", ", in the north and in the north-east"),
        (["w"] * 8 + ["n", "e"], ", surtout à l’ouest", ", mostly in the west"),
        (["w"] * 3 + ["c"] * 3 + ["n", "e"], ", surtout à l’ouest et au centre",
         ", mostly in the west and in the centre"),
        (["n", "s", "e", "w", "c"], ", un peu partout", ", here and there"),
    ],
)  # fmt: skip
def test_where_areas_lie(ninths: list[str], fr: str, en: str) -> None:
    assert where_words(ninths, lang="fr") == fr
    assert where_words(ninths, lang="en") == en


def test_ninths_of_a_box() -> None:
    points = np.array([[0.0, 0.0], [1.5, 1.5], [3.0, 3.0], [0.0, 2.9], [2.5, 0.1]])
    assert ninths_of(points, np.array([0.0, 0.0, 3.0, 3.0])) == ["sw", "c", "ne", "nw", "se"]
    flat = ninths_of(np.array([[1.0, 1.0]]), np.array([1.0, 1.0, 1.0, 1.0]))
    assert flat == ["sw"], "a map without extent still says something"
