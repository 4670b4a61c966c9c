"""The drawer behind a number: all that its figure knows, as terms and texts in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.press.document.fit_report import unit_type_name
from courtepointe.press.document.tables import against, caution_texts
from courtepointe.press.document.values import Term
from courtepointe.press.galley import Galley
from courtepointe.press.numbers import amount, number, signed, uncertainty_text
from courtepointe.press.sentences.values import capital

_Told = tuple[str, str, str | None]


def explain(
    galley: Galley, figure: Figure, *, loaded: Mapping[str, Mapping[str, Any]] | None = None
) -> tuple[Term, ...]:
    """Tell everything about a figure; terms without anything to tell are left out.

    ``loaded`` is the pack's ``loaded_sources``: which file was read, its checksum, its edition.
    """
    if figure.method is Method.TARGET:
        told = [*_target(galley, figure), *_universe(galley, figure), *_method(galley, figure)]
        return _terms(galley, told)
    told = [
        *_value(galley, figure),
        *_universe(galley, figure),
        *_units(galley, figure),
        *_origin(galley, figure, loaded or {}),
        *_method(galley, figure),
        *_reading(galley, figure),
    ]
    return _terms(galley, told)


def _terms(galley: Galley, told: Iterable[_Told]) -> tuple[Term, ...]:
    return tuple(Term(galley.say(f"term.{key}"), text, link) for key, text, link in told if text)


def _target(galley: Galley, figure: Figure) -> list[_Told]:
    """Tell who decided a target, why, and where it can be read."""
    target = next(one for one in galley.recipe.targets if one.indicator == figure.indicator)
    decided, reason, citation = (
        capital(galley.set(words.in_(galley.lang)))
        for words in (target.decided_by, target.reason, target.citation)
    )
    return [
        ("value", galley.value(figure, in_words=True), None),
        ("aim", galley.say(f"target.{target.direction}"), None),
        ("decided_by", decided, None),
        ("why", reason, None),
        ("written_in", citation, target.page),
    ]


_COMPRESSION_PAGE = "docs/methods/compression.md"
_UNCERTAINTY_PAGE = "docs/methods/uncertainty.md"


def _value(galley: Galley, figure: Figure) -> list[_Told]:
    told: list[_Told] = []
    if figure.status.has_value:
        told.append(("value", galley.value(figure, in_words=True), None))
    if figure.value is not None and figure.low is not None:
        interval = galley.say("interval.confidence", interval=galley.interval(figure))
        told.append(("interval", capital(interval), None))
    if figure.status.has_value and figure.method is not Method.COUNTED:
        text = uncertainty_text(figure, lang=galley.lang, form="full")
        told.append(("accounts_for", capital(text), None))
    told += _reliability(galley, figure)
    told.append(("status", capital(galley.status(figure)), None))
    symbol = galley.status(figure, form="symbol")
    publishers = figure.status not in (Status.NOT_LOADED,) and bool(symbol)
    return [*told, ("symbol", symbol, None)] if publishers else told


def _reliability(galley: Galley, figure: Figure) -> list[_Told]:
    """Tell the class of reliability with the coefficient of variation that it rests on."""
    kind, cv = figure.reliability, figure.cv
    if kind is None or cv is None:
        return []
    shown = amount(cv, unit="percent", decimals=1, lang=galley.lang)
    return [("reliability", galley.say(f"reliability.{kind.code}", cv=shown), _UNCERTAINTY_PAGE)]


def _universe(galley: Galley, figure: Figure) -> list[_Told]:
    told: list[_Told] = [("universe", galley.universe(figure.indicator), None)]
    for key in ("numerator", "denominator"):
        held: float | None = getattr(figure, key)
        if held is not None:
            told.append((key, _part(galley, figure, held), None))
    return [*told, ("period", figure.period or "", None)]


def _part(galley: Galley, figure: Figure, value: float) -> str:
    decimals = 0 if float(value).is_integer() else 1
    return number(value, decimals=decimals, lang=galley.lang)


def _units(galley: Galley, figure: Figure) -> list[_Told]:
    told: list[_Told] = []
    if figure.n_units > 0:
        used = figure.n_units - figure.n_units_missing
        form = "one" if used <= 1 else "many"
        shown = {
            "used": number(used, lang=galley.lang),
            "n": number(figure.n_units, lang=galley.lang),
        }
        told.append(("units", galley.say(f"units_used.{form}", **shown), None))
    if len(figure.made_of) > 1 or (
        figure.made_of and figure.n_units < galley.portrait.fit.units_in
    ):
        kinds = [
            galley.say(
                "compare.plain",
                name=unit_type_name(galley, unit_type),
                value=number(count, lang=galley.lang),
            )
            for unit_type, count in figure.made_of
        ]
        told.append(("made_of", galley.say("list.separator").join(kinds), _COMPRESSION_PAGE))
    missing = galley.say("list.separator").join(
        galley.say("compare.plain", name=_reason(galley, status), value=number(n, lang=galley.lang))
        for status, n in figure.missing
    )
    told.append(("missing_units", capital(missing), None))
    if figure.coverage is not None and figure.n_units > 1:
        share = amount(100.0 * figure.coverage, unit="percent", decimals=1, lang=galley.lang)
        told.append(("coverage", galley.say("coverage.text", share=share), None))
    return told


def _reason(galley: Galley, status: Status) -> str:
    return galley.say(f"status.short.{status.value}")


def _origin(galley: Galley, figure: Figure, loaded: Mapping[str, Mapping[str, Any]]) -> list[_Told]:
    told: list[_Told] = []
    releases = {r.code: r for r in galley.recipe.releases}
    if figure.release is not None:
        held = releases.get(figure.release)
        title = galley.set(held.title.in_(galley.lang)) if held else figure.release
        told.append(("release", title, None))
    for code in figure.sources:
        source = galley.sources.get(code)
        text = galley.source_title(code)
        if source is not None:
            text = f"{galley.publisher(source)}, {text}"
        file = loaded.get(code, {}).get("file")
        told.append(
            ("source", f"{text} ({file})" if file else text, source.page if source else None)
        )
    return [*told, *_licences(galley, figure)]


def _licences(galley: Galley, figure: Figure) -> list[_Told]:
    codes = [galley.sources[c].licence for c in figure.sources if c in galley.sources]
    held = {licence.code: licence for licence in galley.recipe.licences}
    return [
        ("licence", galley.set(held[code].title.in_(galley.lang)), held[code].url)
        for code in dict.fromkeys(codes)
        if code in held
    ]


def _method(galley: Galley, figure: Figure) -> list[_Told]:
    page = galley.say(f"method_page.{figure.method.value}")
    return [("method", galley.say(f"method.{figure.method.value}"), f"docs/methods/{page}.md")]


def _check(galley: Galley, figure: Figure) -> list[_Told]:
    """Tell what our own sum gives beside a custom tabulation."""
    for gap in galley.portrait.gaps:
        if not gap.tabulated or gap.figure != figure or gap.gap is None:
            continue
        value, interval = galley.value(gap.against), galley.interval(gap.against)
        decimals = galley.decimals(figure.indicator)
        apart = signed(gap.gap, unit=figure.unit, decimals=decimals, lang=galley.lang)
        key = "same" if gap.gap == 0 else "added_up" if gap.against.low is not None else "plain"
        text = galley.say(f"check.{key}", value=value, interval=interval, gap=apart)
        page = galley.say(f"method_page.{figure.method.value}")
        return [("check", capital(text), f"docs/methods/{page}.md")]
    return []


def _reading(galley: Galley, figure: Figure) -> list[_Told]:
    told = _check(galley, figure)
    own = galley.figures.get(figure.indicator) == figure
    for other in against(galley, figure) if own else ():
        text = galley.say("compare.plain", name=other.name, value=other.value)
        told.append(
            ("comparison", f"{text} ({other.verdict_text})" if other.verdict else text, None)
        )
    if figure.uncertainty is Uncertainty.UNKNOWN and figure.value is not None:
        told.append(("caution", galley.say("document.note_unknown"), None))
    told += [("caution", capital(text), None) for text in caution_texts(galley, figure)]
    indicator = galley.indicators.get(figure.indicator)
    if indicator is not None and indicator.note is not None:
        told.append(("note", galley.set(indicator.note.in_(galley.lang)), None))
    return told
