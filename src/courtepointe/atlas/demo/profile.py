"""The Census Profile of a region: all of its areas, level by level, as the writer wants them."""

from __future__ import annotations

import numpy as np

from courtepointe.atlas.demo.chance import generator, whole
from courtepointe.atlas.demo.characteristics import Published, published, published_2016
from courtepointe.atlas.demo.disclosure import Hidden, hidden_of
from courtepointe.atlas.demo.full_count import fill_counts, fill_geography, fill_middles
from courtepointe.atlas.demo.long_form import LongForm, fill_long_form, long_form_of
from courtepointe.atlas.demo.people import People
from courtepointe.atlas.demo.region import Made, surface
from courtepointe.atlas.demo.sample_middles import fill_sample_middles
from courtepointe.atlas.demo.sheet import CONFIDENTIAL, NOT_AVAILABLE, Level, Sheet
from courtepointe.atlas.demo.tally import Tally
from courtepointe.core.typing import Ints
from courtepointe.formats.census_profile.schema import Geography
from courtepointe.formats.census_profile.write import ProfileRows, dense_rows

YEARS = (2021, 2016)
GEOGRAPHY = ("population", "before", "change", "dwellings", "occupied", "density", "land")
MISSING_SHARE = 0.03


def profile_rows(made: Made, *, year: int, lang: str) -> list[ProfileRows]:
    """Give the rows of a region: municipality, tracts, dissemination areas; in 2016 without tracts."""
    people = made.people if year == 2021 else made.before
    tally = made.tally if year == 2021 else made.tally_before
    characteristics = published() if year == 2021 else published_2016()
    levels = _levels(made, year)
    da = levels[-1].of_block
    rng = generator(made.seed + year, region=made.region.index, topic="survey")
    form = long_form_of(people, da, len(levels[-1]), characteristics, rng=rng)
    rounding = generator(made.seed, region=made.region.index, topic=f"rounding_{year}")
    quality = generator(made.seed + year, region=made.region.index, topic="quality")
    return [
        _rows(made, level, people, tally, form, characteristics, rounding, quality, year, lang)
        for level in levels
    ]


def _levels(made: Made, year: int) -> tuple[Level, ...]:
    """Give the levels, coarse to fine; the last is the dissemination areas of the year."""
    d, codes, blocks = made.divisions, made.codes, made.blocks
    if year == 2021:
        da, da_codes = d.da, codes.da
    else:
        borne, da = np.unique(d.da_2016, return_inverse=True)
        da_codes = tuple(codes.da_2016[number] for number in borne)
    n_das = len(da_codes)
    zero = np.zeros(len(da), dtype=np.int64)
    city = Level(
        f"{year}A0005",
        "Census subdivision",
        "Subdivision de recensement",
        (codes.municipality,),
        (codes.name,),
        zero,
        np.zeros(n_das, dtype=np.int64),
        surface(blocks, zero, 1),
    )
    areas = Level(
        f"{year}S0512",
        "Dissemination area",
        "Aire de diffusion",
        da_codes,
        da_codes,
        da,
        np.arange(n_das),
        surface(blocks, da, n_das),
    )
    return (city, areas) if year == 2016 else (city, _tracts(made), areas)


def _tracts(made: Made) -> Level:
    d, codes = made.divisions, made.codes
    of_da = np.zeros(d.n_das, dtype=np.int64)
    of_da[d.da] = d.tract
    return Level(
        "2021S0507",
        "Census tract",
        "Secteur de recensement",
        codes.tract,
        tuple(code[3:] for code in codes.tract),
        d.tract,
        of_da,
        surface(made.blocks, d.tract, d.n_tracts),
    )


def _rows(
    made: Made,
    level: Level,
    people: People,
    tally: Tally,
    form: LongForm,
    characteristics: tuple[Published, ...],
    rounding: np.random.Generator,
    quality: np.random.Generator,
    year: int,
    lang: str,
) -> ProfileRows:
    sheet = Sheet(len(level), characteristics)
    here = tally.over(level.of_block, len(level))
    before = made.tally_before.over(level.of_block, len(level)).population
    fill_geography(sheet, level, here, before if year == 2021 else None)
    fill_counts(sheet, here, rng=rounding)
    fill_middles(sheet, level, people)
    fill_long_form(sheet, level, form, rng=rounding)
    fill_sample_middles(sheet, level, people, form.sample)
    short, long = _non_response(level, quality)
    hidden = hidden_of(here.population, here.occupied, np.array(long))
    _hide(sheet, hidden, quality)
    flags = _flags(short, long, hidden)
    geographies = [
        Geography(
            year,
            level.prefix + code,
            code,
            level.name_fr if lang == "fr" else level.name_en,
            name,
            s,
            n,
            flag,
        )
        for code, name, s, n, flag in zip(level.codes, level.names, short, long, flags, strict=True)
    ]
    ids = np.array([one.id for one in characteristics], dtype=np.int32)
    return dense_rows(geographies, ids, sheet.values, sheet.symbols)


def _non_response(level: Level, quality: np.random.Generator) -> tuple[list[float], list[float]]:
    """Draw the rates of those who did not answer; in large areas they are near the mean."""
    n = len(level)
    fine = level.prefix.endswith("S0512")
    spread = 2.2 if fine else 30.0
    short = quality.gamma(spread, 3.4 / spread, n)
    long = short + quality.gamma(spread, 2.2 / spread, n)
    if fine:
        long[quality.random(n) < 0.012] = quality.uniform(50.5, 63.0)
    return np.round(short, 1).tolist(), np.round(np.minimum(long, 99.0), 1).tolist()


def _hide(sheet: Sheet, hidden: Hidden, quality: np.random.Generator) -> None:
    kinds = sheet.characteristics
    told = np.array([one.kind not in GEOGRAPHY for one in kinds])
    income = np.array([one.income for one in kinds])
    sampled = np.array([one.sampled for one in kinds])
    before = np.array([one.kind in ("before", "change") for one in kinds])
    lost = quality.random(sheet.values.shape[1]) < MISSING_SHARE
    sheet.hide(lost & (sheet.values.shape[1] > 50), before, NOT_AVAILABLE)
    sheet.hide(hidden.long_form, sampled, NOT_AVAILABLE)
    sheet.hide(hidden.incomes, income, CONFIDENTIAL)
    sheet.hide(hidden.all_but_population, told, CONFIDENTIAL)


def _flags(short: list[float], long: list[float], hidden: Hidden) -> list[str]:
    """Make the five digits: enumeration, short form, its incomes, long form, its incomes."""

    def steps(rates: list[float]) -> Ints:
        return whole(np.minimum(np.array(rates) // 10, 5))

    few = hidden.all_but_population
    first, fourth = np.where(few, 9, steps(short)), np.where(few, 9, steps(long))
    incomes = np.where(hidden.incomes | few, 9, 0)
    return [f"0{a}{i}{b}{i}" for a, b, i in zip(first, fourth, incomes, strict=True)]
