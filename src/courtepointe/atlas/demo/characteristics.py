"""The characteristics that the demo city publishes: ids and names of the 2021 Census Profile."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from courtepointe.formats.census_profile.schema import SPACES_A_LEVEL, Characteristic

TABLE = Path(__file__).with_name("characteristics.csv")


@dataclass(frozen=True, slots=True)
class Published:
    """One characteristic of the profile.

    Attributes
    ----------
    id : int
    kind : str
        ``population``, ``before``, ``change``, ``dwellings``, ``occupied``, ``density``, ``land``:
        not rounded; ``count``, ``mean``, ``median``, ``rate``: asked of everyone;
        ``sample…``: of the long form; ``income_…``: hidden where few people or households live.
    of : str
        For counts, the id of their total, that rates are computed on. For rates
        ``numerator/denominator``, for means and medians the measure: numbers of 10,000 and more
        are counted and not published.
    en, fr : str
        Official names; two spaces a level.
    """

    id: int
    kind: str
    of: str
    en: str
    fr: str

    @property
    def income(self) -> bool:
        """Tell whether it is hidden with incomes."""
        return self.kind.startswith("income_")

    @property
    def sampled(self) -> bool:
        """Tell whether it is asked of one household in four."""
        return "sample" in self.kind

    @property
    def form(self) -> str:
        """Give ``count``, ``rate``, ``mean``, ``median``, or the kind of a geographic row."""
        form = self.kind.removeprefix("income_").removeprefix("sample").removeprefix("_")
        return form or "count"

    def terms(self) -> tuple[int, int]:
        """Give the numerator and the denominator of a rate, or of a count's share of its total."""
        if self.form == "rate":
            above, below = self.of.split("/")
            return int(above), int(below)
        return self.id, int(self.of or self.id)

    def named(self, lang: str) -> Characteristic:
        """Give it as the writer of profiles wants it."""
        text = self.fr if lang == "fr" else self.en
        name = text.lstrip(" ")
        return Characteristic(self.id, name, (len(text) - len(name)) // SPACES_A_LEVEL, None, None)


@cache
def published() -> tuple[Published, ...]:
    """Give all characteristics in the order of their ids."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return tuple(Published(int(r["id"]), r["kind"], r["of"], r["en"], r["fr"]) for r in rows)


@cache
def published_2016() -> tuple[Published, ...]:
    """Give the fewer characteristics of the 2016 release, under the numbers they bear in 2021."""
    wanted = {*range(1, 115), *range(242, 281), *range(335, 350), *range(393, 399), 718}
    wanted |= {*range(1414, 1417), *range(1440, 1448), *range(1465, 1468), 1494, 1495}
    wanted |= {*range(1527, 1538), *range(2014, 2026), *range(2223, 2231), *range(2603, 2611)}
    return tuple(_as_of_2016(one) for one in published() if one.id in wanted - {2, 3, 1448, 1536})


YEARS = {"2021": "2016", "2020": "2015", "2016": "2011"}
"""Years of the census, of its incomes and of the census before, then five years earlier."""


def _as_of_2016(one: Published) -> Published:
    en, fr = (
        re.sub("2021|2020|2016", lambda year: YEARS[year[0]], name) for name in (one.en, one.fr)
    )
    return Published(one.id, one.kind, one.of, en, fr)
