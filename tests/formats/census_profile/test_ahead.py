"""Work done ahead is given in order, and can be left at any moment."""

from __future__ import annotations

import threading

from courtepointe.formats.census_profile.ahead import ahead


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(ahead(lambda item: item * item, range(50))) == [item * item for item in range(50)]


def test_left_in_the_middle_it_waits_for_nobody() -> None:
    """To wait could be for ever: see its notes."""
    goes_on, done = threading.Event(), []

    def work(item: int) -> int:
        if item > 0:
            goes_on.wait(30)
            done.append(item)
        return item

    results = ahead(work, range(100))
    assert next(results) == 0
    results.close()
    assert done == []
    goes_on.set()
