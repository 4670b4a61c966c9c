"""A portrait by hand, with the indicators that the house's own recipes declare."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.atlas.figures import Figure, Measure, Method, Status, Uncertainty
from courtepointe.atlas.fits import Fit, FitMethod, FitWeight
from courtepointe.atlas.query.values import AreaIdentity, AreaKey, Compared, Gap, Portrait
from courtepointe.atlas.recipe.values import (
    AreaType,
    Boundary,
    ChartPlan,
    Comparator,
    FitPlan,
    Indicator,
    KeyRule,
    Licence,
    PlaceCategory,
    PlaceLayer,
    Recipe,
    Release,
    Section,
    Source,
    Steward,
    Universe,
    Words,
)

CENSUS = Path(__file__).resolve().parents[2] / "recipes" / "indicators" / "census_2021.toml"
CITY = AreaKey("ville", "2021", "1")
QUARTER = AreaKey("quartier", "2014", "17")


def _words(told: Mapping[str, str] | None) -> Words | None:
    return None if told is None else Words(told["fr"], told["en"])


def indicators(told: Mapping[str, Any]) -> tuple[Indicator, ...]:
    """Read the indicators of a recipe's text as values, without asking the recipe's reader."""
    texts = ("code", "section", "universe", "unit", "aggregation", "dimension")
    return tuple(
        Indicator(
            **{name: row[name] for name in (*texts, "category") if name in row},
            label=Words(**row["label"]),
            measure=Measure(row["measure"]),
            decimals=row.get("decimals", 0),
            numerator=tuple(row.get("numerator", ())),
            denominator=tuple(row.get("denominator", ())),
            note=_words(row.get("note")),
        )
        for row in told["indicators"]
    )


def sections(told: Mapping[str, Any]) -> tuple[Section, ...]:
    """Read the sections of a recipe's text as values."""
    return tuple(
        Section(
            code=row["code"],
            name=Words(**row["name"]),
            indicators=tuple(row["indicators"]),
            key_figures=tuple(row.get("key_figures", ())),
            charts=tuple(
                ChartPlan(c["kind"], tuple(c["indicators"]), Words(**c["title"]))
                for c in row.get("charts", ())
            ),
            map_indicator=row.get("map_indicator"),
        )
        for row in told["sections"]
    )


@cache
def recipe() -> Recipe:
    """Declare a city whose indicators are those of the 2021 census."""
    told = tomllib.loads(CENSUS.read_text(encoding="utf-8"))
    stat = Words("Statistique Canada", "Statistics Canada")
    return Recipe(
        code="essai",
        name=Words("Atlas d'essai", "Trial atlas"),
        metric_crs="EPSG:32188",
        home="quartier:2014",
        stewards=(Steward("ville", Words("La Ville", "The City")), Steward("statcan", stat)),
        licences=(
            Licence("open", Words("Licence ouverte", "Open Licence"), "https://example.org/l", stat),
        ),
        sources=(
            Source("profile", "Statistique Canada",
                   Words("Profil du recensement de 2021", "2021 Census Profile"), "open",
                   Words("Statistique Canada, Profil du recensement de 2021.", "Statistics Canada, 2021 Census Profile."),
                   ("profile.csv",)),
            Source("languages", "Statistique Canada",
                   Words("Profil du recensement, langues", "Census Profile, languages"), "open",
                   Words("Statistique Canada, langues.", "Statistics Canada, languages."), ("l.csv",), optional=True),
        ),
        area_types=(
            AreaType("ville", Words("ville", "city"), Words("villes", "cities"), "ville", 10),
            AreaType("quartier", Words("quartier sociologique", "sociological quarter"),
                     Words("quartiers sociologiques", "sociological quarters"), "ville", 30),
            AreaType("secteur", Words("secteur de recensement", "census tract"),
                     Words("secteurs de recensement", "census tracts"), "statcan", 60),
        ),
        boundaries=(Boundary("quartier", "2014", "limits", KeyRule("id")),),
        releases=(Release("profile_2021", "profile", "census_profile",
                          Words("Profil 2021", "Profile 2021"), "2021", ()),),
        universes=tuple(Universe(u["code"], Words(**u["name"])) for u in told["universes"]),
        indicators=(*indicators(told), _parks()),
        sections=(*sections(told), _places()),
        fit=FitPlan(("secteur:2021",), people="population", weight="people"),
        places=(PlaceLayer("places", "profile", Words("Lieux d'intérêt", "Places of interest"), "nom",
                           (PlaceCategory("park", Words("Parc", "Park"), "x = 1"),)),),
        comparators=(Comparator(str(CITY), Words("la ville", "the city")),),
        fictional=True,
        notice=Words("Ville fictive.", "A fictional city."),
    )  # fmt: skip


def _places() -> Section:
    label = Words("Lieux", "Places")
    return Section("places", label, ("parks",), ("parks",), place_layers=("places",))


def _parks() -> Indicator:
    label = Words("Parcs", "Parks")
    return Indicator("parks", "places", label, "land", Measure.COUNT, "places", "count_places")


def share(code: str, value: float, half: float | None = 1.0, **more: Any) -> Figure:
    """A share of an area, with a sampling interval or with an unknown error."""
    known = half is not None
    told: dict[str, Any] = {
        "low": max(0.0, value - half) if half is not None else None,
        "high": min(100.0, value + half) if half is not None else None,
        "uncertainty": Uncertainty.SAMPLING_AND_ROUNDING if known else Uncertainty.UNKNOWN,
    }
    told |= {"unit": "percent", "method": Method.RATIO_OF_SUMS}
    return figure(code, value, **(told | more))


def figure(code: str, value: float | None, **more: Any) -> Figure:
    """A figure of eleven tracts, from the census profile."""
    told: dict[str, Any] = {
        "unit": "persons",
        "status": Status.AGGREGATED,
        "method": Method.SUM,
        "coverage": 1.0,
        "n_units": 11,
        "sources": ("profile",),
        "release": "profile_2021",
        "period": "2021",
    }
    return Figure(indicator=code, value=value, **(told | more))


def missing(code: str, status: Status, **more: Any) -> Figure:
    """A figure without a value, and why."""
    told: dict[str, Any] = {"status": status, "method": Method.NOT_COMPUTED, "unit": "percent"}
    return figure(code, None, **(told | more))


def _pyramid(scale: float) -> list[Figure]:
    ages = ["0_4", "5_9", "10_14", "15_19", "20_24", "25_29", "30_34", "35_39", "40_44", "45_49", "50_54", "55_59", "60_64", "65_69", "70_74", "75_79", "80_84", "85_plus"]  # fmt: skip
    made = []
    for place, age in enumerate(ages):
        for sex, more in (("men", 1.0), ("women", 1.06)):
            count = round(scale * more * (1000 + 900 * (5 <= place <= 8) - 40 * place) / 5) * 5
            told = {"low": count - 13, "high": count + 13, "uncertainty": Uncertainty.ROUNDING}
            made.append(figure(f"age_{age}_{sex}", float(count), **told))
    return made


def figures() -> tuple[Figure, ...]:
    """Figures of a quarter: every status, every kind of uncertainty, every method."""
    rounded = Uncertainty.ROUNDING
    return (
        figure("population", 31240.0, coverage=None),
        figure("land_area", 3.1, unit="km2"),
        figure("population_density", 10077.4, unit="persons_per_km2", method=Method.RATIO_OF_SUMS),
        share("age_0_14_share", 15.2, 0.1, uncertainty=rounded),
        share("age_15_64_share", 71.0, 0.1, uncertainty=rounded),
        share("age_65_plus_share", 13.8, 0.1, uncertainty=rounded, numerator=4310.0,
              denominator=31235.0, cautions=("partial_coverage",), n_units_missing=1,
              missing=((Status.SUPPRESSED, 1),), coverage=0.98),
        share("age_85_plus_share", 1.9, 0.1, uncertainty=rounded),
        figure("median_age", 36.4, unit="years", method=Method.MEDIAN_FROM_BANDS,
               low=36.1, high=36.7, uncertainty=rounded),
        *_pyramid(1.0),
        figure("households", 16100.0, unit="households", low=16087.0, high=16113.0, uncertainty=rounded),
        share("households_one_person_share", 44.9, 0.2, uncertainty=rounded),
        share("households_two_persons_share", 30.0, 0.2, uncertainty=rounded),
        share("households_three_persons_share", 12.1, 0.2, uncertainty=rounded),
        share("households_four_persons_share", 9.0, 0.2, uncertainty=rounded),
        share("households_five_or_more_share", 4.0, 0.2, uncertainty=rounded),
        figure("households_avg_size", 1.9, unit="persons_per_household", method=Method.RATIO_OF_SUMS,
               low=1.9, high=1.9, uncertainty=rounded),
        share("renter_share", 72.4, None),
        figure("rent_median", None, unit="cad", method=Method.RANGE_OF_MEDIANS, low=780.0, high=1050.0),
        share("households_shelter_cost_30_plus_share", 23.1, 1.4),
        missing("dwellings_major_repairs_share", Status.UNRELIABLE),
        share("built_before_1961_share", 58.0, 2.1),
        share("built_1961_to_1980_share", 15.0, 1.5),
        share("built_1981_to_1990_share", 9.0, None),
        missing("built_1991_to_2000_share", Status.SUPPRESSED),
        missing("built_2001_to_2005_share", Status.NOT_AVAILABLE),
        share("built_2006_to_2010_share", 0.0, 0.4),
        share("dwellings_apartment_under_five_share", 61.3, 1.0, uncertainty=rounded),
        share("dwellings_apartment_five_plus_share", 12.2, 0.8, uncertainty=rounded),
        figure("median_household_income", 61500.0, unit="cad", method=Method.MEDIAN_FROM_BANDS,
               uncertainty=Uncertainty.UNKNOWN),
        share("low_income_lim_at_share", 14.1, 0.3, uncertainty=rounded),
        share("low_income_lim_at_0_17_share", 12.4, 0.6, uncertainty=rounded),
        missing("low_income_lim_at_65_plus_share", Status.NOT_APPLICABLE),
        missing("mother_tongue_french_share", Status.NOT_LOADED, filled_by="languages"),
        missing("mother_tongue_non_official_share", Status.NOT_LOADED, filled_by="languages"),
        share("immigrants_share", 19.5, 1.1),
        figure("parks", 12.0, unit="places", method=Method.COUNTED),
    )  # fmt: skip


def city_figures() -> tuple[Figure, ...]:
    """The city's own published figures."""
    published = {"status": Status.PUBLISHED, "method": Method.PUBLISHED}
    exact = {"low": None, "high": None, "uncertainty": Uncertainty.NONE} | published
    return (
        figure("population", 1762949.0, **published),
        figure("population_density", 4828.3, unit="persons_per_km2", **published),
        share("age_0_14_share", 15.2, **exact),
        share("age_65_plus_share", 17.0, **exact),
        share("age_85_plus_share", 2.7, **exact),
        figure("median_age", 38.8, unit="years", **published),
        share("households_one_person_share", 41.0, **exact),
        share("renter_share", 62.9, None, **published),
        share("households_shelter_cost_30_plus_share", 24.0, 0.3, **published),
        figure("median_household_income", 63600.0, unit="cad", **published),
        share("low_income_lim_at_share", 11.9, 0.05, **published),
        missing("low_income_lim_at_0_17_share", Status.SUPPRESSED),
        share("immigrants_share", 33.4, 0.2, **published),
    )


def fit(**changes: Any) -> Fit:
    """A best fit of eleven tracts, one of which reaches beyond the limit."""
    told = Fit(
        method=FitMethod.BEST_FIT,
        weight=FitWeight.PEOPLE,
        unit_type="secteur:2021",
        unit_codes=tuple(f"{n:03d}" for n in range(11)),
        unit_shares=(1.0,) * 11,
        inside_shares=(1.0,) * 10 + (0.8,),
        out_codes=("101", "102"),
        units_partial=1,
        population_share_inside=0.984,
        surface_share_covered=1.0,
    )
    return replace(told, **changes)


def portrait(
    name: str = "Petite-Patrie", *, kind: str = "official", held: tuple[Figure, ...] | None = None
) -> Portrait:
    """The portrait of a quarter beside its city."""
    official = kind == "official"
    area = AreaIdentity(
        kind=kind,
        name=Words(name, name),
        key=QUARTER if official else None,
        type_name=Words("Quartier sociologique", "Sociological quarter") if official else None,
        steward=Words("Ville de Montréal", "City of Montréal") if official else None,
        surface_km2=3.1,
        bounds=(-73.61, 45.52, -73.58, 45.55),
    )
    ours = figures() if held is None else held
    against = figure("population", 31250.0, sources=("languages",))
    gap = Gap("population", Words("Population de la Ville et du recensement",
                                  "Population of the City and of the census"),
              figure("population", 31240.0), against, -10.0)  # fmt: skip
    compared = Compared(Words("la ville", "the city"), CITY, city_figures())
    return Portrait(area, fit(), ours, (compared,), (gap,), "a3f1c2d4e5f60718")
