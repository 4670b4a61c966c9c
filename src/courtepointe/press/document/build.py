"""Set a portrait as a document: sentences, charts, tables and credits from the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.atlas.query.peer_values import StandsOut
from courtepointe.atlas.query.values import AreaIdentity, Gap, Portrait
from courtepointe.atlas.recipe.values import Recipe, Section
from courtepointe.press.charts.plan import plan_chart
from courtepointe.press.charts.values import Chart
from courtepointe.press.document.credits import citation, source_parts
from courtepointe.press.document.fit_report import fit_sentences, unit_type_name
from courtepointe.press.document.tables import key_figures, rows
from courtepointe.press.document.values import (
    Document,
    GapPart,
    MapPlan,
    PlaceGroup,
    SectionPart,
    Term,
)
from courtepointe.press.galley import Galley, set_galley
from courtepointe.press.numbers import amount, signed
from courtepointe.press.sentences.section import say_section
from courtepointe.press.sentences.standing import standing_parts
from courtepointe.press.sentences.values import Piece, capital, sentence

HEADINGS = (
    "key_figures", "highlights", "strengths", "to_know", "how_decided", "fit", "sources", "citation", "methods",
    "gaps", "table",
)  # fmt: skip
COLUMNS = ("indicator", "value", "interval", "status", "against", "cautions")


def build_document(
    portrait: Portrait,
    recipe: Recipe,
    lang: str,
    *,
    places: Mapping[str, Sequence[PlaceGroup]] | None = None,
    stands: StandsOut | None = None,
) -> Document:
    """Set a portrait in a language.

    Parameters
    ----------
    portrait : Portrait
    recipe : Recipe
    lang : str
    places : mapping of layer -> groups of places to list, or None
    stands : StandsOut or None
        What the atlas found to stand out; None: tested against the city beside the portrait alone.
    """
    galley = set_galley(portrait, recipe, lang=lang)
    title = galley.say("document.title", place_de=galley.place.de)
    standing, how = standing_parts(galley, stands)
    return Document(
        lang=lang,
        title=title,
        name=capital(galley.place.plain),
        notice=_notice(galley),
        identity=identity(galley),
        fit=fit_sentences(galley),
        key_figures=key_figures(galley),
        standing=standing,
        standing_how=how,
        sections=tuple(section_part(galley, s, places or {}) for s in recipe.sections),
        gaps=tuple(gap_part(galley, gap) for gap in portrait.gaps),
        sources=source_parts(galley),
        citation=citation(galley, title),
        method_notes=_notes(galley),
        pack_hash=portrait.pack_hash,
        words=_words(galley),
    )


def section_part(
    galley: Galley, section: Section, places: Mapping[str, Sequence[PlaceGroup]]
) -> SectionPart:
    """Set one section."""
    groups = [group for layer in section.place_layers for group in places.get(layer, ())]
    return SectionPart(
        code=section.code,
        heading=galley.set(section.name.in_(galley.lang)),
        sentences=say_section(galley, section.code),
        charts=section_charts(galley, section),
        rows=rows(galley, section.indicators),
        map=_map(galley, section),
        place_layers=section.place_layers,
        places=tuple(groups),
    )


def section_charts(galley: Galley, section: Section) -> tuple[Chart, ...]:
    """Make the charts that the recipe plans for a section and that have something to show."""
    planned = enumerate(section.charts, start=1)
    made = (plan_chart(galley, plan, f"{section.code}-{place}") for place, plan in planned)
    return tuple(chart for chart in made if chart is not None)


def identity(galley: Galley) -> tuple[Term, ...]:
    """Say what the area is: type, vintage, steward, surface."""
    area = galley.portrait.area
    surface = amount(area.surface_km2, unit="km2", decimals=2, lang=galley.lang)
    told = [*_official(galley, area), ("surface", surface)]
    return tuple(Term(galley.say(f"identity.{key}"), text) for key, text in told if text)


def _official(galley: Galley, area: AreaIdentity) -> list[tuple[str, str]]:
    lang = galley.lang
    if area.key is None:
        return [("kind", galley.say(f"identity.kind_{area.kind}"))]
    return [
        ("type", galley.set(area.type_name.in_(lang)) if area.type_name else area.key.area_type),
        ("vintage", area.key.vintage),
        ("code", area.key.code),
        ("steward", galley.set(area.steward.in_(lang)) if area.steward else ""),
    ]


def _notice(galley: Galley) -> str:
    if galley.recipe.notice is not None:
        return galley.set(galley.recipe.notice.in_(galley.lang))
    return galley.say("document.fictional") if galley.recipe.fictional else ""


def _map(galley: Galley, section: Section) -> MapPlan | None:
    """Plan a map only where the area is made of several units, and their values are loaded."""
    fit = galley.portrait.fit
    figure = galley.figures.get(section.map_indicator or "")
    if section.map_indicator is None or figure is None or fit.units_in < 2:
        return None
    if figure.status is Status.NOT_LOADED:
        return None
    unit = unit_type_name(galley, fit.unit_type)
    label = galley.label(section.map_indicator)
    title = galley.say("map.legend_title", label=label, unit=unit)
    return MapPlan(section.map_indicator, title, fit.unit_type, fit.unit_codes)


def gap_part(galley: Galley, gap: Gap) -> GapPart:
    """Say two ways to one quantity, and what lies between them."""
    first, second = gap.figure, gap.against
    name = galley.set(gap.name.in_(galley.lang))
    kind = "gap_tabulated" if gap.tabulated else "gap"
    key = kind if gap.gap is not None else "gap_missing"
    told = {"name": name, "first": "\0", "second": "\1"}
    if gap.gap == 0:
        key = f"{kind}_none"
    elif gap.gap is not None:
        told["gap"] = signed(gap.gap, unit=first.unit, lang=galley.lang,
                             decimals=galley.decimals(first.indicator))  # fmt: skip
    before, _, rest = galley.say(f"document.{key}", **told).partition("\0")
    between, _, after = rest.partition("\1")
    pieces = [Piece(before), Piece(galley.value(first), first), Piece(between)]
    if gap.gap != 0:
        pieces.append(Piece(galley.value(second), second))
    return GapPart(gap.code, sentence(*pieces, Piece(after)), first, second)


def _notes(galley: Galley) -> tuple[str, ...]:
    """Give the method notes that this portrait's figures call for."""
    figures = galley.portrait.figures
    rounding = (Uncertainty.ROUNDING, Uncertainty.SAMPLING_AND_ROUNDING)
    medians = (
        Method.MEDIAN_FROM_BANDS,
        Method.QUANTILE_FROM_BANDS,
        Method.RATIO_OF_QUANTILES,
        Method.RANGE_OF_MEDIANS,
    )
    asked = {
        "note_rounding": any(f.uncertainty in rounding for f in figures),
        "note_missing": any(not f.status.has_value for f in figures),
        "note_median": any(f.method in medians for f in figures),
        "note_distinct": bool(galley.comparisons),
        "note_unknown": any(_unknown(f) for f in figures),
    }
    return tuple(galley.say(f"document.{key}") for key, wanted in asked.items() if wanted)


def _unknown(figure: Figure) -> bool:
    return figure.value is not None and figure.uncertainty is Uncertainty.UNKNOWN


def _words(galley: Galley) -> dict[str, str]:
    headings = {key: galley.say(f"document.{key}") for key in HEADINGS}
    return headings | {f"column_{key}": galley.say(f"column.{key}") for key in COLUMNS}
