"""Say what a map measures, of whom, of which year, whose areas it shows, and from which sources."""

from __future__ import annotations

from collections.abc import Sequence

from courtepointe.atlas.figures import Figure, Measure
from courtepointe.atlas.query.areas import area_type_of
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.press.galley import publisher_of
from courtepointe.press.maps.asked import MapAsked, MapKind
from courtepointe.press.maps.changing import unit_words
from courtepointe.press.sentences.values import capital, in_sentence
from courtepointe.press.words import say, typeset

HASH_SHOWN = 12


def label_of(indicator: Indicator, *, lang: str) -> str:
    """Give an indicator's name."""
    return typeset(indicator.label.in_(lang), lang=lang)


def areas_name(atlas: Atlas, area_type: str, *, lang: str) -> str:
    """Name the kind of the areas, in the plural."""
    return typeset(area_type_of(atlas.pack, area_type).plural.in_(lang), lang=lang)


def subtitle_of(
    atlas: Atlas, asked: MapAsked, indicators: Sequence[Indicator], period: str, *, lang: str
) -> str:
    """Say measure, universe, year, then whose areas of which vintage."""
    first = indicators[0]
    measure = say(f"chart.measure_{first.measure.value}", lang=lang)
    if first.measure in (Measure.MEAN, Measure.MEDIAN) and first.unit == "cad":
        measure = f"{measure} {say('chart.cad', lang=lang)}"
    if asked.kind is MapKind.CHANGE:
        measure = say("map.measure_change", lang=lang, unit=unit_words(first, lang=lang))
    held = {u.code: typeset(u.name.in_(lang), lang=lang) for u in atlas.pack.recipe.universes}
    universes = list(dict.fromkeys(held.get(i.universe, "") for i in indicators))
    universe = (
        in_sentence(universes[0]) if len(universes) == 1 else say("chart.universes", lang=lang)
    )
    area_type, vintage = asked.area_type.split(":", 1)
    slots = {
        "measure": capital(measure),
        "universe": universe,
        "areas": areas_name(atlas, area_type, lang=lang),
        "vintage": vintage,
    }
    if not period:
        return say("map.subtitle_no_period", lang=lang, **slots)
    return say("map.subtitle", lang=lang, period=period, **slots)


def foot_of(
    atlas: Atlas, figures: Sequence[Figure], *, lang: str, sources: Sequence[str] = ()
) -> tuple[str, ...]:
    """Give the sources with their licences' words, and the atlas with the hash of its inputs."""
    recipe = atlas.pack.recipe
    used = set(sources) | {code for figure in figures for code in figure.sources}
    held = [source for source in recipe.sources if source.code in used]
    licences = {licence.code: licence for licence in recipe.licences}
    names = dict.fromkeys(
        f"{publisher_of(recipe, s, lang=lang)}, {typeset(s.title.in_(lang), lang=lang)}"
        for s in held
    )
    told = dict.fromkeys(
        _licence(licences[s.licence].title.in_(lang), licences[s.licence].attribution.in_(lang))
        for s in held
        if s.licence in licences
    )
    lines = []
    if names:
        join = say("chart.sources_join", lang=lang)
        said = typeset(" ".join(told), lang=lang)
        lines.append(say("map.foot", lang=lang, sources=join.join(names), licences=said).strip())
    name, short = typeset(recipe.name.in_(lang), lang=lang), atlas.pack.content_hash[:HASH_SHOWN]
    notice = typeset(recipe.notice.in_(lang), lang=lang) if recipe.notice else ""
    lines.append(f"{say('map.atlas', lang=lang, atlas=name, hash=short)} {notice}".strip())
    return tuple(lines)


def _licence(title: str, attribution: str) -> str:
    return f"{title} ({attribution.rstrip('.')})."
