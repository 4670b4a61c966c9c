"""The columns of the bulk Census Profile: 23 of them, or 47 with confidence intervals.

Every value column is numbered (``C1_`` ... ``C18_``) and followed by its own ``SYMBOL``. The number
says what it holds, in both languages: three sexes for each of count, count's low, count's high,
rate, rate's low, rate's high. The plain layout jumps from C3 to C10.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from courtepointe.core.errors import BadInput
from courtepointe.formats.letters import bare

SEXES = ("total", "men", "women")
MEASURES = ("count", "count_low", "count_high", "rate", "rate_low", "rate_high")
VALUES = tuple(f"{sex}_{measure}" for measure in MEASURES for sex in SEXES)
"""What C1 ... C18 hold, in order: ``total_count`` is C1, ``women_rate_high`` is C18."""
PLAIN_NUMBERS = (1, 2, 3, 10, 11, 12)
INTERVAL_NUMBERS = tuple(range(1, 19))

IDENTIFICATION = (
    "census_year",
    "dguid",
    "geo_code",
    "geo_level",
    "geo_name",
    "tnr_sf",
    "tnr_lf",
    "quality_flag",
    "characteristic",
    "characteristic_name",
    "characteristic_note",
)
"""What the eleven first columns hold, in the official order."""

IDENTIFICATION_EN = (
    "CENSUS_YEAR",
    "DGUID",
    "ALT_GEO_CODE",
    "GEO_LEVEL",
    "GEO_NAME",
    "TNR_SF",
    "TNR_LF",
    "DATA_QUALITY_FLAG",
    "CHARACTERISTIC_ID",
    "CHARACTERISTIC_NAME",
    "CHARACTERISTIC_NOTE",
)
# Which of the French headings are evidenced, and by what, is told in docs/methods/census-profile.md.
IDENTIFICATION_FR = (
    "ANNÉE_RECENSEMENT",
    "IDUGD",
    "CODE_GÉO_ALT",
    "NIVEAU_GÉO",
    "NOM_GÉO",
    "TNR_SF",
    "TNR_LF",
    "INDICATEUR_QUALITÉ_DONNÉES",
    "ID_CARACTÉRISTIQUE",
    "NOM_CARACTÉRISTIQUE",
    "NOTE_CARACTÉRISTIQUE",
)
TAKEN_BY_PLACE_FR = frozenset(
    ("census_year", "tnr_sf", "tnr_lf", "quality_flag", "characteristic_note")
)
"""French headings that we could not see in a file: another name at their place is accepted."""

_MEASURE_EN = {
    "count": "COUNT",
    "count_low": "COUNT_LOW_CI",
    "count_high": "COUNT_HI_CI",
    "rate": "RATE",
    "rate_low": "RATE_LOW_CI",
    "rate_high": "RATE_HI_CI",
}
_MEASURE_FR = {
    "count": "CHIFFRE",
    "count_low": "CHIFFRE_IC_INF",
    "count_high": "CHIFFRE_IC_SUP",
    "rate": "TAUX",
    "rate_low": "TAUX_IC_INF",
    "rate_high": "TAUX_IC_SUP",
}
_SEX = {"en": ("TOTAL", "MEN+", "WOMEN+"), "fr": ("TOTAL", "HOMMES+", "FEMMES+")}
_VALUE_HEADING = re.compile(r"C(\d+)_(COUNT|RATE|CHIFFRE|TAUX)_.+")


def value_heading(number: int, *, language: str = "en") -> str:
    """Name the value column ``C<number>``, such as ``C2_COUNT_MEN+``."""
    measure = MEASURES[(number - 1) // 3]
    words = _MEASURE_FR if language == "fr" else _MEASURE_EN
    return f"C{number}_{words[measure]}_{_SEX[language][(number - 1) % 3]}"


def headings(*, with_intervals: bool, language: str = "en") -> tuple[str, ...]:
    """Give the column names of a layout in the official order: 23 of them, or 47.

    Parameters
    ----------
    with_intervals : bool
    language : str
        ``"en"`` or ``"fr"``.
    """
    numbers = INTERVAL_NUMBERS if with_intervals else PLAIN_NUMBERS
    symbol = "SYMBOLE" if language == "fr" else "SYMBOL"
    columns = list(IDENTIFICATION_FR if language == "fr" else IDENTIFICATION_EN)
    for number in numbers:
        columns += [value_heading(number, language=language), symbol]
    return tuple(columns)


COLUMNS_EN = headings(with_intervals=False)
COLUMNS_INTERVALS_EN = headings(with_intervals=True)
COLUMNS_FR = headings(with_intervals=False, language="fr")
COLUMNS_INTERVALS_FR = headings(with_intervals=True, language="fr")


@dataclass(frozen=True, slots=True)
class ProfileLayout:
    """Where everything stands in one file.

    Attributes
    ----------
    columns : tuple of str
        The headings as they are in the file.
    language : str
        ``"en"`` or ``"fr"``, told by the headings.
    with_intervals : bool
    identification : tuple of int
        For each word of ``IDENTIFICATION``, the position of its column.
    values : tuple of (int, int)
        For each value column: its place in ``VALUES``, and its position; the symbol follows it.
    separator : str
        A comma, or a tab for the publisher's ``.tab`` files.
    """

    columns: tuple[str, ...]
    language: str
    with_intervals: bool
    identification: tuple[int, ...]
    values: tuple[tuple[int, int], ...]
    separator: str = ","


def layout_of(columns: tuple[str, ...], *, file: str, separator: str = ",") -> ProfileLayout:
    """Recognise a header, in whatever order its columns come.

    Raises
    ------
    BadInput
        ``census_profile_header``: names the columns that are missing and those unexpected.
    """
    plain = tuple(_plain(name) for name in columns)
    french = any(name in plain for name in ("IDUGD", "NIVEAU_GEO", "ID_CARACTERISTIQUE"))
    language = "fr" if french else "en"
    places = _identification_places(plain, language)
    values, strays = _value_places(plain)
    numbers = {place + 1 for place, _ in values}
    with_intervals = bool(numbers - set(PLAIN_NUMBERS))
    missing = _missing(places, numbers, with_intervals, language)
    known = set(places.values()) | {c for _, at in values for c in (at, at + 1)}
    unexpected = [columns[i] for i in range(len(columns)) if i not in known] + strays
    if missing or unexpected:
        raise BadInput(
            "census_profile_header",
            file=file,
            row=1,
            missing=", ".join(missing) or "—",
            unexpected=", ".join(unexpected) or "—",
            expected=len(headings(with_intervals=with_intervals)),
            found=len(columns),
        )
    order = tuple(places[word] for word in IDENTIFICATION)
    return ProfileLayout(columns, language, with_intervals, order, tuple(values), separator)


def _plain(name: str) -> str:
    """Fold a heading for comparison: capitals without accents, no spaces around."""
    return bare(name.strip().upper())


def _identification_places(plain: tuple[str, ...], language: str) -> dict[str, int]:
    """Find the eleven identification columns by name, a few French ones by place."""
    places: dict[str, int] = {}
    for word, english, french in zip(
        IDENTIFICATION, IDENTIFICATION_EN, IDENTIFICATION_FR, strict=True
    ):
        for name in (english, _plain(french)):
            if name in plain and word not in places:
                places[word] = plain.index(name)
    if language == "fr":
        for place, word in enumerate(IDENTIFICATION):
            free = place not in places.values() and place < len(plain)
            if word in TAKEN_BY_PLACE_FR and word not in places and free:
                places[word] = place
    return places


def _value_places(plain: tuple[str, ...]) -> tuple[list[tuple[int, int]], list[str]]:
    """Find the value columns that a symbol follows; tell the numbers that come twice."""
    found: dict[int, int] = {}
    strays: list[str] = []
    for at, name in enumerate(plain):
        match = _VALUE_HEADING.fullmatch(name)
        if match is None or not 1 <= int(match[1]) <= len(VALUES):
            continue
        number = int(match[1])
        rate = match[2] in ("RATE", "TAUX")
        followed = at + 1 < len(plain) and plain[at + 1].startswith("SYMBOL")
        if rate != (number >= 10) or not followed:
            continue
        if number in found:
            strays.append(name)
        found.setdefault(number, at)
    return [(number - 1, at) for number, at in found.items()], strays


def _missing(
    places: dict[str, int], numbers: set[int], with_intervals: bool, language: str
) -> list[str]:
    """Name the columns that the layout wants and the header lacks."""
    names = IDENTIFICATION_FR if language == "fr" else IDENTIFICATION_EN
    lacking = [name for word, name in zip(IDENTIFICATION, names, strict=True) if word not in places]
    wanted = INTERVAL_NUMBERS if with_intervals else PLAIN_NUMBERS
    return lacking + [
        value_heading(n, language=language) + " + SYMBOL" for n in wanted if n not in numbers
    ]
