"""What names a person is put apart, put back the same, and what is left holds together."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.formats.hsds import Directory, Record
from courtepointe.formats.hsds.spec import tables
from courtepointe.places.capacities import Held, read, written
from courtepointe.places.from_atlas import last_day
from courtepointe.places.private import apart, closed_upon_itself, together, without_persons

A, B, C, D = (f"ac148810-d857-441c-9679-408f346d{n:04d}" for n in range(4))


@given(st.sampled_from(sorted(tables())), st.data())
def test_a_record_taken_apart_is_put_together_the_same(table: str, data: st.DataObject) -> None:
    fields = [name for name in tables()[table].fields if name != "id"]
    values = data.draw(st.dictionaries(st.sampled_from(fields), st.text(min_size=1), max_size=6))
    more = data.draw(st.dictionaries(st.text("xyz", min_size=4), st.integers(), max_size=2))
    record = Record(table, {"id": A, **values}, more)
    back = together(table, A, *apart(record))
    assert (dict(back.values), dict(back.more)) == (dict(record.values), dict(record.more))


def test_contacts_go_with_all_that_hangs_on_them() -> None:
    held = Directory({
        "contact": (Record("contact", {"id": A, "name": "Marie"}),),
        "phone": (Record("phone", {"id": B, "contact_id": A, "number": "1"}), Record("phone", {"id": C, "number": "2"})),
        "language": (Record("language", {"id": C, "phone_id": B}), Record("language", {"id": D, "phone_id": C})),
        "address": (Record("address", {"id": A, "attention": "Marie", "city": "M"}),),
        "attribute": (Record("attribute", {"id": B, "link_entity": "contact", "link_id": A, "value": "Marie"}),),
        "metadata": (Record("metadata", {"id": B, "resource_type": "location", "resource_id": A, "updated_by": "Marie"}),),
    })  # fmt: skip
    left = without_persons(held)
    assert "Marie" not in str(left)
    assert [(one.table, one.id) for one in left] == [("phone", C), ("language", D), ("address", A)]


def test_what_points_to_nothing_goes_until_all_holds_together() -> None:
    held = Directory({
        "service": (Record("service", {"id": A, "organization_id": D, "name": "s", "status": "active"}),),
        "service_at_location": (Record("service_at_location", {"id": B, "service_id": A, "location_id": C}),),
        "location": (Record("location", {"id": C, "location_type": "physical", "organization_id": D}),),
        "phone": (Record("phone", {"id": D, "service_at_location_id": B, "number": "1"}), Record("phone", {"id": A, "service_id": A, "location_id": C, "number": "2"})),
        "attribute": (Record("attribute", {"id": A, "link_entity": "service", "link_id": A, "taxonomy_term_id": B}),),
    })  # fmt: skip
    left = closed_upon_itself(held)
    assert [(one.table, one.id) for one in left] == [("location", C), ("phone", A)]
    assert left.of("location")[0].values == {"id": C, "location_type": "physical"}
    assert left.of("phone")[0].values == {"id": A, "location_id": C, "number": "2"}
    assert closed_upon_itself(left) == left


units = st.text(st.characters(whitelist_categories=("L",)), min_size=1, max_size=9)


@given(
    st.lists(
        st.builds(
            lambda unit, most, free, on: Held(unit, most, None if free is None else min(free, most), on),
            units,
            st.integers(0, 10_000),
            st.none() | st.integers(0, 10_000),
            st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda one: one.unit,
    )
)  # fmt: skip
def test_capacities_are_read_as_they_were_written(held: list[Held]) -> None:
    back = read(written(held))
    assert back is not None and sorted(back, key=str) == sorted(held, key=str)


@pytest.mark.parametrize("text", ["", "beaucoup", "3", "3 (4 free) lits", "3 lits @ 2026-13-01", "3 lits; 4 lits", "99999999999 lits"])  # fmt: skip
def test_a_line_that_is_no_capacity_is_not_read(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020", date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 29)),
        ("2020-12", date(2020, 12, 31)),
        ("2025-10-30", date(2025, 10, 30)),
        ("", None),
        ("hier", None),
        ("2020-13", None),
    ],
)
def test_a_publisher_s_day_is_read_as_the_last_of_its_time(
    text: str, expected: date | None
) -> None:
    assert last_day(text) == expected
