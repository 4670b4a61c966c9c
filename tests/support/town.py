"""A town worked by hand: six tracts, two boroughs, four quarters, one city, as a pack in memory.

Metres from the town's corner; each tract is a kilometre square::

    y 2000 +---------+---------+---------+
           |   004   |   005   |   006   |      boroughs  OUE = 001 + 004
           |  1,500  |   800   |   200   |                EST = 002 + 003 + 005 + 006
    y 1000 +---------+---------+---------+      quarters  1 = x    0-1600, y    0-1000
           |   001   |   002   |   003   |                2 = x 1500-3000, y    0-1000 (*)
           |  1,000  |  2,000  |   500   |                3 = x    0-1400, y 1000-2000
    y    0 +---------+---------+---------+                4 = x 1400-2000, y 1000-2000
           x 0     1000      2000      3000     (*) quarters 1 and 2 overlap by 100 m; the division
                                                gives the strip to quarter 1. 006 is in no quarter.

Tract 006 is suppressed but for its people; 005's immigrants are too unreliable; 003 has no
labour force. The release ``comptage`` has rows for 001, 002 and 003 only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import shapely

from courtepointe.atlas.figures import Measure, Status
from courtepointe.atlas.pack.values import (
    FLAG_NO_ROW,
    FLAG_USE_WITH_CAUTION,
    STATUS_CODE,
    AreaTable,
    BlockTable,
    Pack,
    PlaceTable,
    ReleaseTable,
)
from courtepointe.atlas.recipe.values import (
    AreaType,
    Band,
    Boundary,
    Comparator,
    FitPlan,
    Indicator,
    KeyRule,
    Licence,
    PlaceCategory,
    PlaceLayer,
    Recipe,
    Reconciliation,
    Release,
    Section,
    Source,
    Steward,
    Universe,
    Variable,
    Words,
)
from courtepointe.core.typing import Shapes

CRS = "EPSG:32188"
EAST, NORTH = 300_000.0, 5_040_000.0
TRACTS = ("001", "002", "003", "004", "005", "006")
PEOPLE = (1000.0, 2000.0, 500.0, 1500.0, 800.0, 200.0)

Cell: TypeAlias = float | tuple[float, float, float] | Status
"""A value, a value with its published interval, or why there is none."""

X, F, NO_ROW = Status.SUPPRESSED, Status.UNRELIABLE, Status.NOT_AVAILABLE

PROFILE: dict[str, tuple[Cell, ...]] = {
    "population": (1000, 2000, 500, 1500, 800, 200, 6000),
    "people_by_age": (1005, 1995, 500, 1500, 800, X, 6000),
    "surface_km2": (1, 1, 1, 1, 1, 1, 6),
    "households": (400, 900, 250, 600, 350, X, 2590),
    "households_one_person": (100, 400, 50, 200, 150, X, 930),
    "household_income_median": (50_000, 40_000, 60_000, 70_000, 45_000, X, 52_000),
    "households_under_40k": (150, 450, 50, 100, 150, X, 920),
    "households_40k_80k": (150, 300, 100, 250, 120, X, 945),
    "households_80k_over": (100, 150, 100, 250, 80, X, 725),
    "low_income": (150, 500, 50, 150, 120, X, 1000),
    "low_income_base": (990, 1980, 495, 1490, 790, X, 5940),
    "low_income_rate": (15.2, 25.3, 10.1, 10.1, 15.2, X, 16.8),
    "immigrants": ((200, 160, 240), (500, 430, 570), (50, 20, 80), (300, 240, 360), F, X, (1220, 1100, 1340)),
    "immigrants_base": ((1000, 980, 1020), (2000, 1970, 2030), (500, 485, 515), (1500, 1480, 1520), (800, 780, 820), X, (6000, 5960, 6040)),
    "degree": (300, 700, 100, 400, 250, X, 1800),
    "degree_base": (700, 1500, 350, 1000, 600, X, 4300),
    "rent_mean": (800, 900, 1000, 1100, 850, X, 910),
    "renters": (200, 600, 100, 150, 200, X, 1290),
    "unemployed": (50, 90, 0, 60, 40, X, 250),
    "labour_force": (500, 1000, 0, 800, 400, X, 2800),
    "rent_median": (780, 880, 990, 1050, 820, X, 890),
}  # fmt: skip
"""Variable -> its cells in the six tracts, then the city's own row."""

COUNT_ROWS = 3
"""The release ``comptage`` has the first three tracts, with two people more in 002."""


def square(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """Draw a rectangle in metres from the town's corner."""
    return shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)


def words(fr: str, en: str | None = None) -> Words:
    """Say something in both languages."""
    return Words(fr, fr if en is None else en)


def _areas(
    type_and_vintage: str,
    rows: Sequence[tuple[str, str, shapely.Geometry]],
    *,
    parent: str = "",
    properties: Mapping[str, tuple[object, ...]] | None = None,
) -> AreaTable:
    shapes: Shapes = np.array([shape for _, _, shape in rows], dtype=object)
    return AreaTable(
        type_and_vintage=type_and_vintage,
        codes=tuple(code for code, _, _ in rows),
        names_fr=tuple(name for _, name, _ in rows),
        names_en=tuple(name for _, name, _ in rows),
        dguids=("",) * len(rows),
        parents=(parent,) * len(rows),
        shapes=shapes,
        surface_m2=shapely.area(shapes),
        properties=properties or {},
    )


def _table(release: str, area: str, rows: Mapping[str, Sequence[Cell]]) -> ReleaseTable:
    shape = (len(rows), len(next(iter(rows.values()))))
    values, low, high = (np.full(shape, np.nan) for _ in range(3))
    status = np.zeros(shape, dtype=np.uint8)
    for place, cells in enumerate(rows.values()):
        for unit, cell in enumerate(cells):
            if isinstance(cell, Status):
                status[place, unit] = STATUS_CODE[cell]
            elif isinstance(cell, tuple):
                values[place, unit], low[place, unit], high[place, unit] = cell
            else:
                values[place, unit] = cell
    flags = np.zeros(shape, dtype=np.uint8)
    return ReleaseTable(release, area, tuple(rows), values, low, high, status, flags)


def tract_table() -> AreaTable:
    """Draw the six tracts."""
    corners = [(x, y) for y in (0, 1000) for x in (0, 1000, 2000)]
    rows = [
        (code, f"Secteur {code}", square(x, y, x + 1000, y + 1000))
        for code, (x, y) in zip(TRACTS, corners, strict=True)
    ]
    return _areas("secteur:2021", rows, parent="ville:2021:1")


def area_tables() -> dict[str, AreaTable]:
    """Draw all territories of the town."""
    quarters = [
        ("1", "Vieux-Moulin", square(0, 0, 1600, 1000)),
        ("2", "Saint-Étienne-du-Coteau", square(1500, 0, 3000, 1000)),
        ("3", "Le Plateau-des-Érables", square(0, 1000, 1400, 2000)),
        ("4", "Pointe-aux-Fées", square(1400, 1000, 2000, 2000)),
    ]
    boroughs = [
        ("EST", "Rive-Est", square(1000, 0, 3000, 2000)),
        ("OUE", "Cœur-de-l’Ouest", square(0, 0, 1000, 2000)),
    ]
    tables = (
        _areas("ville:2021", [("1", "Trois-Courtepointes", square(0, 0, 3000, 2000))]),
        _areas("arrondissement:2021", boroughs, parent="ville:2021:1"),
        _areas(
            "quartier:2014",
            quarters,
            parent="ville:2021:1",
            properties={"alias": ("Old Mill", "", "Plateau|PDE", "")},
        ),
        _areas("quartier:2001", [("1", "Moulin", square(0, 0, 1500, 1000))]),
        tract_table(),
    )
    return {table.type_and_vintage: table for table in tables}


def release_tables() -> dict[tuple[str, str], ReleaseTable]:
    """Give what the two loaded releases hold."""
    tracts = {name: cells[:6] for name, cells in PROFILE.items()}
    city = {name: cells[6:] for name, cells in PROFILE.items()}
    counted: dict[str, tuple[Cell, ...]] = {
        "population": (1000, 2002, 500, NO_ROW, NO_ROW, NO_ROW),
        "dwellings": (450, 1000, 280, NO_ROW, NO_ROW, NO_ROW),
    }
    profile = _table("profil", "secteur:2021", tracts)
    profile.flags[profile.variables.index("degree"), 1] = FLAG_USE_WITH_CAUTION
    counts = _table("comptage", "secteur:2021", counted)
    counts.flags[:, COUNT_ROWS:] = FLAG_NO_ROW
    return {
        ("profil", "secteur:2021"): profile,
        ("profil", "ville:2021"): _table("profil", "ville:2021", city),
        ("comptage", "secteur:2021"): counts,
    }


def place_tables() -> dict[str, PlaceTable]:
    """Put five places in the town: two parks and a library in 001, a park in 002, none else in 006."""
    x = np.array([100.0, 900.0, 500.0, 1700.0, 2500.0])
    y = np.array([100.0, 900.0, 500.0, 500.0, 1500.0])
    return {
        "lieux": PlaceTable(
            layer="lieux",
            ids=("a", "b", "c", "d", "e"),
            names=(
                "Parc du Puits",
                "Parc des Aiguilles",
                "Bibliothèque",
                "Parc du Fil",
                "Entrepôt",
            ),
            categories=("parc", "parc", "bibliotheque", "parc", ""),
            x=x + EAST,
            y=y + NORTH,
            longitude=np.linspace(-73.6, -73.5, 5),
            latitude=np.full(5, 45.5),
        )
    }


def block_table() -> BlockTable:
    """Put the people of each tract in four strips 250 m wide, most of them in the first."""
    parts = np.array([0.7, 0.15, 0.1, 0.05])
    tracts = tract_table().shapes
    strips = [
        shapely.box(west + 250 * i, south, west + 250 * (i + 1), north)
        for west, south, _, north in shapely.bounds(tracts)
        for i in range(4)
    ]
    people = np.outer(PEOPLE, parts).ravel()
    return BlockTable(
        type_and_vintage="ilot:2021",
        shapes=np.array(strips, dtype=object),
        people=people,
        dwellings=people / 2,
        unit_position={"secteur:2021": np.repeat(np.arange(6), 4)},
    )


def _variables(sampled: frozenset[str], *names: str) -> tuple[Variable, ...]:
    exact = {"population", "surface_km2", "low_income_rate", "dwellings"}
    amounts = {"household_income_median", "rent_mean", "rent_median"}
    return tuple(
        Variable(n, column=n, rounded_to=0 if n in exact | amounts else 5, sampled=n in sampled)
        for n in names
    )


def _share(code: str, part: str, whole: str, *, published: str | None = None) -> Indicator:
    return Indicator(
        code, "population", words(code), "people", Measure.SHARE, "percent", "ratio_of_sums",
        numerator=(part,), denominator=(whole,), published=published, scale=100.0, decimals=1,
    )  # fmt: skip


def _indicators() -> tuple[Indicator, ...]:
    def count(code: str, of: str, unit: str) -> Indicator:
        return Indicator(
            code, "population", words(code), "people", Measure.COUNT, unit, "sum", (of,)
        )

    bands = (
        Band("households_under_40k", 0, 40_000),
        Band("households_40k_80k", 40_000, 80_000),
        Band("households_80k_over", 80_000, None),
    )
    return (
        count("population", "population", "persons"),
        Indicator(
            "population_density", "population", words("Densité", "Density"), "people", Measure.RATIO,
            "persons_per_km2", "ratio_of_sums", ("population",), ("surface_km2",),
        ),
        count("population_by_age", "people_by_age", "persons"),
        count("households", "households", "households"),
        _share("households_one_person_share", "households_one_person", "households"),
        _share("low_income_share", "low_income", "low_income_base", published="low_income_rate"),
        count("immigrants", "immigrants", "persons"),
        _share("immigrants_share", "immigrants", "immigrants_base"),
        _share("degree_share", "degree", "degree_base"),
        _share("unemployment_rate", "unemployed", "labour_force"),
        Indicator(
            "mean_rent", "population", words("Loyer moyen", "Mean rent"), "tenants", Measure.MEAN, "cad",
            "weighted_mean", value="rent_mean", weight="renters",
        ),
        Indicator(
            "median_household_income", "population", words("Revenu médian", "Median income"), "households",
            Measure.MEDIAN, "cad", "median", value="household_income_median", bands=bands,
        ),
        Indicator(
            "median_rent", "population", words("Loyer médian", "Median rent"), "tenants", Measure.MEDIAN,
            "cad", "median", value="rent_median",
        ),
        Indicator(
            "published_rent", "population", words("Loyer publié", "Published rent"), "tenants",
            Measure.MEDIAN, "cad", "published_only", value="rent_median",
        ),
        count("english_speakers", "english_speakers", "persons"),
        Indicator(
            "parks", "places", words("Parcs", "Parks"), "places", Measure.COUNT, "places",
            "count_places", places=(("lieux", "parc"),),
        ),
        Indicator(
            "places", "places", words("Lieux", "Places"), "places", Measure.COUNT, "places",
            "count_places", places=(("lieux", "*"),),
        ),
    )  # fmt: skip


def _sections(indicators: Sequence[Indicator]) -> tuple[Section, ...]:
    def of(section: str) -> tuple[str, ...]:
        return tuple(i.code for i in indicators if i.section == section)

    return (
        Section("population", words("Population"), of("population"), ("population",), map_indicator="population"),
        Section("places", words("Lieux", "Places"), of("places"), place_layers=("lieux",)),
    )  # fmt: skip


def _releases() -> tuple[Release, ...]:
    sampled = frozenset(
        {"immigrants", "immigrants_base", "degree", "degree_base", "rent_mean", "renters"}
        | {"unemployed", "labour_force", "rent_median", "english_speakers"}
    )
    return (
        Release(
            "langues", "langues", "census_profile", words("Langues 2021"), "2021",
            _variables(sampled, "population", "english_speakers"),
        ),
        Release(
            "comptage", "comptage", "table", words("Comptage 2021"), "2021",
            _variables(frozenset(), "population", "dwellings"), area="secteur:2021",
        ),
        Release(
            "profil", "profil", "census_profile", words("Profil 2021"), "2021",
            _variables(sampled, *PROFILE),
        ),
    )  # fmt: skip


def recipe() -> Recipe:
    """Declare the town."""
    kinds = (
        ("ville", "Ville", 10),
        ("arrondissement", "Arrondissement", 20),
        ("quartier", "Quartier", 30),
    )
    types = [
        AreaType(code, words(name), words(f"{name}s"), "ville", order)
        for code, name, order in kinds
    ]
    types.append(
        AreaType(
            "secteur",
            words("Secteur", "Tract"),
            words("Secteurs", "Tracts"),
            "stat",
            60,
            listed=False,
        )
    )
    names = ("ville:2021", "arrondissement:2021", "quartier:2001", "quartier:2014", "secteur:2021")
    indicators = _indicators()
    return Recipe(
        code="town",
        name=words("Trois-Courtepointes"),
        metric_crs=CRS,
        home="quartier:2014",
        stewards=(Steward("ville", words("La Ville", "The City")), Steward("stat", words("La Statistique"))),
        licences=(Licence("libre", words("Libre", "Free"), "https://example.org/", words("La Ville")),),
        sources=tuple(
            Source(code, "La Ville", words(code), "libre", words(code), (f"{code}.csv",), optional=code == "langues")
            for code in ("limites", "langues", "comptage", "profil", "lieux")
        ),
        area_types=tuple(types),
        boundaries=tuple(Boundary(*name.split(":"), "limites", KeyRule("code")) for name in names),
        releases=_releases(),
        universes=(Universe("people", words("Tout le monde", "Everyone")),),
        indicators=indicators,
        sections=_sections(indicators),
        fit=FitPlan(("secteur:2021",), people="population", weight="people"),
        places=(
            PlaceLayer("lieux", "lieux", words("Lieux", "Places"), "nom", (
                PlaceCategory("parc", words("Parc", "Park"), "genre = 'parc'"),
                PlaceCategory("bibliotheque", words("Bibliothèque", "Library"), "genre = 'biblio'"),
            )),
        ),
        comparators=(Comparator("ville:2021:1", words("la ville", "the city")),),
        reconciliations=(
            Reconciliation("two_counts", "quartier:2014:1", "population", "population_by_age", words("Deux comptes", "Two counts")),
            Reconciliation("two_counts_everywhere", "quartier:2014", "population", "population_by_age", words("Partout", "Everywhere")),
        ),
        fictional=True,
    )  # fmt: skip


def town(*, blocks: bool = False) -> Pack:
    """Give the town as a pack; with ``blocks``, people live mostly in the west of each tract."""
    tables = area_tables()
    division = tables["quartier:2014"].shapes.copy()
    division[1] = square(1600, 0, 3000, 1000)
    return Pack(
        recipe=recipe(),
        content_hash="town",
        loaded_sources={
            c: {"file": f"{c}.csv"} for c in ("limites", "comptage", "profil", "lieux")
        },
        area_tables=tables,
        release_tables=release_tables(),
        place_tables=place_tables(),
        overlaps={},
        blocks=block_table() if blocks else None,
        division_shapes={"quartier:2014": division},
        report={},
    )


def with_recipe(pack: Pack, **changes: Any) -> Pack:
    """Give the same pack under a changed recipe."""
    return replace(pack, recipe=replace(pack.recipe, **changes))
