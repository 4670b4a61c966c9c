"""Say how unequal values are over areas: the gap and who is at its ends first, then indices."""

from __future__ import annotations

from collections.abc import Mapping

from courtepointe.atlas.query.cluster_values import End, Unequal
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.press.numbers import amount, number, plural, rounded, signed
from courtepointe.press.sentences.values import in_sentence
from courtepointe.press.words import say

DECIMALS = 3
LITTLE = 0.01


def unequal_told(
    told: Unequal, indicator: Indicator, names: Mapping[str, str], *, lang: str
) -> list[str]:
    """Say how unequal an indicator is.

    Parameters
    ----------
    told : Unequal
    indicator : Indicator
    names : mapping of str to str
        In this language: ``universe``, ``groups`` (the plural of a kind) and ``along`` (a label).
    lang : str
    """
    lines = [_gap(told, indicator, names, lang=lang)]
    if told.gap > 0.0:
        lines += [_ends(told, lang=lang), _noise(told, lang=lang)]
        lines += _indices(told, names, lang=lang)
    lines += _along(told, names, lang=lang)
    if told.n_missing:
        lines.append(plural("clusters.unequal.left_out", told.n_missing, lang=lang))
    return lines


def _gap(told: Unequal, indicator: Indicator, names: Mapping[str, str], *, lang: str) -> str:
    def value(end: End) -> str:
        return amount(end.value, unit=indicator.unit, decimals=indicator.decimals, lang=lang)

    if told.gap <= 0.0:
        return say("clusters.unequal.gap_none", lang=lang, low=value(told.low))
    gap = signed(told.gap, unit=indicator.unit, decimals=indicator.decimals, lang=lang)
    slots = {"low": value(told.low), "high": value(told.high), "gap": gap.lstrip("+")}
    if told.base is None:
        return say("clusters.unequal.gap_units", lang=lang, **slots)
    universe = in_sentence(names["universe"])
    base = number(told.base, lang=lang)
    return say("clusters.unequal.gap_base", lang=lang, universe=universe, base=base, **slots)


def _ends(told: Unequal, *, lang: str) -> str:
    slots = {
        "low_units": plural("clusters.unequal.units", told.low.n_units, lang=lang),
        "high_units": plural("clusters.unequal.units", told.high.n_units, lang=lang),
    }
    if told.base is None:
        return say("clusters.unequal.ends_units", lang=lang, **slots)
    slots |= {
        "low_base": number(told.low.counted, lang=lang),
        "high_base": number(told.high.counted, lang=lang),
    }
    return say("clusters.unequal.ends_base", lang=lang, **slots)


def _noise(told: Unequal, *, lang: str) -> str:
    if told.noise is None:
        return say("clusters.unequal.noise_unknown", lang=lang)
    if told.noise < LITTLE:
        return say("clusters.unequal.noise_little", lang=lang)
    share = amount(100.0 * told.noise, unit="percent", lang=lang)
    return say("clusters.unequal.noise", lang=lang, share=share)


def _indices(told: Unequal, names: Mapping[str, str], *, lang: str) -> list[str]:
    if told.gini is None or told.theil is None:
        return [say("clusters.unequal.no_index", lang=lang)]
    theil = number(told.theil.t, decimals=DECIMALS, lang=lang)
    parts = say("clusters.unequal.theil", lang=lang, value=theil)
    if told.between is not None and told.parted is not None:
        between = float(rounded(100.0 * told.between, decimals=0))
        parts = say(
            "clusters.unequal.theil_parts", lang=lang, value=theil, groups=names["groups"],
            between=amount(between, unit="percent", lang=lang),
            within=amount(100.0 - between, unit="percent", lang=lang),
        )  # fmt: skip
    if told.between is not None and told.n_apart:
        apart = plural("clusters.unequal.apart", told.n_apart, lang=lang)
        parts = f"{parts} {apart}"
    gini = number(told.gini, decimals=DECIMALS, lang=lang)
    return [say("clusters.unequal.gini", lang=lang, value=gini), parts]


def _along(told: Unequal, names: Mapping[str, str], *, lang: str) -> list[str]:
    if not told.along:
        return []
    if told.concentration is None:
        return [say("clusters.unequal.along_no", lang=lang, along=names["along"])]
    index = rounded(told.concentration.index, decimals=DECIMALS)
    key = "along_none" if index == 0 else "along_low" if index < 0 else "along_high"
    value = number(float(index), decimals=DECIMALS, lang=lang)
    return [say(f"clusters.unequal.{key}", lang=lang, along=names["along"], value=value)]
