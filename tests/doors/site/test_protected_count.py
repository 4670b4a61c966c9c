"""A count of a few people is never written."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from courtepointe.core.small_counts import Told
from courtepointe.doors.site.templatetags.courtepointe import protected_count


@pytest.mark.parametrize(("count", "told"), [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (1200, "1,200")])  # fmt: skip
def test_a_count_alone(count: int, told: str) -> None:
    with override("en"):
        assert protected_count(count) == told


def test_a_count_of_a_table_is_told_as_its_mark_says() -> None:
    with override("en"):
        assert protected_count(37, Told.HIDDEN) == "not shown"
        assert protected_count(37, Told.VALUE) == "37"
        assert protected_count(3, Told.FEW) == "fewer than 5"
