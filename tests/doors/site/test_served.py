"""The pack that is served: opened again when rebuilt; the former stays until the new one opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from tests.support.town import town

from courtepointe.atlas.pack.values import Pack
from courtepointe.core.errors import BadInput, NotFound
from courtepointe.doors import served


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def opened(where: Path) -> Pack:
        if (where / served.DESCRIPTOR).read_text() == "broken":
            raise BadInput("pack_broken", folder=where.name, file="", found="")
        return town()

    monkeypatch.setattr(served, "open_pack", opened)
    monkeypatch.setattr(served.Atlas, "warm", lambda self: None)
    (tmp_path / served.DESCRIPTOR).write_text("one")
    return tmp_path


def test_a_rebuilt_pack_is_opened_again_and_an_unchanged_one_is_not(folder: Path) -> None:
    door = served._Door()
    first = door.open(folder)
    assert door.open(folder) is first
    (folder / "new").write_text("another")
    (folder / "new").rename(folder / served.DESCRIPTOR)
    assert door.open(folder) is not first


def test_a_broken_or_lost_pack_leaves_the_former_served(folder: Path) -> None:
    door = served._Door()
    first = door.open(folder)
    (folder / "new").write_text("broken")
    (folder / "new").rename(folder / served.DESCRIPTOR)
    assert door.open(folder) is first
    (folder / served.DESCRIPTOR).unlink()
    assert door.open(folder) is first


def test_without_a_former_pack_the_fault_is_said(folder: Path) -> None:
    (folder / served.DESCRIPTOR).write_text("broken")
    with pytest.raises(BadInput):
        served._Door().open(folder)
    with pytest.raises(NotFound):
        served._Door().open(folder / "nowhere")


def test_without_a_pack_every_page_says_which_command_builds_one(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: object
) -> None:
    monkeypatch.setattr(served, "_door", served._Door())
    settings.PACK = tmp_path / "none"  # type: ignore[attr-defined]
    for address, told in (("/fr/", "make demo"), ("/en/draw/", "courtepointe atlas build")):
        answer = visitor.get(address)
        assert answer.status_code == 503
        assert told in answer.content.decode()


def test_a_shelf_forgets_the_oldest_first() -> None:
    shelf = served.Shelf(limit=2)
    made: list[str] = []
    for name in ("a", "b", "a", "c", "a", "b"):
        shelf.take(name, lambda name=name: made.append(name))
    assert made == ["a", "b", "c", "b"]
