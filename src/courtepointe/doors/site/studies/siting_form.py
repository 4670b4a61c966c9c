"""What is asked of where the next hubs could stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courtepointe.core.streets import WALKERS
from courtepointe.doors.site.hubs.reach_asked import LIMITS
from courtepointe.doors.site.hubs.reach_form import hub_label
from courtepointe.doors.site.hubs.telling import capital, said
from courtepointe.doors.site.numbers_typed import TypedNumber
from courtepointe.doors.site.studies.goals import GOAL_WORDS
from courtepointe.hubs.queries.possible import STEP_FREE, SURPLUS
from courtepointe.hubs.queries.sites import PointSeen, SiteSeen
from courtepointe.hubs.studies.values import BUDGET, COUNTED, GOALS, MOST_OPEN

MOST_NAMED = 300
"""Places that can be held or refused by name before the first answer; from it, any chosen one can."""
DURATIONS = (1, 5, 20, 60)


def _goal(code: str) -> str:
    """Name a goal with what it sees, and what it does not."""
    told = GOAL_WORDS[code]
    return format_html('{}<span class="hint">{}</span>', told.name, told.about)


class SitingForm(forms.Form):
    """The goal first: a person chooses it, and the answer shows it."""

    goal = forms.ChoiceField(label=_("What are they for?"), widget=forms.RadioSelect, initial=GOALS[0])  # fmt: skip
    n_open = forms.IntegerField(label=_("How many new hubs"), required=False, min_value=1, max_value=MOST_OPEN, initial=1,
                                help_text=_("Not asked where the goal itself says how many."))  # fmt: skip
    budget = TypedNumber(label=_("Budget, in dollars"), required=False, min_value=0.0, help_text=_("For the goal with a budget."))  # fmt: skip
    price = TypedNumber(label=_("What one hub would cost, in dollars"), required=False, min_value=0.0, help_text=_("For the goal with a budget: the same for each place."))  # fmt: skip
    seats = TypedNumber(label=_("Seats of a place, where the directory tells none"), required=False, min_value=0.0, help_text=_("For the goal that counts seats."))  # fmt: skip
    who = forms.ChoiceField(label=_("Whose walk counts"), required=False, help_text=_("The places are chosen for them; everybody is told of in the answer."))  # fmt: skip
    walker = forms.ChoiceField(label=_("Who walks"), initial="usual")
    limit = forms.TypedChoiceField(label=pgettext_lazy("walk", "Within"), coerce=int, initial=10)
    among = forms.ChoiceField(label=_("Among which places of the directory"), required=False, widget=forms.RadioSelect, initial="")  # fmt: skip
    search = forms.CharField(label=_("Whose name holds"), required=False, max_length=100, help_text=_("Such as “library” or “church”."))  # fmt: skip
    hubs = forms.TypedMultipleChoiceField(label=_("Hubs that count already"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple)  # fmt: skip
    held = forms.TypedMultipleChoiceField(label=_("Places that must be among them"), required=False, coerce=int, widget=forms.SelectMultiple(attrs={"size": 6}))  # fmt: skip
    refused = forms.TypedMultipleChoiceField(label=_("Places that are refused"), required=False, coerce=int, widget=forms.SelectMultiple(attrs={"size": 6}))  # fmt: skip
    title = forms.CharField(label=_("Title of the study"), required=False, max_length=200)
    minutes = forms.TypedChoiceField(label=_("Search at most"), coerce=int, initial=5, help_text=_("What is proven sooner ends sooner. An answer that the clock cut may differ when asked again."))  # fmt: skip

    def __init__(
        self, *args: Any, sites: Sequence[SiteSeen], places: Sequence[PointSeen], lang: str,
        groups: Sequence[tuple[str, str]] = (), kept: Sequence[int] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.stands = {one.number: frozenset(one.places) for one in sites}
        by_number = [(one.number, one.name) for one in places]
        if len(by_number) > MOST_NAMED:
            by_number = [(number, name) for number, name in by_number if number in set(kept)]
        choices: dict[str, list[tuple[Any, Any]]] = {
            "goal": [(code, _goal(code)) for code in GOALS],
            "who": [("", _("Everybody’s")), *groups],
            "walker": [(one.code, capital(said("walker", one.code, lang=lang))) for one in WALKERS],
            "limit": [(one, gettext("%(n)s minutes") % {"n": one}) for one in LIMITS],
            "among": [("", _("All that have a point")), (STEP_FREE, _("Those known to have no steps")), (SURPLUS, _("Those known to have spare room"))],
            "hubs": [(one.number, hub_label(one, lang)) for one in sites],
            "held": by_number, "refused": by_number,
            "minutes": [(one, ngettext("%(n)s minute", "%(n)s minutes", one) % {"n": one}) for one in DURATIONS],
        }  # fmt: skip
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        for name in ("hubs", "held", "refused"):
            if not choices[name]:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for what the goal needs, where it stands."""
        typed = super().clean() or {}
        goal = typed.get("goal")
        needed = {"n_open": goal in COUNTED, "budget": goal == BUDGET, "price": goal == BUDGET}
        for name, is_needed in needed.items():
            if is_needed and typed.get(name) is None and name not in self.errors:
                self.add_error(name, _("This goal needs a number here."))
        both = set(typed.get("held", ())) & set(typed.get("refused", ()))
        if both:
            self.add_error("refused", _("A place cannot be both held and refused."))
        counted = (self.stands.get(one, frozenset()) for one in typed.get("hubs", ()))
        if set(typed.get("held", ())) & frozenset[int]().union(*counted):
            self.add_error("held", _("A hub that counts already stands at one of these places."))
        return typed
