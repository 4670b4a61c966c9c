"""Values of a TOML file, asked for by name; what is wrong is told with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.stress import Range

LANGUAGES = ("fr", "en")


class Place:
    """A table of the file.

    Parameters
    ----------
    file : str
    where : str
        Its name, for people: ``effects 2``.
    told : object
        What stands there; a table.

    Raises
    ------
    BadInput
        ``scenario_value``, and of the methods ``scenario_lacks``, ``scenario_key``.
    """

    def __init__(self, file: str, where: str, told: Any) -> None:
        self.file, self.where, self.told = file, where, told
        if not isinstance(told, Mapping):
            raise self.wrong("", told, "a table")

    def only(self, *keys: str) -> None:
        """Refuse keys that are not known."""
        for key in self.told:
            if key not in keys:
                raise BadInput(
                    "scenario_key", file=self.file, table=self.where, value=key,
                    expected=", ".join(keys),
                )  # fmt: skip

    def wrong(self, key: str, value: object, expected: str) -> BadInput:
        """Say what is wrong with a value."""
        place = ", ".join(one for one in (self.where, key) if one) or "scenario"
        return BadInput(
            "scenario_value", file=self.file, table=place, value=str(value)[:60], expected=expected
        )

    def get(self, key: str, default: Any = None) -> Any:
        """Give a value; without a default the file must have it."""
        if key in self.told:
            return self.told[key]
        if default is None:
            raise BadInput("scenario_lacks", file=self.file, table=self.where or "—", value=key)
        return default

    def text(self, key: str, default: str | None = None) -> str:
        """Give a text."""
        told = self.get(key, default)
        if not isinstance(told, str) or (default is None and not told.strip()):
            raise self.wrong(key, told, "a text")
        return told

    def number(self, key: str, default: float | None = None) -> float:
        """Give a number; ``inf`` is one."""
        told = self.get(key, default)
        if not _is_number(told) or np.isnan(told):
            raise self.wrong(key, told, "a number")
        return float(told)

    def whole(self, key: str, default: int | None = None) -> int:
        """Give a whole number."""
        told = self.get(key, default)
        if isinstance(told, bool) or not isinstance(told, int):
            raise self.wrong(key, told, "a whole number")
        return told

    def flag(self, key: str) -> bool:
        """Give yes or no; no where the file does not say."""
        told = self.told.get(key, False)
        if not isinstance(told, bool):
            raise self.wrong(key, told, "true, false")
        return told

    def range(self, key: str, default: Range | None = None) -> Range:
        """Give a number, or three: lowest, likeliest, highest."""
        told = self.told.get(key)
        if told is None and default is not None:
            return default
        held = self.numbers(key)
        if len(held) not in (1, 3):
            raise self.wrong(key, told, "1 or 3 numbers")
        return Range(held[0], held[len(held) // 2], held[-1])

    def numbers(self, key: str) -> list[float]:
        """Give one number or several."""
        told = self.get(key)
        held = told if isinstance(told, list) else [told]
        if not held or not all(_is_number(one) for one in held):
            raise self.wrong(key, told, "numbers")
        return [float(one) for one in held]

    def texts(self, key: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """Give several texts."""
        told = self.told.get(key, list(default))
        if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
            raise self.wrong(key, told, "texts")
        return tuple(told)

    def words(self, key: str) -> dict[str, str]:
        """Give a text in each language."""
        its = self.table(key)
        its.only(*LANGUAGES)
        return {lang: its.text(lang) for lang in LANGUAGES}

    def table(self, key: str, *, needed: bool = True) -> Place:
        """Give a table inside; an empty one where it is not needed."""
        where = ", ".join(one for one in (self.where, key) if one)
        return Place(self.file, where, self.get(key) if needed else self.told.get(key, {}))

    def listed(self, key: str) -> Iterator[Place]:
        """Give each table of a list; none where the file has none."""
        told = self.told.get(key, [])
        if not isinstance(told, list):
            raise self.wrong(key, told, f"[[{key}]]")
        for number, one in enumerate(told, start=1):
            where = ", ".join(part for part in (self.where, f"{key} {number}") if part)
            yield Place(self.file, where, one)


def _is_number(told: object) -> bool:
    return isinstance(told, int | float) and not isinstance(told, bool)
