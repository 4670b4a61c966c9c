"""The demo city's quarters as material for documents, and one whose figures are all confidential."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from courtepointe.atlas.figures import Figure, Status
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.peer_values import StandsOut
from courtepointe.atlas.query.values import AreaKey
from courtepointe.press.charts import register_fonts
from courtepointe.press.faces import faces
from courtepointe.press.publication.compose import compose
from courtepointe.press.publication.material import Material, Subject, set_material, subject_of
from courtepointe.press.publication.values import Publication
from courtepointe.press.templates import template

ROOT = Path(__file__).resolve().parents[3]
QUARTERS = "quartier_sociologique:2014"
LONG = AreaKey.of(QUARTERS, "Q01")
"""The longest name of the demo city."""


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = faces(ROOT / "node_modules", tmp_path_factory.mktemp("faces"))
    register_fonts(found)
    return found


@pytest.fixture(scope="session")
def atlas(demo_pack: Path) -> Atlas:
    return Atlas(open_pack(demo_pack))


@pytest.fixture(scope="session")
def subject(atlas: Atlas) -> Subject:
    return subject_of(atlas, atlas.portrait(LONG))


@pytest.fixture(scope="session")
def french(subject: Subject, fonts: Path) -> Material:
    return set_material(subject, lang="fr")


@pytest.fixture(scope="session")
def english(subject: Subject, fonts: Path) -> Material:
    return set_material(subject, lang="en")


@pytest.fixture(scope="session")
def portrait(french: Material) -> Publication:
    return compose(template("portrait"), french)


def confidential(figure: Figure) -> Figure:
    """Take a figure's value away, as its publisher would."""
    return replace(
        figure, value=None, low=None, high=None, numerator=None,
        denominator=None, status=Status.SUPPRESSED,
    )  # fmt: skip


@pytest.fixture(scope="session")
def hidden(subject: Subject, fonts: Path) -> Material:
    """An area of which no figure may be told."""
    held = subject.portrait
    figures = tuple(map(confidential, held.figures))
    told = replace(held, figures=figures, compared=(), gaps=())
    return set_material(replace(subject, portrait=told, stands=StandsOut(()), places=()), lang="fr")
