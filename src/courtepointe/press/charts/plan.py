"""Make a chart's value from a portrait and the recipe's plan: rows, finding, words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from courtepointe.atlas.comparable import COMPARABLE, estimate
from courtepointe.atlas.figures import Figure, Measure, Uncertainty
from courtepointe.atlas.recipe.values import ChartPlan
from courtepointe.core.compare import difference
from courtepointe.press.charts.values import Chart, ChartKind, ChartRow, OtherMark
from courtepointe.press.comparisons import Verdict
from courtepointe.press.galley import Galley
from courtepointe.press.numbers import uncertainty_text
from courtepointe.press.sentences.values import capital, in_sentence

AGES = re.compile(r"(\d+)_(\d+|plus)$")


def plan_chart(galley: Galley, plan: ChartPlan, code: str) -> Chart | None:
    """Make the chart that a recipe plans; None where none of its figures has a value."""
    figures = [galley.figures[c] for c in plan.indicators if c in galley.figures]
    if not any(f.status.has_value for f in figures):
        return None
    kind = _kind(galley, plan, figures)
    rows = tuple(_row(galley, figure, kind, figures) for figure in figures)
    heading = galley.set(plan.title.in_(galley.lang))
    whole = len(rows) == len(plan.indicators)
    title = _finding(galley, kind, rows, heading) if whole else heading
    subtitle = _subtitle(galley, heading, title, rows, kind)
    return Chart(
        code=code,
        kind=kind,
        heading=heading,
        title=title,
        subtitle=subtitle,
        foot=_foot(galley, figures),
        alt=_alt(galley, kind, title, rows),
        lang=galley.lang,
        rows=rows,
        here=galley.say("chart.here"),
        sides=(galley.say("chart.men"), galley.say("chart.women")),
    )


def strip_chart(galley: Galley, figure: Figure, others: Sequence[float], code: str) -> Chart | None:
    """Make a strip: where the area's figure lies among other areas, which are not named."""
    if figure.value is None or not others:
        return None
    row = ChartRow(
        galley.label(figure.indicator), figure, galley.value(figure), galley.interval(figure)
    )
    row = replace(row, told=_alt_row(galley, row))
    told = {"label": row.label, "value": row.value_text, "n": len(others)}
    title = galley.say("chart.strip_title", **told)
    note = galley.say("chart.strip_note")
    subtitle = f"{capital(_measure(galley, [figure]))}. {note}"
    return Chart(
        code=code,
        kind=ChartKind.STRIP,
        heading=row.label,
        title=title,
        subtitle=subtitle,
        foot=_foot(galley, [figure]),
        alt=f"{galley.say('chart.kind_strip')}. {title}. {note}",
        lang=galley.lang,
        rows=(row,),
        here=galley.say("chart.here"),
        background=tuple(sorted(others)),
    )


def _kind(galley: Galley, plan: ChartPlan, figures: Sequence[Figure]) -> ChartKind:
    if plan.kind != ChartKind.PYRAMID:
        return ChartKind(plan.kind)
    sided = all(_side(galley, figure) for figure in figures)
    return ChartKind.PYRAMID if sided else ChartKind.BARS


def _side(galley: Galley, figure: Figure) -> str:
    indicator = galley.indicators.get(figure.indicator)
    dimension = (indicator.dimension if indicator else None) or ""
    return next((s for s in ("women", "men") if dimension.endswith(f"_{s}")), "")


def _row(galley: Galley, figure: Figure, kind: ChartKind, figures: Sequence[Figure]) -> ChartRow:
    pyramid = kind is ChartKind.PYRAMID
    label = _age(galley, figure) if pyramid else short_label(galley, figure, figures)
    others = () if pyramid else _others(galley, figure)
    side = _side(galley, figure) if pyramid else ""
    row = ChartRow(label, figure, galley.value(figure), galley.interval(figure), side, others)
    return replace(row, told=_alt_row(galley, row))


def short_label(galley: Galley, figure: Figure, figures: Sequence[Figure]) -> str:
    """Give a label without the « Part des » that all labels of a chart would repeat."""
    prefix = galley.say("chart.share_prefix")
    label = galley.label(figure.indicator)
    if all(galley.label(f.indicator).startswith(prefix) for f in figures):
        return capital(label.removeprefix(prefix))
    return label


def _age(galley: Galley, figure: Figure) -> str:
    indicator = galley.indicators[figure.indicator]
    found = AGES.search(indicator.category or "")
    if found is None:
        return galley.label(figure.indicator)
    low, high = found.groups()
    if high == "plus":
        return galley.say("chart.age_open", low=low)
    return galley.say("chart.age_range", low=low, high=high)


def _others(galley: Galley, figure: Figure) -> tuple[OtherMark, ...]:
    indicator = galley.indicators.get(figure.indicator)
    if indicator is None or indicator.measure not in COMPARABLE:
        return ()
    made = []
    for compared in galley.comparators:
        theirs = galley.theirs(compared, figure.indicator)
        if theirs is None:
            continue
        told = [c for c in galley.comparisons.get(figure.indicator, ()) if c.ref == compared.ref]
        verdict = galley.verdict(told[0], short=True) if told else ""
        made.append(
            OtherMark(galley.beside(compared, theirs), theirs, galley.value(theirs), verdict)
        )
    return tuple(made)


def _finding(galley: Galley, kind: ChartKind, rows: tuple[ChartRow, ...], heading: str) -> str:
    if kind is ChartKind.PYRAMID:
        return _pyramid_finding(galley, rows, heading)
    if kind is ChartKind.DOTS:
        return _dots_finding(galley, rows, heading)
    return _bars_finding(galley, rows, heading)


def _bars_finding(galley: Galley, rows: tuple[ChartRow, ...], heading: str) -> str:
    """Name the largest share of one whole, unless the next one cannot be told from it."""
    dimensions = {galley.indicators[r.figure.indicator].dimension for r in rows}
    complete = all(r.figure.value is not None for r in rows)
    shares = all(r.figure.unit == "percent" for r in rows)
    valued = sorted((r for r in rows if r.figure.value is not None), key=_minus)
    if len(dimensions) != 1 or None in dimensions or not (complete and shares) or len(valued) < 2:
        return heading
    first, second = valued[0], valued[1]
    gap = difference(estimate(first.figure), estimate(second.figure))
    if gap.distinguishable:
        return galley.say("chart.bars_first", label=first.label, value=first.value_text)
    if gap.distinguishable is None:
        return heading
    told = {"first": first.label, "second": in_sentence(second.label)}
    return galley.say("chart.bars_tied", a=first.value_text, b=second.value_text, **told)


def _dots_finding(galley: Galley, rows: tuple[ChartRow, ...], heading: str) -> str:
    held = [c for r in rows if (c := galley.comparison(r.figure.indicator)) is not None]
    distinct = [c for c in held if c.verdict is Verdict.DISTINCT]
    compared = galley.comparator()
    if distinct and compared is not None:
        told = max(distinct, key=lambda c: abs(c.effect or 0.0))
        row = next(r for r in rows if r.figure is told.figure)
        return galley.say(
            "chart.dots_distinct",
            label=row.label,
            value=row.value_text,
            theirs=galley.value(told.theirs),
            against_de=galley.against(compared).de,
        )
    known = len(held) == len(rows) and all(c.verdict is not Verdict.UNKNOWN for c in held)
    return galley.say("chart.dots_same", title=heading) if held and known else heading


def _pyramid_finding(galley: Galley, rows: tuple[ChartRow, ...], heading: str) -> str:
    sums: dict[str, float] = {}
    for row in rows:
        if row.figure.value is None:
            return heading
        sums[row.label] = sums.get(row.label, 0.0) + row.figure.value
    return galley.say("chart.pyramid_most", label=max(sums, key=lambda label: sums[label]))


def _minus(row: ChartRow) -> float:
    return -(row.figure.value or 0.0)


def _subtitle(
    galley: Galley, heading: str, title: str, rows: tuple[ChartRow, ...], kind: ChartKind
) -> str:
    parts = [] if heading in title else [f"{heading}."]
    parts.append(f"{capital(_measure(galley, [r.figure for r in rows]))}.")
    if any(r.figure.low is not None and r.figure.value is not None for r in rows):
        parts.append(galley.say("chart.interval_note"))
    if any(_unknown(r.figure) for r in rows):
        dots = kind is ChartKind.DOTS
        parts.append(galley.say("chart.unknown_dot_note" if dots else "chart.unknown_note"))
    compared = galley.comparator()
    if kind is ChartKind.BARS and compared is not None and any(r.others for r in rows):
        parts.append(galley.say("chart.tick_note", against_de=galley.against(compared).de))
    return " ".join(parts)


def _unknown(figure: Figure) -> bool:
    return figure.value is not None and figure.uncertainty is Uncertainty.UNKNOWN


def _measure(galley: Galley, figures: Sequence[Figure]) -> str:
    """Say measure, universe and year; several universes are left to the table."""
    figure = figures[0]
    indicator = galley.indicators[figure.indicator]
    measure = galley.say(f"chart.measure_{indicator.measure.value}")
    if (
        indicator.measure in (Measure.MEAN, Measure.MEDIAN, Measure.QUANTILE)
        and figure.unit == "cad"
    ):
        measure = f"{measure} {galley.say('chart.cad')}"
    universe = _universes(galley, figures)
    if figure.period is None:
        return galley.say("chart.subtitle_no_period", measure=measure, universe=universe)
    told = {"measure": measure, "universe": universe, "period": figure.period}
    return galley.say("chart.subtitle", **told)


def _universes(galley: Galley, figures: Sequence[Figure]) -> str:
    held = dict.fromkeys(galley.universe(figure.indicator) for figure in figures)
    return in_sentence(next(iter(held))) if len(held) == 1 else galley.say("chart.universes")


def _foot(galley: Galley, figures: Sequence[Figure]) -> str:
    codes = dict.fromkeys(code for figure in figures for code in figure.sources)
    titles = [_credit(galley, code) for code in codes]
    join = galley.say("chart.sources_join")
    return galley.say("chart.foot", sources=join.join(dict.fromkeys(titles))) if titles else ""


def _credit(galley: Galley, code: str) -> str:
    source = galley.sources.get(code)
    title = galley.source_title(code)
    return title if source is None else f"{galley.publisher(source)}, {title}"


def _alt(galley: Galley, kind: ChartKind, title: str, rows: tuple[ChartRow, ...]) -> str:
    """Say a chart in words: its kind, its finding, each value, with intervals where known."""
    told = galley.say("chart.sources_join").join(row.told for row in rows)
    return galley.say(
        "chart.alt", kind=galley.say(f"chart.kind_{kind.value}"), title=title, rows=told
    )


def _alt_row(galley: Galley, row: ChartRow) -> str:
    label = row.label
    if row.side:
        label = f"{galley.say(f'chart.{row.side}')}, {label}"
    value = row.value_text
    if row.figure.value is not None and row.figure.low is not None:
        value = f"{value} ({row.interval_text})"
    elif _unknown(row.figure):
        value = f"{value} ({uncertainty_text(row.figure, lang=galley.lang)})"
    told = galley.say("chart.alt_row", label=label, value=value)
    for other in row.others:
        told += ", " + galley.say("compare.plain", name=other.name, value=other.value_text)
    return told
