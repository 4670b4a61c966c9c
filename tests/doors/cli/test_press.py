"""`courtepointe press map`, as a person types it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.doors.cli.main import courtepointe


def type_in(*words: str | Path) -> Result:
    return CliRunner().invoke(courtepointe, ["press", "map", *map(str, words)])


def test_the_room_and_its_verb_teach_their_use() -> None:
    told = CliRunner().invoke(courtepointe, ["--help"]).output
    assert "press" in told
    assert "--beside" in type_in("--help").output


def test_a_map_is_said_in_words_of_either_language(demo_pack: Path) -> None:
    french = type_in(demo_pack, "--indicator", "renter_share", "--lang", "fr").output
    assert "Carte de 9 territoires" in french and "ne sont pas sûres" in french
    english = type_in(demo_pack, "--indicator", "renter_share", "--number", "2").output
    assert "Map of 9 areas" in english
    assert english.count("% in ") + english.count("over in ") == 2, "two classes"


def test_a_map_is_written_in_the_form_of_its_ending(demo_pack: Path, tmp_path: Path) -> None:
    asked = (demo_pack, "--indicator", "population", "--kind", "change", "--out")
    for ending, begins in (("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"\xef\xbb\xbf")):
        told = type_in(*asked, tmp_path / f"a.{ending}")
        assert told.exit_code == 0 and "Population: change from 2016 to 2021" in told.output
        assert (tmp_path / f"a.{ending}").read_bytes().startswith(begins)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 9 and {row["change_from"] for row in rows} == {"2016"}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--out", "a.pdf"), "map_file_ending"),
        (("--kind", "dots"), "dots_of_a_share"),
        (("--period", "1999"), "unknown_period"),
        (("--areas", "municipality"), "map_one_area"),
        (("--areas", "ward"), "unknown_area_type"),
        (("--beside", "owner_share"), "map_too_many_beside"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    demo_pack: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: tuple[str, ...],
    code: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    told = type_in(demo_pack, "--indicator", "renter_share", *more)
    assert isinstance(told.exception, CourtepointeError) and told.exception.code == code
    assert not list(tmp_path.iterdir()), "nothing was written"


def test_an_ending_is_asked_for_before_the_pack_is_opened(tmp_path: Path) -> None:
    told = type_in(tmp_path / "nowhere", "--indicator", "a", "--out", tmp_path / "a.pdf")
    assert isinstance(told.exception, BadInput) and told.exception.code == "map_file_ending"


def test_a_word_out_of_its_list_is_a_fault_of_typing(tmp_path: Path) -> None:
    assert type_in(tmp_path, "--indicator", "a", "--kind", "globe").exit_code == 2
    assert type_in(tmp_path, "--indicator", "a", "--number", "9").exit_code == 2
