"""Days and hours as exports write them; what could be read in two ways is not read."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

FRACTION = re.compile(r"(\.\d{6})\d+")
NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:er)? (?P<month>[a-z]+)\.?|(?P<month_first>[a-z]+)\.? (?P<second>\d{1,2}),?) "
    r"(?P<year>\d{4})(?:,? (?:a )?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<rest>\d{2}))? ?(?P<half>[ap]m)?)?"
)


@cache
def _months() -> Mapping[str, int]:
    text = Path(__file__).with_name("months.toml").read_text(encoding="utf-8")
    return {name: int(number) for name, number in tomllib.loads(text).items()}


def read_moment(text: str) -> datetime:
    """Read a day with its hour.

    Parameters
    ----------
    text : str
        ISO 8601, ``2026-05-03 14:31:00`` as spreadsheets save it, or with a month by its name in
        English or French: ``May 3, 2026 2:31:00 PM``.

    Raises
    ------
    ValueError
        For anything else: ``03/05/2026`` could be March or May.
    """
    text = FRACTION.sub(r"\1", text.strip())
    if len(text) > 10 or text.count("-") == 2:
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    return _named(text)


def read_day(text: str) -> date:
    """Read a day; the hour behind it is left out.

    Raises
    ------
    ValueError
        As `read_moment`.
    """
    return read_moment(text).date()


def read_hour(text: str) -> time:
    """Read an hour of the day: ``14:31:00.000-04:00``.

    Raises
    ------
    ValueError
        For anything but ISO 8601.
    """
    return time.fromisoformat(FRACTION.sub(r"\1", text.strip()))


def _named(text: str) -> datetime:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    found = NAMED.fullmatch(" ".join(plain.split()))
    if found is None:
        raise ValueError(text)
    month = _months().get(found["month"] or found["month_first"])
    if month is None:
        raise ValueError(text)
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] == "pm")
    day = int(found["day"] or found["second"])
    return datetime(int(found["year"]), month, day, hour, int(found["minute"] or 0), int(found["rest"] or 0))  # fmt: skip
