"""The patchwork mark: the same for ever, different for each area."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.press.palette import DARK, LIGHT
from courtepointe.press.patches import block, is_rich, patch_mark

FILES = {
    "quartiers_sociologiques_2014.geojson": "id",
    "quartierreferencehabitation.geojson": "no_qr",
    "limadmin.geojson": "CODEMAMROT",
}


def test_a_mark_never_changes() -> None:
    made = block("quartier_sociologique:2014:32")
    assert made.colours == (0, 2, 4)
    assert [p.motif for p in made.quarter] == ["corner", "plain", "corner", "plain"]
    assert patch_mark("a") == patch_mark("a") != patch_mark("b")


def test_a_mark_is_decoration() -> None:
    root = ET.fromstring(patch_mark("14", size=24))
    assert root.get("aria-hidden") == "true" and root.get("focusable") == "false"
    assert root.get("width") == "24"
    assert "style" not in patch_mark("14")


def test_a_mark_uses_the_palette_of_its_scheme_and_is_small() -> None:
    for scheme, palette in (("light", LIGHT), ("dark", DARK)):
        svg = patch_mark("14", scheme=scheme)
        fills = {e.get("fill") for e in ET.fromstring(svg).iter() if e.get("fill")}
        assert fills <= {palette.paper, *palette.categories}
        assert len(svg) < 4000


@given(st.text(max_size=40))
def test_every_mark_is_rich(code: str) -> None:
    made = block(code)
    assert is_rich(made) and len(set(made.colours)) == 3
    assert all(p.ground != p.top for p in made.quarter)


@pytest.mark.shared
def test_the_marks_of_montreal_differ(montreal_files: Path) -> None:
    for file, column in FILES.items():
        told = json.loads((montreal_files / "boundaries" / file).read_text(encoding="utf-8"))
        marks = [block(f"{file}:{row['properties'][column]}") for row in told["features"]]
        for one, two in combinations(marks, 2):
            colours = {(p.motif, one.colours[p.ground], one.colours[p.top]) for p in one.quarter}
            others = {(p.motif, two.colours[p.ground], two.colours[p.top]) for p in two.quarter}
            assert colours != others
