"""Charts that an office program can edit: the parts of a package that hold one, with its numbers.

The intervals are error bars with their own ends; a missing value stays empty and its label says
why. Kinds that no office program draws (strips of dots) stay pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE

from courtepointe.press.charts.values import Chart, ChartKind, ChartRow
from courtepointe.press.forms.office import FACE
from courtepointe.press.palette import LIGHT

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMES = {"c": C, "a": A}
LETTERS = 1000
"""Letters of ten points."""
EDITABLE = (ChartKind.BARS, ChartKind.DOTS, ChartKind.PYRAMID)


@dataclass(frozen=True, slots=True)
class Series:
    """One series: a name, a value and an interval a category; None where there is none."""

    name: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Native:
    """A chart's XML and the workbook of its numbers."""

    xml: bytes
    workbook: bytes
    n_categories: int


def native(chart: Chart, *, letters: int = LETTERS) -> Native | None:
    """Make a chart that can be edited, in letters of some hundredths of a point.

    None for a kind that has none, and where each row is drawn on the scale of its own unit: an office
    program has one axis.
    """
    if chart.kind not in EDITABLE or len({row.figure.unit for row in chart.rows}) > 1:
        return None
    pyramid = chart.kind is ChartKind.PYRAMID
    categories, series = _sided(chart) if pyramid else _plain(chart)
    data = CategoryChartData(number_format=_format(chart, pyramid=pyramid))
    data.categories = categories
    for one in series:
        data.add_series(one.name, one.values)
    kind = XL_CHART_TYPE.BAR_STACKED if pyramid else XL_CHART_TYPE.BAR_CLUSTERED
    xml = etree.fromstring(ChartXmlWriter(kind, data).xml.encode())
    _dress(xml, series, data_format=_format(chart, pyramid=pyramid), pyramid=pyramid)
    _letters(xml, letters)
    told = etree.tostring(xml, xml_declaration=True, encoding="UTF-8", standalone=True)
    workbook: bytes = data._workbook_writer.xlsx_blob
    return Native(told, workbook, len(categories))


def _format(chart: Chart, *, pyramid: bool) -> str:
    unit = chart.rows[0].figure.unit
    plain = "#,##0.0" if unit == "percent" else "#,##0"
    return f"{plain};{plain}" if pyramid else plain


def _label(row: ChartRow) -> str:
    """Name a category; a value that is missing says why."""
    return row.label if row.figure.value is not None else f"{row.label} ({row.value_text})"


def _plain(chart: Chart) -> tuple[list[str], list[Series]]:
    rows = tuple(reversed(chart.rows))  # an office program draws the first category lowest
    series = []
    names = list(dict.fromkeys(other.name for row in rows for other in row.others))[:1]
    for name in names:
        theirs = [next((o.figure for o in row.others if o.name == name), None) for row in rows]
        series.append(
            Series(
                name,
                tuple(f.value if f else None for f in theirs),
                tuple(f.low if f else None for f in theirs),
                tuple(f.high if f else None for f in theirs),
                LIGHT.other,
            )
        )
    series.append(_series(chart.here, list(rows), LIGHT.data))
    return [_label(row) for row in rows], series


def _sided(chart: Chart) -> tuple[list[str], list[Series]]:
    """Put men to the left, as numbers under zero that are written without their sign."""
    labels = list(dict.fromkeys(row.label for row in chart.rows))
    series = []
    sides = (("men", chart.sides[0], -1.0, LIGHT.data), ("women", chart.sides[1], 1.0, LIGHT.categories[2]))  # fmt: skip
    for side, name, sign, colour in sides:
        held = {row.label: row for row in chart.rows if row.side == side}
        rows = [held[label] for label in labels if label in held]
        series.append(_series(name, rows, colour, sign=sign))
    return labels, series


def _series(name: str, rows: Sequence[ChartRow], colour: str, *, sign: float = 1.0) -> Series:
    def turned(value: float | None) -> float | None:
        return None if value is None else sign * value

    figures = [row.figure for row in rows]
    ends = [tuple(map(turned, (f.low, f.high))) for f in figures]
    return Series(
        name,
        tuple(turned(f.value) for f in figures),
        tuple(low if sign > 0 else high for low, high in ends),
        tuple(high if sign > 0 else low for low, high in ends),
        colour,
    )


def _dress(xml: Any, series: Sequence[Series], *, data_format: str, pyramid: bool) -> None:
    """Colour series, draw intervals, name the chart; keep grey print readable."""
    plot = xml.find(".//c:barChart", NAMES)
    _set(plot, "gapWidth", "40" if not pyramid else "15", before=("overlap", "axId"))
    for element, one in zip(plot.findall("c:ser", NAMES), series, strict=True):
        _colour(element, one.colour)
        if not pyramid:
            _value_labels(element)
        if any(low is not None for low in one.low):
            _intervals(element, one)
    _dress_axes(xml, series, data_format=data_format, pyramid=pyramid)
    chart_xml = xml.find("c:chart", NAMES)
    for told in chart_xml.findall("c:autoTitleDeleted", NAMES):
        told.set("val", "1")
    if len(series) > 1:
        legend = chart_xml.find("c:legend", NAMES)
        if legend is None:
            legend = etree.fromstring(
                f'<c:legend xmlns:c="{C}"><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
            )
            chart_xml.find("c:plotArea", NAMES).addnext(legend)


def _dress_axes(xml: Any, series: Sequence[Series], *, data_format: str, pyramid: bool) -> None:
    """Have bars begin at zero, without lines behind them, their labels beside."""
    for axis in xml.findall(".//c:valAx", NAMES):
        _unsigned(axis, data_format)
        if not pyramid and all(value >= 0 for one in series for value in _drawn(one)):
            _from_zero(axis)
        for lines in axis.findall("c:majorGridlines", NAMES):
            axis.remove(lines)
    for axis in xml.findall(".//c:catAx", NAMES):
        _set(axis, "tickLblPos", "low", before=("crossAx",))


def _unsigned(axis: Any, data_format: str) -> None:
    """Write the numbers of an axis as those of the data: to the left of zero without a sign."""
    for told in axis.findall("c:numFmt", NAMES):
        told.set("formatCode", data_format)
        told.set("sourceLinked", "0")


def _drawn(one: Series) -> Iterator[float]:
    yield from (value for value in (*one.values, *one.low) if value is not None)


def _from_zero(axis: Any) -> None:
    """Begin an axis at zero: left to itself, an office program cuts the bars."""
    scaling = axis.find("c:scaling", NAMES)
    for old in scaling.findall("c:min", NAMES):
        scaling.remove(old)
    etree.SubElement(scaling, f"{{{C}}}min").set("val", "0")


def _letters(xml: Any, letters: int) -> None:
    """Set all words of a chart alike, and small enough for its labels."""
    for old in xml.findall("c:txPr", NAMES):
        xml.remove(old)
    told = etree.fromstring(
        f'<c:txPr xmlns:c="{C}" xmlns:a="{A}"><a:bodyPr/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr sz="{letters}"><a:latin typeface="{FACE}"/></a:defRPr></a:pPr>'
        "<a:endParaRPr/></a:p></c:txPr>"
    )
    xml.find("c:chart", NAMES).addnext(told)


def _set(parent: Any, name: str, value: str, *, before: tuple[str, ...]) -> None:
    found = parent.find(f"c:{name}", NAMES)
    if found is None:
        found = etree.Element(f"{{{C}}}{name}")
        place = next(one for tag in before if (one := parent.find(f"c:{tag}", NAMES)) is not None)
        place.addprevious(found)
    found.set("val", value)


def _colour(element: Any, colour: str) -> None:
    for old in element.findall("c:spPr", NAMES):
        element.remove(old)
    filled = etree.fromstring(
        f'<c:spPr xmlns:c="{C}" xmlns:a="{A}"><a:solidFill><a:srgbClr val="{colour[1:]}"/>'
        "</a:solidFill></c:spPr>"
    )
    element.find("c:tx", NAMES).addnext(filled)


def _value_labels(element: Any) -> None:
    told = etree.fromstring(
        f'<c:dLbls xmlns:c="{C}"><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    element.find("c:cat", NAMES).addprevious(told)


def _intervals(element: Any, one: Series) -> None:
    """Draw each interval from its own ends."""
    above = [_gap(high, value) for high, value in zip(one.high, one.values, strict=True)]
    below = [_gap(value, low) for low, value in zip(one.low, one.values, strict=True)]
    bars = etree.fromstring(
        f'<c:errBars xmlns:c="{C}"><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/>{_numbers("plus", above)}{_numbers("minus", below)}</c:errBars>'
    )
    element.find("c:cat", NAMES).addprevious(bars)


def _gap(high: float | None, low: float | None) -> float:
    return 0.0 if high is None or low is None else max(high - low, 0.0)


def _numbers(tag: str, values: Sequence[float]) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{value:.12g}</c:v></c:pt>' for place, value in enumerate(values)
    )
    return (
        f'<c:{tag}><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>'
        f"{points}</c:numLit></c:{tag}>"
    )
