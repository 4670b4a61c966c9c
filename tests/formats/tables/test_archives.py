"""Zips from strangers: bombs, names that climb, passwords, cuts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from courtepointe.core.errors import BadInput
from courtepointe.formats import archives


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def refused(path: Path, limit_bytes: int = archives.PUBLISHED_LIMIT_BYTES) -> str:
    with pytest.raises(BadInput) as raised, archives.open_zip(path, limit_bytes=limit_bytes):
        pytest.fail("it was opened")
    return raised.value.code


def test_a_plain_zip_is_unpacked_under_our_name(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"in/t.csv": b"a\n1\n", "in/.hidden.csv": b""})
    with archives.open_zip(path) as archive:
        name = archives.one_member(archive, file="a.zip", suffixes=(".csv",))
        target = archives.unpack_member(archive, name, target=tmp_path / "ours", file="a.zip")
    assert target.read_bytes() == b"a\n1\n"


@pytest.mark.parametrize(
    "name", ["../out.csv", "/etc/x.csv", "a/../../x.csv", "..\\x.csv", "C:\\x"]
)
def test_names_that_climb_are_refused(tmp_path: Path, name: str) -> None:
    assert refused(zipped(tmp_path / "a.zip", {name: b"x"})) == "zip_unsafe_name"


def test_a_bomb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"t.csv": b"0" * (archives.RATIO_FREE_BYTES * 2)})
    assert refused(path) == "zip_bomb"


def test_a_small_member_may_shrink_much(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"t.csv": b"," * 1_000_000})
    with archives.open_zip(path) as archive:
        assert archives.member_names(archive, suffixes=(".csv",)) == ("t.csv",)


def test_all_members_together_have_a_limit(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a": b"x" * 600, "b": b"y" * 600})
    assert refused(path, limit_bytes=1000) == "zip_too_large"


def test_a_cut_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"t.csv": bytes(range(256)) * 20})
    path.write_bytes(path.read_bytes()[:-30])
    assert refused(path) == "zip_broken"


def test_a_member_that_was_altered_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("t.csv", b"a,b\n1,2\n")
    path.write_bytes(path.read_bytes().replace(b"1,2", b"1,3"))
    with pytest.raises(BadInput, match="zip_broken"), archives.open_zip(path) as archive:
        archives.unpack_member(archive, "t.csv", target=tmp_path / "t", file="a.zip")


def test_a_password_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"t.csv": b"x"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert refused(path) == "zip_encrypted"


def test_a_file_too_large_is_refused_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 2_500_000)
    with pytest.raises(BadInput) as raised:
        archives.check_file(path, limit_bytes=2_000_000)
    assert raised.value.facts == {"file": "a.csv", "found": 3, "limit": 2}
    assert archives.check_file(path, limit_bytes=3_000_000) == path
