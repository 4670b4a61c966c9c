"""Whether a place is open, from the standard's schedules and from hours written as on OpenStreetMap."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from courtepointe.places.hours import is_open, written_week

WEEK = {"freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00:00", "closes_at": "17:00:00"}
MONDAY, TUESDAY, SUNDAY = "2026-06-01", "2026-06-02", "2026-06-07"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("schedules", "when", "expected"),
    [
        ([WEEK], f"{MONDAY}T09:00", True),
        ([WEEK], f"{MONDAY}T17:00", False),
        ([WEEK], f"{MONDAY}T08:59", False),
        ([WEEK], f"{TUESDAY}T10:00", False),
        ([WEEK | {"byday": ""}], f"{TUESDAY}T10:00", True),
        ([WEEK | {"opens_at": "22:00", "closes_at": "02:00"}], f"{TUESDAY}T01:59", True),
        ([WEEK | {"opens_at": "22:00", "closes_at": "02:00"}], f"{TUESDAY}T02:00", False),
        ([WEEK | {"opens_at": "22:00", "closes_at": "02:00"}], f"{MONDAY}T23:00", True),
        ([WEEK | {"opens_at": "22:00", "closes_at": "02:00"}], f"{MONDAY}T01:00", False),
        ([WEEK | {"valid_from": "2026-06-02"}], f"{MONDAY}T10:00", False),
        ([WEEK | {"valid_to": "2026-05-31"}], f"{MONDAY}T10:00", False),
        ([WEEK | {"valid_to": "2026-06-01"}], f"{MONDAY}T10:00", True),
        ([WEEK | {"opens_at": "09:00:00Z"}], f"{MONDAY}T10:00", True),
        ([WEEK | {"freq": "MONTHLY"}], f"{MONDAY}T10:00", None),
        ([{"description": "sur rendez-vous"}], f"{MONDAY}T10:00", None),
        ([{"description": "sur rendez-vous"}, WEEK], f"{MONDAY}T10:00", True),
        ([], f"{MONDAY}T10:00", None),
        ([{"description": "24/7"}], f"{SUNDAY}T03:00", True),
        ([{"description": "Mo-Fr 09:00-12:00,13:00-17:00"}], f"{MONDAY}T12:30", False),
        ([{"description": "Mo-Fr 09:00-12:00,13:00-17:00"}], f"{MONDAY}T13:30", True),
        ([{"description": "Fr-Mo 09:00-12:00; Su off"}], f"{SUNDAY}T10:00", False),
        ([{"description": "Fr-Mo 09:00-12:00"}], f"{SUNDAY}T10:00", True),
        ([{"description": "08:00-22:00"}], f"{SUNDAY}T21:00", True),
        ([{"description": "Mo-Su,PH 08:00-22:00"}], f"{SUNDAY}T21:00", True),
        ([{"description": "PH off; Mo 08:00-22:00"}], f"{MONDAY}T21:00", True),
    ],
)
def test_open(schedules: list[dict[str, Any]], when: str, expected: bool | None) -> None:
    assert is_open(schedules, at(when)) is expected


@pytest.mark.parametrize("text", ["", "lundi au vendredi", "Mo-Fr sunrise-sunset", "Xx 09:00-10:00", "Mo-We-Fr 09:00-10:00", "Mo 9h-17h"])  # fmt: skip
def test_what_is_not_understood_is_not_guessed(text: str) -> None:
    assert written_week(text) is None
