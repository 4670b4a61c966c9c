"""What is asked of what holds when things fail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.hubs.forms import number_of
from courtepointe.doors.site.hubs.reach_form import hub_label
from courtepointe.doors.site.numbers_typed import TypedNumber
from courtepointe.doors.site.studies.stress_words import CHANGE_WORDS, known_words, scenario_name
from courtepointe.formats.scenarios import SHIPPED
from courtepointe.hubs.actions.studies import MOST_SEED
from courtepointe.hubs.queries.sites import PointSeen, SiteSeen
from courtepointe.hubs.studies.stress_values import (
    ADD,
    CHANGES,
    LEAST_DRAWS,
    MOST_DRAWS,
    MOST_OPTIONS,
    MOST_SCENARIOS,
    POWER,
    SEATS,
    StressSpot,
)

SCENARIO, YES, NO = "", "yes", "no"
MOST_HOURS, MOST_SEATS, MOST_STAFF = 1_000.0, 100_000.0, 1_000
ASSUMED = ("seats", "hours", "staff", "has", "dry")
OPTION = ("change", "hub", "place", "hours", "seats")


def _number(label: Any, most: float, help_text: Any = "") -> TypedNumber:
    return TypedNumber(label=label, required=False, min_value=0.0, max_value=most, help_text=help_text)  # fmt: skip


def _either(label: Any, yes: Any, no: Any) -> forms.ChoiceField:
    choices = [(SCENARIO, _("as the scenario has it")), (YES, yes), (NO, no)]
    return forms.ChoiceField(label=label, required=False, choices=choices)


class StressForm(forms.Form):
    """The scenario first, then the hubs, then what to try beside today."""

    scenarios = forms.MultipleChoiceField(label=_("What happens"), widget=forms.CheckboxSelectMultiple,
                                          help_text=_("One to three: with several, each option is also held against the worst of them."))  # fmt: skip
    hubs = forms.TypedMultipleChoiceField(label=_("Hubs that count"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple)  # fmt: skip
    seats = _number(_("Seats of a hub"), MOST_SEATS)
    hours = _number(_("Hours without the network"), MOST_HOURS)
    staff = forms.IntegerField(label=_("People to hold it"), required=False, min_value=0, max_value=MOST_STAFF)  # fmt: skip
    has = _either(_("What shelters from the hazard (cooling, heating, clean air)"), _("it has it"), _("it has it not"))  # fmt: skip
    dry = _either(_("Flooded ground"), _("it stands out of the water"), _("water may come"))
    draws = forms.IntegerField(label=_("Drawings"), min_value=LEAST_DRAWS, max_value=MOST_DRAWS, initial=200,
                               help_text=_("How many times chance is tried: more take longer and tell finer."))  # fmt: skip
    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=MOST_SEED, initial=1, help_text=_("The same seed draws the same events."))  # fmt: skip
    title = forms.CharField(label=_("Title of the study"), required=False, max_length=200)

    def __init__(
        self, *args: Any, sites: Sequence[SiteSeen], places: Sequence[PointSeen],
        spots: Sequence[StressSpot], lang: str, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.sites, self.places = sites, places
        choices: dict[str, list[tuple[Any, Any]]] = {
            "scenarios": [(code, scenario_name(code, lang=lang)) for code in SHIPPED],
            "hubs": [(one.number, _label(one, spots, lang)) for one in sites],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        if not sites:
            del self.fields["hubs"]
        for n in range(1, MOST_OPTIONS + 1):
            for name, field in _option_fields(sites, places).items():
                self.fields[f"{name}_{n}"] = field

    def part(self, *names: str) -> list[forms.BoundField]:
        """Give some fields, to stand together."""
        return [self[name] for name in names if name in self.fields]

    @property
    def first(self) -> list[forms.BoundField]:
        """Give what happens, and to which hubs."""
        return self.part("scenarios", "hubs")

    @property
    def assumed(self) -> list[forms.BoundField]:
        """Give what is assumed where nobody knows."""
        return self.part(*ASSUMED)

    @property
    def options(self) -> list[list[forms.BoundField]]:
        """Give the options, each with its fields."""
        return [self.part(*(f"{name}_{n}" for name in OPTION)) for n in range(1, MOST_OPTIONS + 1)]

    @property
    def last(self) -> list[forms.BoundField]:
        """Give how often chance is tried, and the title."""
        return self.part("draws", "seed", "title")

    def clean(self) -> dict[str, Any]:
        """Ask for what each option needs, where it stands."""
        typed = super().clean() or {}
        if len(typed.get("scenarios") or ()) > MOST_SCENARIOS:
            self.add_error("scenarios", _("Three at most."))
        for n in range(1, MOST_OPTIONS + 1):
            self._clean_option(typed, n)
        return typed

    def _clean_option(self, typed: dict[str, Any], n: int) -> None:
        change = typed.get(f"change_{n}")
        if not change:
            return
        needed = "place" if change == ADD else "hub"
        if f"{needed}_{n}" not in self.fields:
            self.add_error(f"change_{n}", _("The directory holds no place that has a point.") if change == ADD else _("There is no hub yet."))  # fmt: skip
        elif typed.get(f"{needed}_{n}") is None:
            self.add_error(f"{needed}_{n}", _("Choose which."))
        elif needed == "hub" and typed[f"hub_{n}"] not in (typed.get("hubs") or ()):
            self.add_error(f"hub_{n}", _("This hub is not among those that count: check it above."))
        for name, its in (("hours", POWER), ("seats", SEATS)):
            if change == its and not typed.get(f"{name}_{n}") and f"{name}_{n}" not in self.errors:
                self.add_error(f"{name}_{n}", _("This change needs a number above zero here."))


def _option_fields(
    sites: Sequence[SiteSeen], places: Sequence[PointSeen]
) -> dict[str, forms.Field]:
    """Make the fields of an option; what there is none of is not asked."""
    nothing = [("", "—")]
    made: dict[str, forms.Field] = {
        "change": forms.ChoiceField(label=pgettext_lazy("option", "What changes"), required=False, choices=[*nothing, *((code, CHANGE_WORDS[code]) for code in CHANGES)]),
        "hub": number_of(pgettext_lazy("option", "Which hub")), "place": number_of(pgettext_lazy("option", "Which place")),
        "hours": _number(_("Hours without the network"), MOST_HOURS, _("Of the hub that is equipped, or of the added place.")),
        "seats": _number(_("Seats"), MOST_SEATS, _("Of the hub, in all; or of the added place, where the directory tells none.")),
    }  # fmt: skip
    made["hub"].choices = [*nothing, *((one.number, one.name) for one in sites)]  # type: ignore[attr-defined]
    made["place"].choices = [*nothing, *((one.number, one.name) for one in places)]  # type: ignore[attr-defined]
    if not sites:
        del made["hub"]
    if not places:
        del made["place"]
    return made


def _label(one: SiteSeen, spots: Sequence[StressSpot], lang: str) -> str:
    """Name a hub with what is known of it, and what is not."""
    mine = next((spot for spot in spots if spot.number == one.number), None)
    if mine is None:
        return hub_label(one, lang)
    known, unknown = known_words(mine, lang=lang)
    told = [hub_label(one, lang), ", ".join(known)]
    if unknown:
        told.append(gettext("not known: %(what)s") % {"what": ", ".join(unknown)})
    if len(one.points) > 1:
        told.append(gettext("at each of its %(n)s places") % {"n": len(one.points)})
    return " · ".join(part for part in told if part)
