"""A portrait in a terminal: the fit first, then the sections, then gaps and sources."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from courtepointe.atlas.figures import Status
from courtepointe.atlas.query.values import Portrait
from courtepointe.atlas.recipe.values import Recipe, Section
from courtepointe.press.document.build import gap_part
from courtepointe.press.document.fit_report import fit_sentences
from courtepointe.press.document.tables import rows
from courtepointe.press.galley import Galley, set_galley
from courtepointe.press.numbers import amount

PIPED_WIDTH = 200
"""Into a file nothing is cut to the width of a screen."""
HEADINGS = {
    "fr": ("Indicateur", "Valeur", "Intervalle à 95 %", "Statut", "Couverture", "À savoir"),
    "en": ("Indicator", "Value", "95% interval", "Status", "Coverage", "To know"),
}
GAPS = {"fr": "Deux chemins vers le même nombre", "en": "Two ways to the same number"}
SOURCES = {"fr": "Sources", "en": "Sources"}


def print_portrait(portrait: Portrait, recipe: Recipe, *, lang: str) -> None:
    """Print a portrait as tables, section by section."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
    galley = set_galley(portrait, recipe, lang=lang)
    _print_header(console, galley)
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
        table.add_row(row.label, row.value, row.interval, status, told, "; ".join(row.cautions))
    return table


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
