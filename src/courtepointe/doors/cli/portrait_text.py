"""A portrait in a terminal: the fit first, then the sections, then gaps and sources."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from courtepointe.atlas.figures import Status
from courtepointe.atlas.query.peer_values import StandsOut
from courtepointe.atlas.query.values import Portrait
from courtepointe.atlas.recipe.values import Recipe, Section
from courtepointe.press.document.build import gap_part
from courtepointe.press.document.fit_report import fit_sentences
from courtepointe.press.document.tables import rows
from courtepointe.press.document.values import AgainstText
from courtepointe.press.galley import Galley, set_galley
from courtepointe.press.numbers import amount
from courtepointe.press.sentences import standing_parts

PIPED_WIDTH = 200
"""Into a file nothing is cut to the width of a screen."""
HEADINGS = {
    "fr": (
        "Indicateur",
        "Valeur",
        "Intervalle à 95 %",
        "Statut",
        "Couverture",
        "En regard",
        "À savoir",
    ),
    "en": ("Indicator", "Value", "95% interval", "Status", "Coverage", "Beside", "To know"),
}
GAPS = {"fr": "Deux chemins vers le même nombre", "en": "Two ways to the same number"}
SOURCES = {"fr": "Sources", "en": "Sources"}


def print_portrait(
    portrait: Portrait, recipe: Recipe, *, lang: str, stands: StandsOut | None = None
) -> None:
    """Print a portrait as tables, section by section, beside what it is read against."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
    galley = set_galley(portrait, recipe, lang=lang)
    _print_header(console, galley)
    _print_standing(console, galley, stands)
    for section in recipe.sections:
        console.print()
        console.print(_section(galley, section))
        for told in _not_loaded(galley, section):
            console.print(told, markup=False)
    if portrait.gaps:
        console.print()
        console.print(GAPS[lang], style="bold")
        for gap in portrait.gaps:
            console.print("  " + gap_part(galley, gap).sentence.text, markup=False)
    console.print()
    _print_sources(console, galley)


def _print_header(console: Console, galley: Galley) -> None:
    area = galley.portrait.area
    kind = "" if area.type_name is None else f" · {area.type_name.in_(galley.lang)}"
    vintage = "" if area.key is None else f" {area.key.vintage}"
    surface = amount(area.surface_km2, unit="km2", decimals=1, lang=galley.lang)
    console.print(
        f"{area.name.in_(galley.lang)}{kind}{vintage} · {surface}", style="bold", markup=False
    )
    notice = galley.recipe.notice
    if notice is not None:
        console.print(galley.set(notice.in_(galley.lang)), markup=False)
    for told in fit_sentences(galley):
        console.print(told.text, markup=False)


def _print_standing(console: Console, galley: Galley, stands: StandsOut | None) -> None:
    parts, how = standing_parts(galley, stands)
    if parts:
        console.print()
        console.print(galley.say("document.highlights"), style="bold")
    for part in parts:
        console.print(part.lead.text, markup=False)
        for one in part.highlights:
            console.print("  " + one.sentence.text, markup=False)
    for told in how:
        console.print(told.text, markup=False)


def _section(galley: Galley, section: Section) -> Table:
    table = Table(title=galley.set(section.name.in_(galley.lang)), title_justify="left", box=None)
    for place, heading in enumerate(HEADINGS[galley.lang]):
        table.add_column(heading, justify="right" if place in (1, 4) else "left")
    for row in rows(galley, section.indicators):
        if row.figure.status is Status.NOT_LOADED:
            continue
        coverage = row.figure.coverage
        told = "" if coverage is None else amount(100 * coverage, unit="percent", lang=galley.lang)
        status = galley.status(row.figure, form="short")
        beside = "; ".join(map(_beside, row.against))
        notes = "; ".join(row.cautions)
        table.add_row(row.label, row.value, row.interval, status, told, beside, notes)
    return table


def _beside(other: AgainstText) -> str:
    verdict = f" ({other.verdict_text})" if other.verdict_text else ""
    return f"{other.name}: {other.value}{verdict}"


def _not_loaded(galley: Galley, section: Section) -> list[str]:
    """Name the figures that a file not given would fill, file by file."""
    waiting: dict[str, list[str]] = {}
    for code in section.indicators:
        figure = galley.figures.get(code)
        if figure is not None and figure.status is Status.NOT_LOADED:
            waiting.setdefault(galley.status(figure), []).append(galley.label(code))
    return [f" {status}: {', '.join(labels)}" for status, labels in waiting.items()]


def _print_sources(console: Console, galley: Galley) -> None:
    used = dict.fromkeys(code for f in galley.portrait.figures for code in f.sources)
    licences = {licence.code: licence for licence in galley.recipe.licences}
    console.print(SOURCES[galley.lang], style="bold")
    for code in used:
        source = galley.sources[code]
        licence = licences[source.licence].attribution.in_(galley.lang)
        title = galley.source_title(code)
        console.print(f"  {title} — {galley.set(licence)}", markup=False)
