"""A Census Profile of the region's tracts as the publisher lays it out, with invented numbers.

Written cell by cell and line by line, on purpose without our own writer of profiles.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

LISTED = {
    *(1, 6, 9, 13, 24, 37, 50, 51, 57, 97, 243, 345, 393, 394, 395, 396, 397, 398, 1414, 1416),
    *(1451, 1465, 1467, 1485, 1493, 1491, 1494, 1527, 1529, 1536, 1684, 1998, 1999, 2014, 2024),
    2230,
}
"""Every characteristic that the list of public sources names."""
WHOLES = {
    *(8, 41, 50, 56, 89, 100, 260, 335, 336, 338, 339, 383, 393, 1402, 1414, 1437, 1440, 1449),
    *(1465, 1479, 1482, 1490, 1527, 1683, 1998, 2014, 2223, 2224),
}
"""Those that others are parts of."""
RATES = {
    *(35, 36, 37, 38, 345, 346, 348, 349, 1484, 1485, 1491, 1492, 1493, 2228, 2229, 2230),
}
"""Those whose value stands in the columns of rates alone."""
BY_SEX = range(8, 41)
FIRST_SAMPLED = 1402
SUPPRESSED_EVERY, SUPPRESSED_REST = 50, 7

CLEAN, ODD = "4620053.00", "4620050.00"
ODD_SYMBOLS = {2230: "F", 1491: "..", 1493: "...", 1529: "E", 1684: "r"}
"""What the publisher says of some cells of one tract."""

NAMES = {
    "en": 'Trait {}, “cœur” – the publisher’s ""own"" words',
    "fr": 'Caractéristique {}, « cœur » – les mots ""propres"" de l’éditeur',
}
LEVELS = {"en": "Census tract", "fr": "Secteur de recensement"}
IDENTIFIES = {
    "en": "CENSUS_YEAR,DGUID,ALT_GEO_CODE,GEO_LEVEL,GEO_NAME,TNR_SF,TNR_LF,DATA_QUALITY_FLAG,"
    "CHARACTERISTIC_ID,CHARACTERISTIC_NAME,CHARACTERISTIC_NOTE",
    "fr": "ANNÉE_RECENSEMENT,IDUGD,CODE_GÉO_ALT,NIVEAU_GÉO,NOM_GÉO,TNR_SF,TNR_LF,"
    "INDICATEUR_QUALITÉ_DONNÉES,ID_CARACTÉRISTIQUE,NOM_CARACTÉRISTIQUE,NOTE_CARACTÉRISTIQUE",
}
MEASURES = {
    "en": ("COUNT", "COUNT_LOW_CI", "COUNT_HI_CI", "RATE", "RATE_LOW_CI", "RATE_HI_CI"),
    "fr": ("CHIFFRE", "CHIFFRE_IC_INF", "CHIFFRE_IC_SUP", "TAUX", "TAUX_IC_INF", "TAUX_IC_SUP"),
}
SEXES = {"en": ("TOTAL", "MEN+", "WOMEN+"), "fr": ("TOTAL", "HOMMES+", "FEMMES+")}

Cell = tuple[str, str]
NONE: Cell = ("", '"..."')


def value_of(characteristic: int, place: int) -> float:
    """Invent the value of a tract, given its position in the file of boundaries."""
    if characteristic == 7:
        return 0.5
    if characteristic in (39, 40, 57):
        return (characteristic * 10 + place % 50) / 10
    if characteristic in (243, 244, 1488, 1489):
        return 40_000 + 100 * (place % 500)
    if characteristic in (1486, 1494, 1495):
        return 700 + 2 * (place % 300)
    if characteristic in RATES:
        return (characteristic + 3 * place) % 400 / 10
    if characteristic in WHOLES:
        return 5 * (1200 + 11 * place % 400)
    return 5 * (20 + (7 * characteristic + 13 * place) % 200)


def half_width(characteristic: int, place: int) -> float | None:
    """Give the half width of the interval that the publisher states, if it states one."""
    if characteristic in RATES:
        return 1.5 if characteristic >= FIRST_SAMPLED or characteristic == 345 else None
    return 20 + place % 7 if characteristic >= FIRST_SAMPLED else None


def suppressed(place: int) -> bool:
    """Tell the tracts whose characteristics are confidential."""
    return place % SUPPRESSED_EVERY == SUPPRESSED_REST


def heading(lang: str, *, intervals: bool) -> str:
    """Write the first line."""
    symbol = {"en": "SYMBOL", "fr": "SYMBOLE"}[lang]
    columns = [f"{measure}_{sex}" for measure in MEASURES[lang] for sex in SEXES[lang]]
    kept = range(18) if intervals else (0, 1, 2, 9, 10, 11)
    return ",".join([IDENTIFIES[lang], *(f"C{at + 1}_{columns[at]},{symbol}" for at in kept)])


def cells_of(code: str, characteristic: int, place: int, *, intervals: bool) -> str:
    """Write the value cells of a line, each with its symbol."""
    word, keeps = "", True
    if suppressed(place) and characteristic >= 8:
        word, keeps = "x", False
    elif code == ODD and characteristic in ODD_SYMBOLS:
        word = ODD_SYMBOLS[characteristic]
        keeps = word in ("E", "r")
    pattern = _pattern(characteristic, word, keeps=keeps, intervals=intervals)
    if not keeps:
        return pattern
    value = value_of(characteristic, place)
    half = half_width(characteristic, place) or 0
    men, women = 0.4 * value, 0.6 * value
    return pattern.format(
        value=value, men=men, women=women, low=max(value - half, 0), high=value + half
    )


@cache
def _pattern(characteristic: int, word: str, *, keeps: bool, intervals: bool) -> str:
    """Lay out the cells of a line, a place kept for each number that stands."""
    names = ["value", "men", "women"] if characteristic in BY_SEX else ["value"]
    cells = [NONE] * 18
    first = 9 if characteristic in RATES or characteristic == 6 else 0
    there = {first + sex: name for sex, name in enumerate(names)}
    if half_width(characteristic, 0) is not None:
        there |= {first + 3: "low", first + 6: "high"}
    for at, name in there.items():
        cells[at] = (f"{{{name}:g}}" if keeps else "", f'"{word}"')
    kept = cells if intervals else cells[:3] + cells[9:12]
    return ",".join(f"{number},{symbol}" for number, symbol in kept)


def profile_lines(
    codes: Sequence[str],
    characteristics: Iterable[int],
    *,
    lang: str = "en",
    intervals: bool,
) -> Iterator[str]:
    """Write a whole file of tracts line by line: the region's, its own row, and other regions'."""
    wanted = sorted(characteristics)
    names = {one: f'{one},"{NAMES[lang].format(one)}",' for one in wanted}
    yield heading(lang, intervals=intervals)
    region = '2021,"2021S0503462","462","RMR","Montréal – cœur d’île, Qc",3.1,4.6,"00000",'
    yield from (
        f"{region}{names[one]},{cells_of('462', one, 1, intervals=intervals)}" for one in wanted
    )
    others = [f"505{number:04}.00" for number in range(30)]
    for place, code in enumerate([*codes, *others]):
        about = f'2021,"2021S0507{code}","{code}","{LEVELS[lang]}","{code}",3.1,4.6,"00000",'
        for one in wanted:
            yield f"{about}{names[one]},{cells_of(code, one, place, intervals=intervals)}"


def area_lines(codes: Sequence[str], characteristics: Iterable[int]) -> Iterator[str]:
    """Write a file of dissemination areas."""
    yield heading("en", intervals=False)
    for place, code in enumerate(codes):
        for one in sorted(characteristics):
            cells = cells_of(code, one, place, intervals=False)
            about = f'2021,"2021S0512{code}","{code}","Dissemination area","{code}",3.1,4.6,"00000"'
            yield f'{about},{one},"{NAMES["en"].format(one)}",,{cells}'


def as_bytes(lines: Iterable[str]) -> bytes:
    """Encode lines as the publisher does."""
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def write_zip(path: Path, data: bytes, *, name: str) -> None:
    """Zip a file of rows with the companions that the publisher adds."""
    rows = io.StringIO()
    rows.write('"Geo Code","Geo Name","Line Number"\r\n"2021S0503462","Montréal",2\r\n')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(f"{name}_Geo_starting_row.CSV", rows.getvalue().encode("cp1252"))
        archive.writestr(f"{name}_meta.txt", "Census Profile – symbols…".encode("cp1252"))
        archive.writestr("README_meta.txt", "\ufeffThis zipped file contains…".encode())
        archive.writestr(f"{name}_CSV_data.csv", data)
