"""What people type in the pages of the directory: forms made of the standard's own fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.numbers_typed import TypedNumber
from courtepointe.doors.site.space.forms import Day
from courtepointe.formats.hsds.spec import Field, tables
from courtepointe.places.values import Filters
from courtepointe.places.words import asked, choice_word, field_word, given

LONG = ("description", "eligibility_description", "application_process", "alert", "transportation")
SEEN_BY = (
    ("workspace", _("the workspace alone")),
    ("partners", _("and those whom an agreement shows it to")),
    ("public", _("everyone")),
)
STATES = (
    ("", _("What is there")),
    ("review", _("Waiting for a review")),
    ("proposals", _("With a proposal to decide")),
    ("unlocated", _("To be located: no position")),
    ("disagrees", _("Where the label and the point disagree")),
    ("closed", _("Closed")),
)
KINDS = ("organization", "service", "location")


class Time(forms.TextInput):
    """A time of the day."""

    input_type = "time"


class RecordForm(forms.Form):
    """The fields of a record or of a detail, as the standard has them."""

    def __init__(
        self, *args: Any, table: str, lang: str, organisations: Any = (), **kwargs: Any
    ) -> None:
        kwargs["initial"] = {**given(table), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        spec = tables()[table]
        for name in asked(table):
            if name == "organization_id":
                self.fields[name] = forms.ChoiceField(choices=organisations)
            else:
                self.fields[name] = _field(spec.fields[name], lang)
            self.fields[name].label = field_word(name, lang=lang)

    def said(self) -> dict[str, Any]:
        """Give what was typed: numbers where they are whole as whole, nothing as empty."""
        return {n: _plain(value) for n, value in self.cleaned_data.items() if n in self.fields}


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, str | int | float) else value.isoformat()


def _field(field: Field, lang: str) -> forms.Field:
    if field.choices:
        offered = [(one, choice_word(one, lang=lang)) for one in field.choices]
        return forms.ChoiceField(
            choices=offered if field.must else [("", "—"), *offered], required=field.must
        )
    if field.type == "number":
        return TypedNumber(required=field.must)
    if field.type == "date":
        return forms.DateField(required=field.must, widget=Day)
    kinds: dict[str, Any] = {
        "email": forms.EmailInput(),
        "time": Time(),
        "uri": forms.URLInput({"placeholder": "https://"}),
    }
    widget = kinds.get(field.type)
    if widget is None:
        widget = forms.Textarea({"rows": 3}) if field.name in LONG else forms.TextInput()
    return forms.CharField(required=field.must, max_length=5_000, widget=widget)


class SeenByForm(forms.Form):
    """Who sees a record."""

    visibility = forms.ChoiceField(label=_("Who sees it"), choices=SEEN_BY)


class CloseForm(forms.Form):
    """Since when something is no more, and why."""

    on = forms.DateField(label=_("Last day"), widget=Day)
    why = forms.CharField(label=_("Why"), max_length=500, required=False)


class CapacityForm(forms.Form):
    """How many a record can take."""

    unit = forms.CharField(label=_("What is counted"), max_length=60, help_text=_("Seats, beds, meals a day, charging points…"))  # fmt: skip
    maximum = forms.IntegerField(label=_("At most"), min_value=0)
    available = forms.IntegerField(label=_("Free now"), min_value=0, required=False)


class OfferForm(forms.Form):
    """A place at which a service is offered."""

    place = forms.ChoiceField(label=_("Place"), choices=())

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """A file to take in."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "HSDS 3 (JSON, or a zip of its tables), GeoJSON, an answer of OpenStreetMap’s Overpass, CSV or a workbook."
        ),
    )
    name = forms.CharField(
        label=_("Where it comes from"),
        max_length=400,
        required=False,
        help_text=_("It stands as the source beside each field. Empty: the file’s name."),
    )
    dated = forms.DateField(
        label=_("On which day it was true"),
        required=False,
        widget=Day,
        help_text=_("What somebody verified on that day or later is not written over, but proposed; without a day, never."),
    )  # fmt: skip
    visibility = forms.ChoiceField(label=_("Who sees the new records"), choices=SEEN_BY)
    here = forms.BooleanField(
        label=_("Only what lies in our territories, or has no position"), required=False
    )


class AtlasForm(forms.Form):
    """A layer of the atlas to take in: one at a time, so that each field says its own source."""

    layer = forms.ChoiceField(label=_("Layer"), choices=(), widget=forms.RadioSelect)
    visibility = forms.ChoiceField(label=_("Who sees the new records"), choices=SEEN_BY)

    def __init__(self, *args: Any, layers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layer"].choices = layers  # type: ignore[attr-defined]


def filters_of(asked_for: QueryDict) -> Filters:
    """Read what a list is narrowed by from its address; what cannot be read narrows nothing."""
    months = asked_for.get("months", "")
    return Filters(
        q=asked_for.get("q", "")[:200],
        kind=asked_for.get("kind", ""),
        area=asked_for.get("area", "")[:250],
        language=asked_for.get("language", "")[:80],
        open_now=asked_for.get("open") == "1",
        accessible=asked_for.get("accessible") == "1",
        unverified_months=int(months) if months in ("3", "6", "12", "24") else None,
        state=asked_for.get("state", ""),
    )


def number_in(asked_for: QueryDict, name: str) -> int | None:
    """Read a number of an address; None where there is none that could be one."""
    told = asked_for.get(name, "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 18 else None


def next_page(asked_for: QueryDict, after: int | None) -> str:
    """Write the address of the next page of a list; empty where there is none."""
    if after is None:
        return ""
    query = asked_for.copy()
    query["after"] = str(after)
    return f"?{query.urlencode()}"
