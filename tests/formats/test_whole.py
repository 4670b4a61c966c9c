"""Files whole or not at all, archives without a clock."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from courtepointe.formats.whole import whole, write_folder, write_whole, zipped


def test_a_file_is_replaced_whole_or_stays_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "œuvre.pdf"
    write_whole(file, b"one")
    with pytest.raises(RuntimeError), whole(file) as beside:
        beside.write_bytes(b"ha")
        raise RuntimeError
    assert file.read_bytes() == b"one" and list(tmp_path.iterdir()) == [file]
    write_whole(file, b"two")
    assert file.read_bytes() == b"two" and list(tmp_path.iterdir()) == [file]


def test_an_archive_has_the_same_bytes_whenever_it_is_made() -> None:
    made = zipped([("b.txt", b"2"), ("a.txt", b"1")])
    with zipfile.ZipFile(io.BytesIO(made)) as held:
        assert held.namelist() == ["b.txt", "a.txt"] and held.read("a.txt") == b"1"
        assert {one.date_time for one in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {one.external_attr >> 16 for one in held.infolist()} == {0o644}


def test_a_folder_comes_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "steps"
    with pytest.raises(OSError):
        write_folder(folder, {"a.csv": b"1", "no/such/place.csv": b"2"})
    assert list(tmp_path.iterdir()) == []
    folder.mkdir()
    write_folder(folder, {"a.csv": b"1"})
    with pytest.raises(OSError):
        write_folder(folder, {"b.csv": b"2"})
    assert [file.name for file in folder.iterdir()] == ["a.csv"]
    assert list(tmp_path.iterdir()) == [folder]
