"""The sheets of a workshop in a town worked by hand, printed once for all tests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.support.sheet_photos import page_of
from tests.support.town import town

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.sheets import Layout, SheetPaper, card_layout, new_sheets
from courtepointe.press.faces import faces
from courtepointe.press.workshop import Ground, Workshop, ground_of, sheet_pictures

ROOT = Path(__file__).resolve().parents[3]
CODES = new_sheets(3, rng=np.random.default_rng(5))


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    modules = Path(os.environ.get("COURTEPOINTE_NODE_MODULES", ROOT / "node_modules"))
    return faces(modules, tmp_path_factory.mktemp("faces"))


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas(town(blocks=True))


@pytest.fixture(scope="session")
def ground(atlas: Atlas) -> Ground:
    key = atlas.find("quartier:1")
    return ground_of(atlas, key, paper="a4", lang="fr")


@pytest.fixture(scope="session")
def workshop(ground: Ground) -> Workshop:
    return Workshop(ground.name, SheetPaper.A4, "fr", CODES[0], CODES[1:], ground)


@pytest.fixture(scope="session")
def pages(workshop: Workshop, ground: Ground, fonts: Path) -> dict[str, tuple[Any, Layout]]:
    """Give a map and cards on two papers, in two languages, as pixels with their layouts."""
    english = Workshop("Old Mill", SheetPaper.LETTER, "en", CODES[0], CODES[1:])
    french = [page_of(one) for one in sheet_pictures(workshop, fonts=fonts)]
    return {
        "map": (french[1], ground.layout),
        "a4": (french[2], card_layout(SheetPaper.A4)),
        "letter": (
            page_of(sheet_pictures(english, fonts=fonts)[1]),
            card_layout(SheetPaper.LETTER),
        ),
    }
