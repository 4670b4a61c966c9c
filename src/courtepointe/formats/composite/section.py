"""A table of a TOML file, asked by name; what is unknown or of another kind is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, TypeVar

import numpy as np

from courtepointe.core.errors import BadInput

Choice = TypeVar("Choice", bound=StrEnum)


class Section:
    """A table of the file, asked by name."""

    def __init__(self, file: str, where: str, told: Any) -> None:
        self.file, self.where, self.told = file, where, told
        if not isinstance(told, Mapping):
            raise self.wrong("", told, "{…}")

    def wrong(self, key: str, value: object, expected: str) -> BadInput:
        """Say which value is wrong, and what was expected."""
        place = ".".join(one for one in (self.where, key) if one)
        return BadInput(
            "composite_value", file=self.file, table=place, value=str(value)[:60], expected=expected
        )

    def only(self, *keys: str) -> None:
        """Refuse keys that are not known."""
        for key in self.told:
            if key not in keys:
                raise BadInput(
                    "composite_key", file=self.file, table=self.where or "—", value=key,
                    expected=", ".join(keys),
                )  # fmt: skip

    def section(self, key: str) -> Section:
        """Give a table, empty where the file has none."""
        return Section(self.file, key, self.told.get(key, {}))

    def text(self, key: str, default: str) -> str:
        """Give a text."""
        told = self.told.get(key, default)
        if not isinstance(told, str):
            raise self.wrong(key, told, '"…"')
        return told

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; none where the file has none."""
        told = self.told.get(key, [])
        if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
            raise self.wrong(key, told, '["…", "…"]')
        return tuple(told)

    def whole(self, key: str, default: int) -> int:
        """Give a whole number, 0 or more."""
        told = self.number(key, default)
        if told != int(told) or told < 0:
            raise self.wrong(key, told, "0, 1, 2…")
        return int(told)

    def number(self, key: str, default: float) -> float:
        """Give a finite number."""
        told = self.told.get(key, default)
        if not is_number(told):
            raise self.wrong(key, told, "0.5")
        return float(told)

    def flag(self, key: str, default: bool) -> bool:
        """Give yes or no."""
        told = self.told.get(key, default)
        if not isinstance(told, bool):
            raise self.wrong(key, told, "true, false")
        return told

    def choice(self, key: str, among: type[Choice], default: Choice) -> Choice:
        """Give one of several words."""
        return self._chosen(key, self.told.get(key, default.value), among)

    def choices(
        self, key: str, among: type[Choice], default: tuple[Choice, ...]
    ) -> tuple[Choice, ...]:
        """Give several of several words."""
        told = self.told.get(key, [one.value for one in default])
        if not isinstance(told, list) or not told:
            raise self.wrong(key, told, f"[{_words(among)}]")
        return tuple(self._chosen(key, one, among) for one in told)

    def _chosen(self, key: str, told: object, among: type[Choice]) -> Choice:
        for one in among:
            if one.value == told:
                return one
        raise self.wrong(key, told, _words(among))


def _words(among: Collection[StrEnum] | type[StrEnum]) -> str:
    return ", ".join(one.value for one in among)


def is_number(told: object) -> bool:
    """Say whether a value is a finite number; yes and no are none."""
    return isinstance(told, int | float) and not isinstance(told, bool) and bool(np.isfinite(told))
