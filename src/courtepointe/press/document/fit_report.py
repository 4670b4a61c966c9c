"""Say what an area's figures stand for, before any number."""

from __future__ import annotations

from courtepointe.atlas.fits import Fit, FitMethod, FitWeight
from courtepointe.press.galley import Galley
from courtepointe.press.numbers import amount, plural
from courtepointe.press.sentences.values import Sentence, plain_sentence

WHOLE = 0.9995
"""From here on a share reads as all of it at the precision shown."""


def fit_sentences(galley: Galley) -> tuple[Sentence, ...]:
    """Say how the units of the atlas stand for the area: method, units, what lies outside."""
    fit = galley.portrait.fit
    if fit.units_in == 0:
        return (plain_sentence(galley.say("fit.nobody")),)
    told = [_method(galley, fit), *_limits(galley, fit), *_shares(galley, fit)]
    if fit.weight is FitWeight.SURFACE and fit.method is not FitMethod.EXACT:
        told.append(galley.say("fit.surface_weight"))
    return tuple(plain_sentence(text) for text in told)


def unit_type_name(galley: Galley, type_and_vintage: str) -> str:
    """Give the name of a unit's type with its vintage."""
    code, _, vintage = type_and_vintage.partition(":")
    names = {t.code: t.name for t in galley.recipe.area_types}
    name = galley.set(names[code].in_(galley.lang)) if code in names else code
    return f"{name} {vintage}".strip()


def _method(galley: Galley, fit: Fit) -> str:
    lang = galley.lang
    unit = unit_type_name(galley, fit.unit_type)
    return galley.say(
        f"fit.{fit.method.value}",
        unit=unit,
        weight=galley.say(f"fit_weight.{fit.weight.value}"),
        units_in=plural("fit.units", fit.units_in, lang=lang),
        units_de=plural("fit.units_de", fit.units_in, lang=lang),
    )


def _limits(galley: Galley, fit: Fit) -> list[str]:
    if fit.method is FitMethod.EXACT:
        return []
    told = []
    if fit.units_partial > 0:
        stem = "fit.partial_drawn" if fit.method is FitMethod.AS_DRAWN else "fit.partial"
        told.append(plural(stem, fit.units_partial, lang=galley.lang))
    if fit.units_touching_out > 0:
        told.append(plural("fit.out", fit.units_touching_out, lang=galley.lang))
    return told


def _shares(galley: Galley, fit: Fit) -> list[str]:
    told = []
    inside = fit.population_share_inside
    if fit.method is FitMethod.BEST_FIT and inside is not None and inside < WHOLE:
        told.append(galley.say("fit.inside", share=_percent(galley, inside)))
    if fit.surface_share_covered < WHOLE:
        told.append(galley.say("fit.covered", share=_percent(galley, fit.surface_share_covered)))
    return told


def _percent(galley: Galley, share: float) -> str:
    return amount(100.0 * share, unit="percent", decimals=1, lang=galley.lang)
