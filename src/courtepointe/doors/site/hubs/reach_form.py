"""What is asked of who reaches a hub on foot, as a form: sliders, hubs, a place to try."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courtepointe.core.access import LIMITS_MIN
from courtepointe.core.streets import WALKERS
from courtepointe.doors.site.hubs.forms import number_of
from courtepointe.doors.site.hubs.reach_options import LONGEST_H, NOON
from courtepointe.doors.site.hubs.telling import capital, named, said
from courtepointe.doors.site.space.assets_forms import PointField
from courtepointe.hubs.queries.sites import PointSeen, SiteSeen

LIMITS = tuple(int(one) for one in LIMITS_MIN)
BEGUN = {
    "walker": "usual", "limit": 10, "place": None, "point": None, "outage": 0, "day": None, "hour": NOON,
}  # fmt: skip


class Slider(forms.NumberInput):
    """A number between two ends, moved by hand or with the arrow keys; its words stand beside it."""

    input_type = "range"

    def __init__(self, least: int, most: int, step: int = 1) -> None:
        super().__init__(attrs={"min": least, "max": most, "step": step})


class ReachForm(forms.Form):
    """Who walks, how long, when, from which hubs; and a place to try."""

    asked = forms.CharField(initial="1", widget=forms.HiddenInput, required=False)
    walker = forms.ChoiceField(label=_("Who walks"))
    limit = forms.TypedChoiceField(
        label=pgettext_lazy("walk", "Within"), coerce=int, widget=Slider(LIMITS[0], LIMITS[-1], 5)
    )
    outage = forms.IntegerField(
        label=_("Power failure"), required=False, min_value=0, max_value=LONGEST_H,
        widget=Slider(0, LONGEST_H),
        help_text=_("A hub counts while its battery, its sun and its generator are known to last."),
    )  # fmt: skip
    day = number_of(_("On which day"))
    hour = forms.IntegerField(
        label=_("At what time"), required=False, min_value=0, max_value=23, widget=Slider(0, 23),
        help_text=_("It counts once a day is chosen."),
    )  # fmt: skip
    place = number_of(_("Add a place of the directory"))
    point = PointField(label=_("Or a point: latitude, longitude"), required=False, max_length=60)
    hubs = forms.TypedMultipleChoiceField(label=_("Hubs that count"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple)  # fmt: skip

    def __init__(
        self, *args: Any, sites: Sequence[SiteSeen], places: Sequence[PointSeen], lang: str,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        any_day = pgettext("opening hours", "Whatever the day: hours are left aside")
        choices: dict[str, list[tuple[Any, str]]] = {
            "walker": [(one.code, capital(said("walker", one.code, lang=lang))) for one in WALKERS],
            "limit": [(one, gettext("%(n)s minutes") % {"n": one}) for one in LIMITS],
            "day": [("", any_day), *((n, capital(str(day))) for n, day in WEEKDAYS.items())],
            "hubs": [(one.number, hub_label(one, lang)) for one in sites],
            "place": [("", "—"), *((one.number, one.name) for one in places)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def clean_outage(self) -> int:
        """Take no outage where none is written."""
        return int(self.cleaned_data["outage"] or 0)

    def clean_hour(self) -> int:
        """Take noon where no hour is written."""
        told = self.cleaned_data["hour"]
        return NOON if told is None else int(told)

    def clean(self) -> dict[str, Any]:
        """Refuse two places at once: who gains by which would not be told."""
        typed = super().clean() or {}
        if typed.get("place") is not None and typed.get("point") is not None:
            self.add_error("point", _("One or the other: a place of the directory, or a point."))
        return typed

    def number(self, name: str) -> int:
        """Give where a slider stands; where it begins if what was sent is no number."""
        told = self[name].value()
        try:
            return int(str(told))
        except ValueError:
            return int(str(BEGUN[name]))


def slider_words() -> dict[str, dict[str, str]]:
    """Give the words of the sliders for no, one and many: ``{n}`` is the number."""
    hours = {n: ngettext("%(n)s hour", "%(n)s hours", n) % {"n": "{n}"} for n in (1, 2)}
    minutes = gettext("%(n)s minutes") % {"n": "{n}"}
    clock = pgettext("hour of the day", "%(n)s:00") % {"n": "{n}"}
    return {
        "limit": {"none": minutes, "one": minutes, "many": minutes},
        "outage": {"none": pgettext("power failure", "none"), "one": hours[1], "many": hours[2]},
        "hour": {"none": clock, "one": clock, "many": clock},
    }


def slider_text(name: str, n: int) -> str:
    """Say where a slider stands."""
    words = slider_words()[name]
    return words["none" if n == 0 else "one" if n == 1 else "many"].replace("{n}", str(n))


def hub_label(one: SiteSeen, lang: str) -> str:
    """Name a hub as a choice: its status, and whether it can be walked to."""
    status = named("statuses", one.status, lang=lang)
    lacking = gettext("its place has no known point")
    missing = "" if one.points else f" · {lacking}"
    return f"{one.name} ({status}){missing}"
