"""What people type of priorities, actions, results and plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courtepointe.doors.site.hubs.forms import Choices, Listed, lines, number_of, worded
from courtepointe.doors.site.space.forms import Day
from courtepointe.plans.kinds import read_words, words_of

Grouped = Sequence[tuple[str, Sequence[tuple[str, str]]]]
AFTER = "after"
"""The field of `Rewritten`."""


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Make a field of a day."""
    return forms.DateField(label=label, required=required, widget=Day, help_text=help_text)


class Rewritten(forms.Form):
    """A form that writes over what it began with, known again by its mark."""

    after = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class OfPlans(Listed):
    """A form whose choices are words of lists of plans."""

    words_in = staticmethod(words_of)


class PriorityForm(forms.Form):
    """A priority."""

    statement = forms.CharField(label=_("Priority"), max_length=400)
    place = forms.ChoiceField(label=_("Dimension"))
    why = lines(_("Why this one first"))

    def __init__(self, *args: Any, places: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class ActionForm(OfPlans):
    """An action: what, who, when, with what; and what the institution does beside it."""

    lists = {"bearer": "bearers", "cost": "costs", "horizon": "horizons"}  # noqa: RUF012
    statement = forms.CharField(label=_("What is done"), max_length=400)
    place = forms.ChoiceField(label=_("Dimension"))
    priority = number_of(_("Priority that it answers"))
    read = forms.ChoiceField(label=_("What was read there"), required=False)
    bearer = forms.ChoiceField(label=_("Carried by"))
    lead = number_of(_("Organisation that leads it"))
    role = forms.CharField(label=_("Post that leads it"), required=False, max_length=120, help_text=_("A post, not a person’s name."))  # fmt: skip
    beside = forms.CharField(label=_("What the institution does on its side"), required=False, max_length=400, help_text=_("No action is asked of residents alone: the institution’s part stands beside it."))  # fmt: skip
    beside_by = forms.CharField(label=_("Which institution"), required=False, max_length=200)
    means = forms.CharField(label=_("With what"), required=False, max_length=400)
    cost = forms.ChoiceField(label=_("Cost"), required=False)
    horizon = forms.ChoiceField(label=_("Horizon"))
    due = day(_("Due"))
    about = lines(_("In a few words"))

    def __init__(self, *args: Any, places: Grouped, priorities: Choices, leads: Choices, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        self.offer("priority", priorities)
        self.offer("lead", leads)
        self.offer("read", worded(read_words(), lang=kwargs["lang"]))


class PriorityChange(Rewritten, PriorityForm):
    """A priority that is said otherwise."""


class ActionChange(Rewritten, ActionForm):
    """An action that is said otherwise."""


class MoveForm(forms.Form):
    """Where an action stands."""

    state = forms.ChoiceField(label=_("It is now"))
    on = day(_("Done on"), help_text=_("Of a completed action; empty: today."))
    why = forms.CharField(label=_("Why"), required=False, max_length=400)

    def __init__(self, *args: Any, states: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = states  # type: ignore[attr-defined]


class EffectForm(OfPlans):
    """What an action is expected to move."""

    lists = {"direction": "directions"}  # noqa: RUF012
    indicator = forms.ChoiceField(label=_("Indicator of the portrait"), required=False)
    words = forms.CharField(label=_("Or in your own words"), required=False, max_length=300)
    direction = forms.ChoiceField(label=_("Which way"))
    by_day = day(pgettext_lazy("day", "By"))
    why = lines(_("Why it would move"), most=2_000)

    def __init__(self, *args: Any, indicators: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("indicator", indicators)


class ReviseForm(EffectForm):
    """Another effect in the place of one that was expected."""

    number = number_of(_("In the place of"), required=True)
    field_order = ("number", "indicator", "words", "direction", "by_day", "why")

    def __init__(self, *args: Any, effects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("number", effects)
        self.fields["why"].label = _("Why it changes")


class ResultForm(OfPlans):
    """What was seen of an action."""

    lists = {"direction": "directions"}  # noqa: RUF012
    text = lines(_("What was seen"), required=True)
    seen_on = day(_("On"), required=True)
    seen_by = forms.CharField(label=_("Who saw it"), max_length=120, help_text=_("A post or an organisation, not a person’s name."))  # fmt: skip
    effect = number_of(_("Effect that it tells of"))
    direction = forms.ChoiceField(label=_("Which way it went"), required=False)
    link = forms.URLField(label=_("Web address of what shows it"), required=False, max_length=400, assume_scheme="https")  # fmt: skip

    source = number_of(_("Source of evidence that shows it"))

    def __init__(self, *args: Any, effects: Choices, sources: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("effect", effects)
        self.offer("source", sources)


class CorrectForm(ResultForm):
    """A result in the place of one that was written."""

    number = number_of(_("In the place of"), required=True)
    why = forms.CharField(label=_("Why the correction"), max_length=400)
    field_order = (
        "number",
        "text",
        "seen_on",
        "seen_by",
        "effect",
        "direction",
        "source",
        "link",
        "why",
    )

    def __init__(self, *args: Any, results: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("number", results)


class PartnerForm(forms.Form):
    """An organisation that has a part in an action."""

    record = number_of(_("In the directory"))
    name = forms.CharField(label=_("Name, where the directory does not know it"), required=False, max_length=200)  # fmt: skip
    does = forms.CharField(label=_("What it does"), required=False, max_length=400)

    def __init__(self, *args: Any, records: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].choices = [("", "—"), *records]  # type: ignore[attr-defined]


class PickForm(forms.Form):
    """One thing among those of several kinds: ``kind:number``."""

    what = forms.ChoiceField(label="")

    def __init__(self, *args: Any, label: Any, groups: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].label = label
        self.fields["what"].choices = groups  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """A plan and its cycle."""

    title = forms.CharField(label=_("Title"), max_length=200)
    starts = day(pgettext_lazy("plan", "From"))
    ends = day(pgettext_lazy("plan", "To"))


class PlanChange(Rewritten, PlanForm):
    """The title and the cycle of a plan that is begun."""


class AdoptForm(forms.Form):
    """The decision that adopts a plan."""

    decision = number_of(_("Decision of the register"))

    def __init__(self, *args: Any, decisions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [("", "—"), *decisions]  # type: ignore[attr-defined]
