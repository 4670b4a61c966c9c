"""A number as people type it: « 1 234,5 », “$1,234.50”, « 12 % »; never cut short by a browser."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courtepointe.formats.tables.numbers import decimal_mark, number_in

SIGNS = "%$ \u00a0\u202f"
"""What may stand after a number: the unit is the field's, not the sign's."""
BEFORE = "$ \u00a0"
"""What may stand before it: English writes $12."""
EXACT = ".15g"


def _mark() -> str:
    return "," if (get_language() or "fr").startswith("fr") else "."


class Typed(forms.Field):
    """A box of text for a number, of which the comma is read as the page's language writes it, where it may be two things.

    Browsers drop the comma from a box of numbers whose language is another than theirs, and 12,5 came as 125:
    the box is one of text, with a telephone's keys for numbers.
    """

    widget = forms.TextInput
    default_error_messages = {  # noqa: RUF012 - as Django declares it
        "invalid": _("This is not read as a number. Write it as 12.5 or 1,234.5."),
    }

    def read(self, typed: str) -> float | None:
        """Read what was typed, or refuse it; an empty box is no number."""
        if not typed.strip():
            return None
        text = typed.strip().lstrip(BEFORE).rstrip(SIGNS)
        found = number_in(text, decimal=decimal_mark([text]) or _mark())
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        """Write a number that the form holds as the page's language does."""
        if isinstance(value, Decimal):
            return f"{value:f}".replace(".", _mark())
        return format(value, EXACT).replace(".", _mark()) if isinstance(value, float | int) else value  # fmt: skip

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask a telephone for its keys of numbers."""
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}


class TypedNumber(Typed, forms.FloatField):
    """A number with all its decimals."""

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        """Read what was typed, or refuse it."""
        return self.read(value) if isinstance(value, str) else super().to_python(value)


class TypedDecimal(Typed, forms.DecimalField):
    """A number of so many decimals: dollars, hours of a training."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Read what was typed, or refuse it."""
        found = self.read(value) if isinstance(value, str) else value
        return super().to_python(format(found, EXACT) if isinstance(found, float) else found)
