"""What people type of a resilience portrait, and of what they add to the framework."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Choices = Sequence[tuple[str, str]]


def several_lines(label: Any, *, most: int) -> forms.CharField:
    """Make a field of several lines that may stay empty."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, max_length=most, widget=area)


class PortraitForm(forms.Form):
    """A portrait: its name, its territory, what it is for."""

    name = forms.CharField(label=_("Name"), max_length=200)
    territory = forms.TypedChoiceField(label=_("Territory"), coerce=int)
    about = several_lines(_("What it is for, and with whom it is made"), most=4_000)

    def __init__(self, *args: Any, territories: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].choices = territories  # type: ignore[attr-defined]


class OwnPartForm(forms.Form):
    """A dimension or a part that the neighbourhood adds."""

    dimension = forms.ChoiceField(
        label=_("Stands in"),
        required=False,
        help_text=_(
            "Empty: a dimension of its own, which is not read beside other neighbourhoods."
        ),
    )
    name_fr = forms.CharField(label=_("Name in French"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    about_fr = several_lines(_("In a few words, in French"), most=2_000)
    about_en = several_lines(_("In a few words, in English"), most=2_000)

    def __init__(self, *args: Any, dimensions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new = ("", pgettext_lazy("dimension", "A new dimension"))
        self.fields["dimension"].choices = [new, *dimensions]  # type: ignore[attr-defined]
