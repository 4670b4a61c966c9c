"""What a recipe declares, as frozen values. `read.py` makes them from TOML, or says why not.

The tables of the TOML file bear the names of these classes' plurals, the keys the names of the
fields; `docs/recipes.md` is the guide for people. Words in two languages are `{fr = "", en = ""}`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from courtepointe.atlas.figures import Measure


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in the two languages."""

    fr: str
    en: str

    def in_(self, lang: str) -> str:
        """Give the words in a language, ``"fr"`` or ``"en"``."""
        return self.en if lang == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Steward:
    """Who defines a territory or publishes data."""

    code: str
    name: Words
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which words data may be used, and how they must be credited."""

    code: str
    title: Words
    url: str
    attribution: Words


@dataclass(frozen=True, slots=True)
class Source:
    """One publication: a file, or several regional ones, with where and when it comes from.

    Attributes
    ----------
    files : tuple of str
        Paths or glob patterns under the folder of sources; the first that exist are read.
    url : str or None
        The publisher's address of the file itself, for downloading.
    page : str or None
        The publisher's page about it, for people.
    sha256 : tuple of str
        Checksums of known editions, one per edition; another checksum is a newer edition:
        loaded where its columns hold, and said so.
    optional : bool
        A missing optional source leaves its indicators ``not_loaded``; another stops the build.
    """

    code: str
    publisher: str
    title: Words
    licence: str
    citation: Words
    files: tuple[str, ...]
    url: str | None = None
    page: str | None = None
    date_published: str | None = None
    date_accessed: str | None = None
    sha256: tuple[str, ...] = ()
    optional: bool = False
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class AreaType:
    """A kind of territory, whoever draws it: quarter, borough, tract..."""

    code: str
    name: Words
    plural: Words
    steward: str
    order: int
    """Small is coarse: city 10, borough 20, quarter 30, tract 60, dissemination area 70, block 80."""
    kind: str = "statistical"
    """``community``, ``administrative`` or ``statistical``."""
    listed: bool = True
    """Shown in lists and search; dissemination areas and blocks are not."""


@dataclass(frozen=True, slots=True)
class KeyRule:
    """How a code is taken from a column: as it is, or the first group of a pattern.

    ``prefix`` is put before it; text is always read as text, so ``4620001.00`` keeps its zeros.
    """

    column: str
    pattern: str | None = None
    prefix: str = ""
    pad: int = 0


@dataclass(frozen=True, slots=True)
class Boundary:
    """The limits of an area type at a vintage, and the columns that name its areas.

    Attributes
    ----------
    area_type, vintage : str
    source : str
    layer : str or None
        For files of several layers.
    code : KeyRule
    name : KeyRule or None
        None: the code is the name.
    name_en : KeyRule or None
        Where the publisher has an English name; else the French one is shown.
    dguid : KeyRule or None
    where : str or None
        Keep rows whose SQL condition on columns holds.
    parent : str or None
        ``TYPE:VINTAGE`` that contains these areas; found by surface where not by a column.
    valid_from, valid_to : str or None
        ISO dates.
    dissolve_by : KeyRule or None
        Areas are unions of the source's shapes with one code.
    replaces : bool
        Shapes of the same codes declared before are replaced by these (an unsimplified edition).
    properties : dict
        Other columns kept with the area: ``{table_de_quartier = "Table"}``.
    """

    area_type: str
    vintage: str
    source: str
    code: KeyRule
    name: KeyRule | None = None
    name_en: KeyRule | None = None
    dguid: KeyRule | None = None
    layer: str | None = None
    where: str | None = None
    parent: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    dissolve_by: KeyRule | None = None
    replaces: bool = False
    status: str = "official"
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def type_and_vintage(self) -> str:
        """``TYPE:VINTAGE``."""
        return f"{self.area_type}:{self.vintage}"


@dataclass(frozen=True, slots=True)
class Variable:
    """One column of one release: what indicators are computed from.

    Attributes
    ----------
    code : str
        The same word in every release that has it.
    characteristic : int or None
        Census Profile: the member id.
    column : str or None
        Census Profile: ``count`` or ``rate``; table: the column's name.
    sex : str
        Census Profile: ``total``, ``men`` or ``women``.
    derive : str or None
        Table: an SQL expression over the columns, instead of a column.
    rounded_to : int
        5 where each cell is randomly rounded to base 5; 0 where it is not rounded.
    sampled : bool
        Whether the answers come from a sample (the long form) rather than from everyone.
    """

    code: str
    characteristic: int | None = None
    column: str | None = None
    sex: str = "total"
    derive: str | None = None
    rounded_to: int = 0
    sampled: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """One edition of a source, read for one or several area types.

    Attributes
    ----------
    reader : str
        ``census_profile`` or ``table``.
    period : str
        What year the answers speak of, ``"2021"``.
    levels : dict
        Census Profile: DGUID prefix (``"2021S0512"``) -> ``TYPE:VINTAGE``.
    area : str or None
        Table: the ``TYPE:VINTAGE`` of its rows.
    key : KeyRule or None
        Table: where a row's area code is.
    out_of_area : str or None
        A regular expression: a code that matches is counted as outside this atlas; a code that
        neither joins nor matches stops the build.
    symbols : dict
        Table: text found in cells -> status (``{"x" = "suppressed", "" = "not_available"}``).
    variables : tuple of Variable
    """

    code: str
    source: str
    reader: str
    title: Words
    period: str
    variables: tuple[Variable, ...]
    levels: dict[str, str] = field(default_factory=dict)
    area: str | None = None
    key: KeyRule | None = None
    out_of_area: str | None = None
    symbols: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Universe:
    """Who or what is counted."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class Band:
    """One band of a distribution: ``from_`` included, ``to`` excluded; None: open."""

    variable: str
    from_: float | None
    to: float | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, and the rule that carries it to any area.

    Attributes
    ----------
    aggregation : str
        ``sum`` (of ``numerator``), ``ratio_of_sums`` (``numerator`` over ``denominator``, times
        ``scale``), ``weighted_mean`` (of ``value``, weighted by ``weight``), ``median``
        (from ``bands``, else the range of ``value``), ``published_only`` (``value`` where the
        area is a published unit), ``count_places`` (of ``places``).
    published : str or None
        The variable with the publisher's own figure, used where the area is a published unit.
    scale : float
        100 for shares in percent.
    polarity : str
        ``neutral`` unless a person declared otherwise, with a reason.
    places : tuple of (layer, category)
        For ``count_places``; category ``"*"`` is all.
    characteristics : tuple of int
        The publisher's member ids it documents, for `docs/indicators.md`.
    """

    code: str
    section: str
    label: Words
    universe: str
    measure: Measure
    unit: str
    aggregation: str
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    value: str | None = None
    weight: str | None = None
    published: str | None = None
    scale: float = 1.0
    decimals: int = 0
    polarity: str = "neutral"
    note: Words | None = None
    concept: str | None = None
    dimension: str | None = None
    category: str | None = None
    bands: tuple[Band, ...] = ()
    design_factor: float = 1.0
    places: tuple[tuple[str, str], ...] = ()

    def variables(self) -> tuple[str, ...]:
        """Give the codes of all variables it needs, without the publisher's own figure."""
        named = (*self.numerator, *self.denominator, *(b.variable for b in self.bands))
        return named + tuple(v for v in (self.value, self.weight) if v is not None)


@dataclass(frozen=True, slots=True)
class PlaceCategory:
    """A kind of place: its code, its words, and the condition that finds it in a layer."""

    code: str
    name: Words
    where: str


@dataclass(frozen=True, slots=True)
class PlaceLayer:
    """Points from one source."""

    code: str
    source: str
    name: Words
    name_column: str
    categories: tuple[PlaceCategory, ...] = ()
    id_column: str | None = None
    longitude: str | None = None
    latitude: str | None = None
    crs: str = "EPSG:4326"
    properties: dict[str, str] = field(default_factory=dict)
    borough_column: str | None = None
    """A label that claims an area; rows whose point lies elsewhere are counted in the report."""
    borough_type: str | None = None


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """A chart of a section: which indicators, drawn how."""

    kind: str
    """``bars`` (categories), ``pyramid``, ``dots`` (figure against comparators)."""
    indicators: tuple[str, ...]
    title: Words


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the portrait: its words, its figures in order, its charts, its map."""

    code: str
    name: Words
    indicators: tuple[str, ...]
    key_figures: tuple[str, ...] = ()
    charts: tuple[ChartPlan, ...] = ()
    map_indicator: str | None = None
    place_layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FitPlan:
    """On what units an area is fitted, finest first, and by which weight.

    Attributes
    ----------
    units : tuple of str
        ``TYPE:VINTAGE``, preferred first.
    blocks : str or None
        ``TYPE:VINTAGE`` of blocks that tell where people live inside a unit.
    block_people, block_dwellings : str or None
        Properties of the block boundaries that hold the counts.
    block_unit : dict
        ``TYPE:VINTAGE`` of units -> property of the block that names its unit.
    people : str or None
        The variable that tells the people of a unit.
    weight : str
        ``people``, ``dwellings`` or ``surface``; surface where no blocks exist.
    """

    units: tuple[str, ...]
    people: str | None = None
    weight: str = "surface"
    blocks: str | None = None
    block_people: str | None = None
    block_dwellings: str | None = None
    block_unit: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Ask for the shares between two divisions that do not nest."""

    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class Comparator:
    """What an area is read against: the city, a parent."""

    area: str
    """``TYPE:VINTAGE:CODE``."""
    name: Words


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Two ways to the same quantity, shown with their gap."""

    code: str
    area: str
    """``TYPE:VINTAGE:CODE`` or ``TYPE:VINTAGE`` for all of its areas together."""
    indicator: str
    against: str
    name: Words


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that is needed to make a pack, but for the files."""

    code: str
    name: Words
    metric_crs: str
    home: str
    """``TYPE:VINTAGE`` of the areas that the home page shows."""
    stewards: tuple[Steward, ...]
    licences: tuple[Licence, ...]
    sources: tuple[Source, ...]
    area_types: tuple[AreaType, ...]
    boundaries: tuple[Boundary, ...]
    releases: tuple[Release, ...]
    universes: tuple[Universe, ...]
    indicators: tuple[Indicator, ...]
    sections: tuple[Section, ...]
    fit: FitPlan
    places: tuple[PlaceLayer, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    comparators: tuple[Comparator, ...] = ()
    reconciliations: tuple[Reconciliation, ...] = ()
    fictional: bool = False
    notice: Words | None = None
    text: str = ""
    """The recipe's own text, kept in the pack."""
