"""The CSV's metadata, judged by a validator of CSV on the Web that is not ours."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from csvw import CSVW
from tests.support.town import town

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.values import AreaKey
from courtepointe.press.csv import portrait_zip


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_archive_is_valid_csv_on_the_web(lang: str, tmp_path: Path) -> None:
    atlas = Atlas(town())
    portrait = atlas.portrait(AreaKey("quartier", "2014", "1"))
    archive = portrait_zip(portrait, atlas.pack.recipe, lang, stem="portrait")
    zipfile.ZipFile(io.BytesIO(archive)).extractall(tmp_path)
    read = CSVW(str(tmp_path / "portrait.csv-metadata.json"))
    assert read.is_valid
    rows = {row["indicator"]: row for row in read.tables[0].iterdicts()}
    for figure in portrait.figures:
        assert rows[figure.indicator]["value"] == pytest.approx(figure.value)
        assert rows[figure.indicator]["status"] == figure.status.value


@pytest.mark.filterwarnings("always:Invalid column value")
def test_the_validator_refuses_a_broken_archive(tmp_path: Path) -> None:
    atlas = Atlas(town())
    portrait = atlas.portrait(AreaKey("quartier", "2014", "1"))
    archive = portrait_zip(portrait, atlas.pack.recipe, "fr", stem="portrait")
    zipfile.ZipFile(io.BytesIO(archive)).extractall(tmp_path)
    table = tmp_path / "portrait.csv"
    table.write_text(table.read_text("utf-8").replace(",3002,", ",many,"), encoding="utf-8")
    assert not CSVW(str(tmp_path / "portrait.csv-metadata.json")).is_valid
