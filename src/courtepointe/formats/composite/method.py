"""Read the method of an index from TOML; what is unknown is refused by name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from courtepointe.core.composite import Count, Imputation, Mean, Method, Scale, Treatment, Weighting
from courtepointe.core.composite.uncertainty import Doubt
from courtepointe.core.errors import BadInput, NotFound
from courtepointe.core.typing import Floats
from courtepointe.formats import archives
from courtepointe.formats.composite.section import Section, is_number

FOLDER = Path(__file__).with_name("shipped")
SHIPPED = ("ampi", "asem", "bric", "iemv")
LARGEST_BYTES = 1_000_000
LANGUAGES = ("fr", "en")


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
    assumes : mapping of language -> tuple of str
        What must hold for the scores to mean what they say.
    sources : tuple of str
        Where the method is published.
    reference : str
        The unit of iData that is 100 everywhere on the scale of AMPI; empty for none.
    """

    code: str
    about: Mapping[str, str]
    method: Method
    group: str | None
    doubt: Doubt
    assumes: Mapping[str, tuple[str, ...]]
    sources: tuple[str, ...]
    reference: str = ""


def shipped_method(code: str, indicators: tuple[str, ...] = ()) -> IndexMethod:
    """Give a method that is shipped, by its code.

    Raises
    ------
    NotFound
        ``composite_method_unknown``.
    """
    if code not in SHIPPED:
        raise NotFound("composite_method_unknown", value=code, expected=", ".join(SHIPPED))
    return read_method(FOLDER / f"{code}.toml", indicators)


def read_method(path: Path | str, indicators: tuple[str, ...] = ()) -> IndexMethod:
    """Read a method.

    Parameters
    ----------
    path : path
        TOML; see ``docs/methods/composite.md``.
    indicators : tuple of str
        Those that goalposts may be of.

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
    top.only(
        "code", "about", "assumes", "sources", "gaps", "treatment", "scale", "weights", "means", "doubt",
    )  # fmt: skip
    about, gaps, scale = top.section("about"), top.section("gaps"), top.section("scale")
    weights, means = top.section("weights"), top.section("means")
    assumes = top.section("assumes")
    about.only(*LANGUAGES)
    assumes.only(*LANGUAGES)
    gaps.only("imputation", "group", "least_known")
    scale.only("kind", "low", "high", "goalposts", "reference")
    weights.only("kind")
    means.only("kinds", "classes", "counted")
    method = Method(
        gaps.choice("imputation", Imputation, Imputation.NONE), gaps.number("least_known", 0.0),
        _treatment(top), scale.choice("kind", Scale, Scale.MIN_MAX), scale.number("low", 0.0),
        scale.number("high", 100.0), _goalposts(scale, indicators),
        weights.choice("kind", Weighting, Weighting.GIVEN),
        means.choices("kinds", Mean, (Mean.ARITHMETIC,)), _count(means),
    )  # fmt: skip
    return IndexMethod(
        top.text("code", file.stem), {lang: about.text(lang, "") for lang in LANGUAGES}, method,
        gaps.text("group", "") or None, _doubt(top.section("doubt")),
        {lang: assumes.texts(lang) for lang in LANGUAGES}, top.texts("sources"),
        _reference(scale, method),
    )  # fmt: skip


def _treatment(top: Section) -> Treatment | None:
    """Read what is done about values far away; without the table nothing is."""
    if "treatment" not in top.told:
        return None
    at, plain = top.section("treatment"), Treatment()
    at.only("most_points", "skew", "kurtosis", "logarithm")
    if at.number("skew", plain.skew) <= 0.0:
        raise at.wrong("skew", at.told["skew"], "> 0")
    return Treatment(
        at.whole("most_points", plain.most_points), at.number("skew", plain.skew), at.number("kurtosis", plain.kurtosis),
        at.flag("logarithm", plain.logarithm),
    )  # fmt: skip


def _count(at: Section) -> Count:
    """Read which classes a count counts."""
    plain = Count()
    classes, counted = at.whole("classes", plain.classes), at.whole("counted", plain.counted)
    if not 0 < counted < classes:
        raise at.wrong("counted", counted, f"1-{classes - 1}")
    return Count(classes, counted)


def _doubt(at: Section) -> Doubt:
    """Read what could be otherwise."""
    at.only("scales", "means", "most_points", "weights")
    scales, points = at.told.get("scales", []), at.told.get("most_points", [])
    if not isinstance(scales, list):
        raise at.wrong("scales", scales, "[{kind, low, high}, …]")
    if not isinstance(points, list) or not all(_is_count(one) for one in points):
        raise at.wrong("most_points", points, "[0, 1, 2…]")
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


def _reference(scale: Section, method: Method) -> str:
    """Read which unit is 100; goalposts that are given leave no room for one."""
    told = scale.text("reference", "")
    if told and (method.scale is not Scale.AMPI or method.goalposts is not None):
        raise scale.wrong("reference", told, 'kind = "ampi"')
    return told


def _goalposts(scale: Section, indicators: tuple[str, ...]) -> Floats | None:
    if "goalposts" not in scale.told:
        return None
    at = Section(scale.file, "scale.goalposts", scale.told["goalposts"])
    at.only(*indicators)
    posts = []
    for code in indicators:
        told = at.told.get(code)
        whole = isinstance(told, list) and len(told) == 2 and all(is_number(one) for one in told)
        if not whole or not told[0] < told[1]:
            raise at.wrong(code, told, "[low, high], low < high")
        posts.append([float(one) for one in told])
    return np.array(posts)
