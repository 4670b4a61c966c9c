"""Boxes of numbers in every room take the comma of whoever types, and are never cut short by a browser."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from courtepointe.doors.site.gathering.forms_of_people import CostForm, CourseForm
from courtepointe.doors.site.hubs.forms import amount
from courtepointe.doors.site.numbers_typed import TypedDecimal
from courtepointe.doors.site.space.directory_forms import _field
from courtepointe.doors.site.studies.siting_form import SitingForm
from courtepointe.doors.site.studies.stress_form import _number
from courtepointe.formats.hsds.spec import tables

BOXES: dict[str, Callable[[], forms.Field]] = {
    "what a hub holds": lambda: amount("a"),
    "what a test of hubs assumes": lambda: _number("a", 1_000.0),
    "the budget of new hubs": lambda: SitingForm.base_fields["budget"],
    "the price of one": lambda: SitingForm.base_fields["price"],
    "its seats": lambda: SitingForm.base_fields["seats"],
    "a latitude": lambda: _field(tables()["location"].fields["latitude"], "fr"),
    "what is planned": lambda: CostForm.base_fields["planned_cad"],
    "what it cost": lambda: CostForm.base_fields["actual_cad"],
    "the hours of a training": lambda: CourseForm.base_fields["hours"],
}


@pytest.mark.parametrize("box", BOXES)
def test_a_comma_is_no_lost_mark(box: str) -> None:
    field = BOXES[box]()
    with translation.override("fr"):
        assert [float(field.clean(typed)) for typed in ("12,5", "12.5", " 12,5 ")] == [12.5] * 3
        assert getattr(field.widget, "input_type", "") == "text"
        assert field.widget.attrs["inputmode"] == "decimal"
        with pytest.raises(ValidationError):
            field.clean("douze")


def test_dollars_keep_their_cents() -> None:
    field = TypedDecimal(required=False, max_digits=11, decimal_places=2)
    with translation.override("fr"):
        for typed, found in (("1 250,50 $", "1250.5"), ("1,250.50", "1250.5"), ("1000", "1000"), ("−3", "-3"), ("$1,250.50", "1250.5"), ("$ 12", "12")):  # fmt: skip
            assert field.clean(typed) == Decimal(found)
        assert field.clean("") is None
        assert field.prepare_value(Decimal("1250.50")) == "1250,50"
        for typed in ("1,234 5", "12,345", "1000000000000", "$", "1.234.567,8"):
            with pytest.raises(ValidationError):
                field.clean(typed)
