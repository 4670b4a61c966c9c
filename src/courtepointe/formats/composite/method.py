"""Read the method of an index from TOML; what is unknown is refused by name."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from courtepointe.core.composite import Imputation, Mean, Method, Scale, Treatment, Weighting
from courtepointe.core.composite.uncertainty import Doubt
from courtepointe.core.errors import BadInput, NotFound
from courtepointe.core.typing import Floats
from courtepointe.formats import archives
from courtepointe.formats.composite.meta import IndexMeta

FOLDER = Path(__file__).with_name("shipped")
SHIPPED = ("asem", "ampi")
LARGEST_BYTES = 1_000_000
LANGUAGES = ("fr", "en")
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class IndexMethod:
    """A method, and what a file says beside it.

    Attributes
    ----------
    code : str
    about : mapping of language -> str
    method : Method
    group : str or None
        The column of iData by which gaps are filled.
    doubt : Doubt
        What could be otherwise; nothing where the file has no such table.
    """

    code: str
    about: Mapping[str, str]
    method: Method
    group: str | None
    doubt: Doubt


def shipped_method(code: str, meta: IndexMeta) -> IndexMethod:
    """Give a method that is shipped, by its code.

    Raises
    ------
    NotFound
        ``composite_method_unknown``.
    """
    if code not in SHIPPED:
        raise NotFound("composite_method_unknown", value=code, expected=", ".join(SHIPPED))
    return read_method(FOLDER / f"{code}.toml", meta)


def read_method(path: Path | str, meta: IndexMeta) -> IndexMethod:
    """Read a method.

    Parameters
    ----------
    path : path
        TOML; see ``docs/methods/composite.md``.
    meta : IndexMeta
        Goalposts are of its indicators.

    Returns
    -------
    IndexMethod

    Raises
    ------
    BadInput
        ``composite_toml``, ``composite_key``, ``composite_value``.
    """
    file = archives.check_file(Path(path), limit_bytes=LARGEST_BYTES)
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput("composite_toml", file=file.name, problem=str(error)) from error
    top = Section(file.name, "", told)
    top.only("code", "about", "gaps", "treatment", "scale", "weights", "means", "doubt")
    about, gaps, scale = top.section("about"), top.section("gaps"), top.section("scale")
    weights, means = top.section("weights"), top.section("means")
    about.only(*LANGUAGES)
    gaps.only("imputation", "group", "least_known")
    scale.only("kind", "low", "high", "goalposts")
    weights.only("kind")
    means.only("kinds")
    method = Method(
        gaps.choice("imputation", Imputation, Imputation.NONE), gaps.number("least_known", 0.0),
        _treatment(top), scale.choice("kind", Scale, Scale.MIN_MAX), scale.number("low", 0.0),
        scale.number("high", 100.0), _goalposts(scale, meta),
        weights.choice("kind", Weighting, Weighting.GIVEN),
        means.choices("kinds", Mean, (Mean.ARITHMETIC,)),
    )  # fmt: skip
    return IndexMethod(
        top.text("code", file.stem), {lang: about.text(lang, "") for lang in LANGUAGES}, method,
        gaps.text("group", "") or None, _doubt(top.section("doubt")),
    )  # fmt: skip


class Section:
    """A table of the file, asked by name."""

    def __init__(self, file: str, where: str, told: Any) -> None:
        self.file, self.where, self.told = file, where, told
        if not isinstance(told, Mapping):
            raise self.wrong("", told, "a table")

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
            raise self.wrong(key, told, "a text")
        return told

    def number(self, key: str, default: float) -> float:
        """Give a finite number."""
        told = self.told.get(key, default)
        if not _is_number(told):
            raise self.wrong(key, told, "a number")
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
            raise self.wrong(key, told, f"a list of: {_words(among)}")
        return tuple(self._chosen(key, one, among) for one in told)

    def _chosen(self, key: str, told: object, among: type[Choice]) -> Choice:
        for one in among:
            if one.value == told:
                return one
        raise self.wrong(key, told, _words(among))


def _words(among: Collection[StrEnum] | type[StrEnum]) -> str:
    return ", ".join(one.value for one in among)


def _is_number(told: object) -> bool:
    return isinstance(told, int | float) and not isinstance(told, bool) and bool(np.isfinite(told))


def _treatment(top: Section) -> Treatment | None:
    """Read what is done about values far away; without the table nothing is."""
    if "treatment" not in top.told:
        return None
    at, plain = top.section("treatment"), Treatment()
    at.only("most_points", "skew", "kurtosis", "logarithm")
    points = at.number("most_points", plain.most_points)
    if points != int(points) or points < 0:
        raise at.wrong("most_points", points, "a whole number, 0 or more")
    return Treatment(
        int(points), at.number("skew", plain.skew), at.number("kurtosis", plain.kurtosis),
        at.flag("logarithm", plain.logarithm),
    )  # fmt: skip


def _doubt(at: Section) -> Doubt:
    """Read what could be otherwise."""
    at.only("scales", "means", "most_points", "weights")
    scales, points = at.told.get("scales", []), at.told.get("most_points", [])
    if not isinstance(scales, list):
        raise at.wrong("scales", scales, "a list of {kind, low, high}")
    if not isinstance(points, list) or not all(_is_count(one) for one in points):
        raise at.wrong("most_points", points, "a list of whole numbers, 0 or more")
    ends = []
    for told in scales:
        one = Section(at.file, "doubt.scales", told)
        one.only("kind", "low", "high")
        ends.append(
            (
                one.choice("kind", Scale, Scale.MIN_MAX),
                one.number("low", 0.0),
                one.number("high", 100.0),
            )
        )
    means = at.choices("means", Mean, ()) if "means" in at.told else ()
    return Doubt(tuple(ends), means, tuple(points), at.number("weights", 0.0))


def _is_count(told: object) -> bool:
    return isinstance(told, int) and not isinstance(told, bool) and told >= 0


def _goalposts(scale: Section, meta: IndexMeta) -> Floats | None:
    if "goalposts" not in scale.told:
        return None
    at = Section(scale.file, "scale.goalposts", scale.told["goalposts"])
    at.only(*meta.indicators)
    posts = []
    for code in meta.indicators:
        told = at.told.get(code)
        whole = isinstance(told, list) and len(told) == 2 and all(_is_number(one) for one in told)
        if not whole or not told[0] < told[1]:
            raise at.wrong(code, told, "[low, high], low < high")
        posts.append([float(one) for one in told])
    return np.array(posts)
