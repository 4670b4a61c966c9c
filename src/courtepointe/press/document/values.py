"""A portrait as a document: values that a page, a PDF or a slide lays out, with no markup."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from courtepointe.atlas.figures import Figure
from courtepointe.press.charts.values import Chart
from courtepointe.press.sentences.standing import StandingPart
from courtepointe.press.sentences.values import Sentence


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what stands under it, as in a description list; ``link`` is an address or a page."""

    term: str
    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class AgainstText:
    """A figure of an area of comparison beside ours, in words.

    Attributes
    ----------
    ref, kind : str
        The comparator's name, and what it is: ``city``, ``parent``, ``peers``, ``past``, ``target``,
        ``area``.
    verdict : str
        ``distinct``, ``same``, ``equal``, ``unknown``; empty where the two are not compared.
    """

    name: str
    value: str
    interval: str
    verdict: str
    verdict_text: str
    figure: Figure
    ref: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number shown large: its label, its interval, and how it stands against comparators."""

    label: str
    value: str
    interval: str
    status: str
    status_text: str
    against: tuple[AgainstText, ...]
    sentence: Sentence
    figure: Figure


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table behind a section's charts.

    Attributes
    ----------
    value : str
        With its unit; the short words of its status where there is no value.
    interval : str
        The interval, or why there is none.
    status : str
        The code, for styling; ``status_text`` for people.
    cautions : tuple of str
        What to know, in words.
    """

    label: str
    value: str
    interval: str
    status: str
    status_text: str
    against: tuple[AgainstText, ...]
    cautions: tuple[str, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class MapPlan:
    """The map that a section asks for; who holds the shapes draws it with `press.maps`."""

    indicator: str
    title: str
    unit_type: str
    unit_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places of one category inside the area, by name."""

    layer: str
    heading: str
    names: tuple[str, ...]

    def told(self, *, most: int) -> tuple[tuple[str, ...], int]:
        """Give each name once, with how many bear it, and how many places are left out.

        Twelve courts named « Soccer à 7 » are one line; at most ``most`` names are given.
        """
        counted = Counter(self.names)
        given = list(counted.items())[:most]
        lines = tuple(f"{name} ({n})" if n > 1 else name for name, n in given)
        return lines, len(self.names) - sum(n for _, n in given)


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A section of the document."""

    code: str
    heading: str
    sentences: tuple[Sentence, ...]
    charts: tuple[Chart, ...]
    rows: tuple[Row, ...]
    map: MapPlan | None
    place_layers: tuple[str, ...]
    places: tuple[PlaceGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class GapPart:
    """Two ways to the same quantity, said in a sentence."""

    code: str
    sentence: Sentence
    first: Figure
    second: Figure


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A source that the figures rest on, with what its licence asks for."""

    code: str
    title: str
    publisher: str
    citation: str
    page: str | None
    date_published: str | None
    date_accessed: str | None
    licence: str
    licence_url: str
    attribution: str

    @property
    def attributed(self) -> str:
        """The words that the licence asks for, as a sentence."""
        text = self.attribution.strip()
        return text if not text or text.endswith((".", "!", "?")) else f"{text}."


@dataclass(frozen=True, slots=True)
class Document:
    """A portrait in one language, ready to be laid out in any form.

    Attributes
    ----------
    notice : str
        Said on every page where the city is fictional; else empty.
    fit : tuple of Sentence
        What the figures stand for: shown before any number.
    standing : tuple of StandingPart
        What stands out, beside each reference; ``standing_how`` says how that was decided.
    words : dict
        The fixed headings: ``key_figures``, ``highlights``, ``fit``, ``sources``...
    """

    lang: str
    title: str
    name: str
    notice: str
    identity: tuple[Term, ...]
    fit: tuple[Sentence, ...]
    key_figures: tuple[KeyFigure, ...]
    standing: tuple[StandingPart, ...]
    standing_how: tuple[Sentence, ...]
    sections: tuple[SectionPart, ...]
    gaps: tuple[GapPart, ...]
    sources: tuple[SourcePart, ...]
    citation: str
    method_notes: tuple[str, ...]
    pack_hash: str
    words: dict[str, str]
