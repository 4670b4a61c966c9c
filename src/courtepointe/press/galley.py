"""A portrait with its recipe and a language: what sentences, charts and documents are set from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from courtepointe.atlas.figures import Figure, Method
from courtepointe.atlas.query.values import Compared, Portrait
from courtepointe.atlas.recipe.values import Indicator, Recipe, Section, Source, Universe
from courtepointe.core.errors import NotFound
from courtepointe.press.comparisons import Comparison, Verdict, compare_with
from courtepointe.press.names import Place, custom_place, place
from courtepointe.press.numbers import (
    amount,
    interval_text,
    status_text,
    value_text,
)
from courtepointe.press.words import say, typeset

UNPLACED = ("past", "target")
"""Comparators that are no place: they stand beside numbers, not in sentences."""


@dataclass(frozen=True, slots=True)
class Galley:
    """What is looked up by code while a portrait is being set in one language."""

    portrait: Portrait
    recipe: Recipe
    lang: str
    place: Place
    indicators: Mapping[str, Indicator]
    figures: Mapping[str, Figure]
    comparators: tuple[Compared, ...]
    their_figures: Mapping[tuple[str, str], Figure]
    comparisons: Mapping[str, tuple[Comparison, ...]]
    sources: Mapping[str, Source]
    universes: Mapping[str, Universe]

    def say(self, key: str, **slots: object) -> str:
        """Give fixed words in this language."""
        return say(key, lang=self.lang, **slots)

    def set(self, text: str) -> str:
        """Typeset a text of the recipe."""
        return typeset(text, lang=self.lang)

    def section(self, code: str) -> Section:
        """Give a section of the recipe, or raise `NotFound`."""
        for section in self.recipe.sections:
            if section.code == code:
                return section
        raise NotFound("unknown_section", value=code)

    def label(self, code: str) -> str:
        """Give an indicator's name."""
        indicator = self.indicators.get(code)
        return code if indicator is None else self.set(indicator.label.in_(self.lang))

    def decimals(self, code: str) -> int:
        """Give how many decimals an indicator is shown with."""
        indicator = self.indicators.get(code)
        return 0 if indicator is None else indicator.decimals

    def value(self, figure: Figure, *, in_words: bool = False) -> str:
        """Write a figure's value, or its status."""
        decimals = self.decimals(figure.indicator)
        return value_text(figure, decimals=decimals, lang=self.lang, in_words=in_words)

    def interval(self, figure: Figure) -> str:
        """Write a figure's interval, or why it has none."""
        return interval_text(figure, decimals=self.decimals(figure.indicator), lang=self.lang)

    def amount(self, value: float, figure: Figure) -> str:
        """Write a number in a figure's unit."""
        decimals = self.decimals(figure.indicator)
        return amount(value, unit=figure.unit, decimals=decimals, lang=self.lang)

    def status(self, figure: Figure, *, form: str = "full") -> str:
        """Say a figure's status; the file that would fill it is named by its title."""
        if form == "full" and figure.method is Method.COUNTED and figure.status.has_value:
            return self.say("status.full.counted")
        filled_by = self.source_title(figure.filled_by) if figure.filled_by else None
        return status_text(figure.status, lang=self.lang, form=form, filled_by=filled_by)

    def source_title(self, code: str) -> str:
        """Give a source's title, or its code where the recipe does not know it."""
        source = self.sources.get(code)
        return code if source is None else self.set(source.title.in_(self.lang))

    def publisher(self, source: Source) -> str:
        """Give a source's publisher, in this language where the recipe's stewards name it."""
        return publisher_of(self.recipe, source, lang=self.lang)

    def universe(self, code: str) -> str:
        """Give the name of an indicator's universe."""
        indicator = self.indicators.get(code)
        held = self.universes.get(indicator.universe) if indicator else None
        return self.set(held.name.in_(self.lang)) if held else ""

    def comparator(self) -> Compared | None:
        """Give the first place of comparison: the one that sentences speak of."""
        return next((c for c in self.comparators if c.kind not in UNPLACED), None)

    def comparison(self, code: str) -> Comparison | None:
        """Give the comparison of a figure with the first area of comparison."""
        first = self.comparator()
        held = self.comparisons.get(code, ())
        return next((c for c in held if first is not None and c.ref == first.ref), None)

    def verdict(self, comparison: Comparison, *, short: bool = False) -> str:
        """Say what may be said of a difference, inside a sentence or beside a number."""
        code = comparison.verdict.value
        alike = self.value(comparison.figure) == self.value(comparison.theirs)
        if comparison.verdict is Verdict.DISTINCT and alike:
            code = "distinct_small"
        return self.say(f"verdict_short.{code}" if short else f"verdict.{code}")

    def against(self, compared: Compared) -> Place:
        """Give the name of an area of comparison in the forms of a sentence."""
        return place(compared.name.in_(self.lang), lang=self.lang)

    def beside(self, compared: Compared, theirs: Figure) -> str:
        """Name a comparator beside one of its figures: the past by its year."""
        if compared.kind == "past" and theirs.period is not None:
            return self.say("compare.in_period", period=theirs.period)
        name = self.against(compared).plain
        return name[:1].upper() + name[1:]

    def theirs(self, compared: Compared, code: str) -> Figure | None:
        """Give the figure of an area of comparison."""
        return self.their_figures.get((compared.ref, code))


def set_galley(portrait: Portrait, recipe: Recipe, *, lang: str) -> Galley:
    """Gather what a portrait is set from."""
    indicators = {i.code: i for i in recipe.indicators}
    others = tuple(c for c in portrait.compared if c.key is None or c.key != portrait.area.key)
    return Galley(
        portrait=portrait,
        recipe=recipe,
        lang=lang,
        place=area_place(portrait, lang=lang),
        indicators=indicators,
        figures={f.indicator: f for f in portrait.figures},
        comparators=others,
        their_figures={(c.ref, f.indicator): f for c in others for f in c.figures},
        comparisons=_comparisons(portrait, others, indicators),
        sources={s.code: s for s in recipe.sources},
        universes={u.code: u for u in recipe.universes},
    )


def area_place(portrait: Portrait, *, lang: str) -> Place:
    """Give the portrait's area in the forms of a sentence; only official names follow grammar."""
    name = portrait.area.name.in_(lang)
    return (place if portrait.area.kind == "official" else custom_place)(name, lang=lang)


def _comparisons(
    portrait: Portrait, others: tuple[Compared, ...], indicators: Mapping[str, Indicator]
) -> dict[str, tuple[Comparison, ...]]:
    found: dict[str, list[Comparison]] = {}
    ours = {f.indicator: f for f in portrait.figures if f.indicator in indicators}
    for other in others:
        for theirs in other.figures:
            figure = ours.get(theirs.indicator)
            if figure is None:
                continue
            indicator = indicators[theirs.indicator]
            made = compare_with(figure, theirs, other, indicator)
            if made is not None:
                found.setdefault(theirs.indicator, []).append(made)
    return {code: tuple(held) for code, held in found.items()}


def publisher_of(recipe: Recipe, source: Source, *, lang: str) -> str:
    """Give a source's publisher, in a language where the recipe's stewards name it."""
    for steward in recipe.stewards:
        if source.publisher in (steward.name.fr, steward.name.en):
            return typeset(steward.name.in_(lang), lang=lang)
    return typeset(source.publisher, lang=lang)
