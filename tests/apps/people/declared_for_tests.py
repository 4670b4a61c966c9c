"""Declarations of a room that exists in tests alone, beside those of the rooms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from courtepointe.people import consents, personal


@contextmanager
def declared_too(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    *,
    instead: tuple[str, str] = ("", ""),
    more: str = "",
) -> Iterator[None]:
    """Read the rooms' declarations with words of theirs replaced, and a room of a test beside."""
    real = personal.files_named

    def files(name: str) -> list[Path]:
        if name != "personal.toml":
            return real(name)
        made = []
        for number, file in enumerate(real(name)):
            copy = folder / str(number) / "data" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(
                file.read_text(encoding="utf-8").replace(*instead)
                if instead[0]
                else file.read_text(encoding="utf-8"),
                encoding="utf-8",
            )
            made.append(copy)
        extra = folder / "test" / "data" / name
        extra.parent.mkdir(parents=True, exist_ok=True)
        extra.write_text(more, encoding="utf-8")
        return [*made, extra]

    monkeypatch.setattr(personal, "files_named", files)
    personal.declared.cache_clear()
    consents.consent_texts.cache_clear()
    yield
    monkeypatch.undo()
    personal.declared.cache_clear()
    consents.consent_texts.cache_clear()
