"""What the page of a portrait shows, from the document of the press: bars, tables, maps, addresses."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.fits import Fit, FitMethod
from courtepointe.doors.site.addresses import area_address
from courtepointe.doors.site.asked_maps import map_address
from courtepointe.doors.site.lists import names_by_code
from courtepointe.doors.site.maps import PageMap, place_map
from courtepointe.doors.site.subjects import FITS, Subject
from courtepointe.press.charts.values import Chart
from courtepointe.press.document import Document, KeyFigure, SectionPart, fit_sentences
from courtepointe.press.maps.asked import MapAsked
from courtepointe.press.names import place
from courtepointe.press.sentences.values import Sentence, capital
from courtepointe.press.words import typeset

MOST_UNITS = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its interval and its comparator on one scale from zero, in hundredths."""

    value: float | None
    low: float | None
    high: float | None
    against: float | None

    @property
    def across(self) -> float:
        """Give the interval's length."""
        return 0.0 if self.low is None or self.high is None else self.high - self.low


@dataclass(frozen=True, slots=True)
class KeyCard:
    """A key figure with its bar."""

    key: KeyFigure
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart's words, the address of its drawing, of what it is drawn from, of its page to embed."""

    chart: Chart
    number: int
    address: str
    specification: str
    embed: str


@dataclass(frozen=True, slots=True)
class PagePart:
    """A section of the page."""

    part: SectionPart
    charts: tuple[ChartPart, ...]
    map_address: str
    map_table: str
    map_embed: str
    map_whole: str
    dots: str

    @property
    def shown(self) -> int:
        """Count its drawings."""
        return len(self.charts) + (1 if self.map_address else 0)


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit of a fit, with the part of it that lies inside in hundredths."""

    code: str
    name: str
    inside: float | None = None


@dataclass(frozen=True, slots=True)
class FitChoice:
    """A way of fitting, with the address that asks for it."""

    method: FitMethod
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class FitReport:
    """How units stand for the area: said before any number."""

    fit: Fit
    sentences: tuple[Sentence, ...]
    units_in: tuple[NamedUnit, ...]
    units_out: tuple[NamedUnit, ...]
    more_in: int
    more_out: int
    choices: tuple[FitChoice, ...]

    @property
    def exact(self) -> bool:
        """Whether nothing is approximate."""
        return self.fit.method is FitMethod.EXACT


def fit_report(subject: Subject, *, lang: str, part: str = "") -> FitReport:
    """Tell the fit of a subject, unit by unit."""
    fit = subject.portrait().fit
    partial = sorted(
        zip(fit.unit_codes, fit.inside_shares, strict=True), key=lambda pair: (pair[1], pair[0])
    )
    names = names_by_code(subject.served, fit.unit_type, lang=lang)
    inside = [NamedUnit(code, names[code], 100.0 * share) for code, share in partial[:MOST_UNITS]]
    out = [NamedUnit(code, names[code]) for code in fit.out_codes[:MOST_UNITS]]
    return FitReport(
        fit=fit,
        sentences=fit_sentences(subject.galley(lang)),
        units_in=tuple(inside),
        units_out=tuple(out),
        more_in=max(fit.units_in - MOST_UNITS, 0),
        more_out=max(fit.units_touching_out - MOST_UNITS, 0),
        choices=_choices(subject, fit, part),
    )


def _choices(subject: Subject, fit: Fit, part: str) -> tuple[FitChoice, ...]:
    if fit.method is FitMethod.EXACT:
        return ()
    return tuple(
        FitChoice(method, subject.address(part, fit=method), method is subject.fitted)
        for method in FITS.values()
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """What the reader may have the area read against."""

    ref: str
    name: str
    chosen: bool


def offers(subject: Subject, *, lang: str) -> tuple[Offer, ...]:
    """Give what the area may be read against, and what it is read against now."""
    galley = subject.galley(lang)
    chosen = {one.ref: one.name for one in galley.comparators}
    declared = dict(subject.served.atlas.offered(galley.portrait))
    return tuple(
        Offer(ref, capital(place(name.in_(lang), lang=lang).subject), ref in chosen)
        for ref, name in {**declared, **chosen}.items()
    )


def cards(document: Document) -> tuple[KeyCard, ...]:
    """Give the key figures with their bars."""
    return tuple(KeyCard(key, bar_of(key)) for key in document.key_figures)


def bar_of(key: KeyFigure) -> Bar | None:
    """Lay a figure and its comparator on one scale; nothing where the two are not comparable."""
    figure = key.figure
    theirs = next((a.figure for a in key.against if a.figure.value is not None), None)
    if figure.value is None or theirs is None:
        return None
    reach = max(*_numbers(figure), *_numbers(theirs), 0.0)
    if reach <= 0.0 or min(*_numbers(figure), *_numbers(theirs)) < 0.0:
        return None
    scale = 100.0 if figure.unit == "percent" and reach > 50.0 else reach * 1.15
    value, low, high, against = (
        None if n is None else 100.0 * n / scale
        for n in (figure.value, figure.low, figure.high, theirs.value)
    )
    return Bar(value, low, high, against)


def _numbers(figure: Figure) -> list[float]:
    held = (figure.value, figure.low, figure.high)
    found = [number for number in held if number is not None]
    return [*found, *found] if len(found) == 1 else found


def parts(subject: Subject, document: Document, *, lang: str) -> tuple[PagePart, ...]:
    """Give the sections to show, with their charts and the dots of their places."""
    asked = subject.kept.sections if subject.kept else ()
    shown = [part for part in document.sections if not asked or part.code in asked]
    return tuple(_part(subject, part, lang) for part in shown)


def _part(subject: Subject, part: SectionPart, lang: str) -> PagePart:
    charts = tuple(_chart(subject, part, chart) for chart in part.charts)
    drawn = part.map is not None and len(part.map.unit_codes) > 1
    return PagePart(
        part=part,
        charts=charts,
        map_address=subject.drawing("map", section=part.code) if drawn else "",
        map_table=subject.address("map_table", section=part.code) if drawn else "",
        map_embed=subject.address("embed_map", section=part.code) if drawn else "",
        map_whole=_map_whole(subject, part),
        dots=subject.drawing("places", section=part.code) if _has_places(subject, part) else "",
    )


def _chart(subject: Subject, part: SectionPart, chart: Chart) -> ChartPart:
    number = int(chart.code.rpartition("-")[2])
    address = subject.drawing("chart", section=part.code, number=number)
    specification = subject.drawing("chart_specification", section=part.code, number=number)
    embed = subject.address("embed_chart", section=part.code, number=number)
    return ChartPart(chart, number, address, specification, embed)


def _map_whole(subject: Subject, part: SectionPart) -> str:
    """Give the address of the map of a section's indicator on all areas of the subject's kind."""
    if part.map is None:
        return ""
    whole, here = subject.served.pack.recipe.home, ""
    if subject.key:
        own = f"{subject.key.area_type}:{subject.key.vintage}"
        if len(subject.served.pack.area_tables[own]) > 1:
            whole, here = own, subject.key.code
    return map_address(MapAsked(area_type=whole, indicator=part.map.indicator, here=here))


def _has_places(subject: Subject, part: SectionPart) -> bool:
    return any(layer.places for layer in subject.places() if layer.layer in part.place_layers)


def places_map(subject: Subject, section: str, *, lang: str) -> str:
    """Draw the area with the places of a section as dots."""
    layers = {s.code: s.place_layers for s in subject.served.pack.recipe.sections}
    dots = [
        (place.longitude, place.latitude)
        for layer in subject.places()
        if layer.layer in layers.get(section, ())
        for place in layer.places
    ]
    title = subject.galley(lang).place.plain
    return place_map(
        subject.served, subject.shape(), title=title, lang=lang, stem=f"dots-{section}", dots=dots
    ).svg


def locator(subject: Subject, *, lang: str) -> PageMap:
    """Draw the area in its place."""
    served = subject.served
    title = subject.galley(lang).place.plain
    return served.shelf.take(
        ("locator", *subject.known_as, lang),
        lambda: place_map(served, subject.shape(), title=title, lang=lang, stem="place"),
    )


def trail(subject: Subject, *, lang: str) -> tuple[tuple[str, str], ...]:
    """Give the areas that contain this one, the widest first, with their addresses."""
    atlas = subject.served.atlas
    parents = [atlas.identity(key) for key in subject.portrait().area.parents]
    return tuple(
        (typeset(p.name.in_(lang), lang=lang), area_address(p.key, p.name, lang=lang))
        for p in reversed(parents)
        if p.key is not None
    )
