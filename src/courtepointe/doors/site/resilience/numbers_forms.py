"""What people type of indicators and observations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.numbers_typed import TypedNumber
from courtepointe.doors.site.resilience.telling import quantity
from courtepointe.portraits.resilience.framework import Dimension, data, groups, words_of
from courtepointe.portraits.resilience.suggested import ATLAS, KNOWN, SURVEY, Suggested

MOST = 1e12
Choices = Sequence[tuple[str, Any]]
POLARITIES = ((1, _("More is better")), (-1, _("Less is better")))
ASSETS = (("asset", _("What is there")), ("lack", _("What weighs on people")))


WHENCE = {
    ATLAS: _("the atlas counts it"),
    SURVEY: _("a survey will tell it"),
    KNOWN: _("this workspace counts it"),
}


def _number(label: Any, *, required: bool = False, **more: Any) -> TypedNumber:
    return TypedNumber(label=label, required=required, min_value=-MOST, max_value=MOST, **more)


def _line(label: Any, *, required: bool = False, most: int = 200, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=most, **more)


def _choices(name: str, lang: str, *, typed: bool = False) -> list[tuple[str, str]]:
    held = data(name)
    return [(code, words.in_(lang)) for code, words in words_of(name).items() if not typed or held[code]["typed"]]  # fmt: skip


def _whence(one: Suggested) -> Any:
    """Say who gives the figures of a suggestion: what the atlas counts comes with one press."""
    kind = one.source.partition(":")[0]
    return WHENCE.get(kind, _("for you to find out"))


class ChooseForm(forms.Form):
    """Suggestions, ticked: a field a dimension; together they are ``codes``."""

    def __init__(self, *args: Any, some: Sequence[Suggested], names: dict[str, str], lang: str, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        by: dict[str, list[tuple[str, str]]] = {}
        for one in some:
            kind = _("what is there") if one.asset else _("what weighs on people")
            label = f"{one.name.in_(lang)} – {kind} · {_whence(one)}"
            by.setdefault(one.dimension, []).append((one.code, label))
        for code, choices in by.items():
            self.fields[f"codes_{code}"] = forms.MultipleChoiceField(
                label=names[code], choices=choices, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Put what was ticked together; nothing ticked is said."""
        typed = super().clean() or {}
        codes = [code for ticked in typed.values() for code in ticked]
        if not codes and not self.errors:
            raise forms.ValidationError(_("Tick at least one indicator."))
        return {"codes": codes}


class LeaveSuggestionForm(forms.Form):
    """A suggestion that does not suit the neighbourhood, and why."""

    code = forms.ChoiceField(label=_("Indicator"))
    why = _line(_("Why"), required=True, most=400, help_text=_("The portrait tells it."))

    def __init__(self, *args: Any, some: Sequence[Suggested], lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(one.code, one.name.in_(lang)) for one in some]  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """Why an indicator is left out."""

    why = _line(_("Why"), required=True, most=400, help_text=_("The portrait tells it."))


class OwnIndicatorForm(forms.Form):
    """An indicator of the neighbourhood's own."""

    where = forms.ChoiceField(label=_("Stands in"))
    name_fr = _line(_("Name in French"), required=True)
    name_en = _line(_("Name in English"))
    question_fr = _line(_("The question that it answers, in French"), most=400)
    question_en = _line(_("The question that it answers, in English"), most=400)
    kind = forms.ChoiceField(label=_("Where it comes from"))
    tells = forms.ChoiceField(label=_("It tells of"), choices=ASSETS)
    unit = forms.ChoiceField(label=_("Unit"))
    base = forms.ChoiceField(label=_("Of whom, or of what"))
    polarity = forms.TypedChoiceField(label=_("Direction"), choices=POLARITIES, coerce=int)
    low = _number(_("Low goalpost"), required=True)
    high = _number(_("High goalpost"), required=True, help_text=_("They say what 0 and 100 mean, and stay between editions."))  # fmt: skip
    why_fr = _line(_("Why these goalposts, in French"), required=True, most=400)
    why_en = _line(_("Why these goalposts, in English"), most=400)
    refreshed = forms.ChoiceField(label=_("How often it can be read again"))

    def __init__(self, *args: Any, dimensions: Sequence[Dimension], lang: str, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for name, of in (("kind", "kinds"), ("unit", "units"), ("base", "bases"), ("refreshed", "refreshed")):  # fmt: skip
            self.fields[name].choices = _choices(of, lang)  # type: ignore[attr-defined]
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            (one.name.in_(lang), [(f"{one.code}/", one.name.in_(lang)), *((f"{one.code}/{part.code}", part.name.in_(lang)) for part in one.parts)])
            for one in dimensions
        ]  # fmt: skip


class PostsForm(forms.Form):
    """Other goalposts, and why."""

    low = _number(_("Low goalpost"), required=True)
    high = _number(_("High goalpost"), required=True)
    polarity = forms.TypedChoiceField(label=_("Direction"), choices=POLARITIES, coerce=int)
    why_fr = _line(_("Why, in French"), required=True, most=400)
    why_en = _line(_("Why, in English"), most=400)


class WeightForm(forms.Form):
    """How much an indicator weighs among those of its part."""

    weight = TypedNumber(label=_("Weight"), min_value=0, max_value=10, help_text=_("From 0 to 10, among the indicators of its part; parts weigh alike."))  # fmt: skip


class ObserveForm(forms.Form):
    """What somebody found of an indicator."""

    period = _line(_("Period"), required=True, most=40, help_text=_("A year (2026), a month (2026-05) or a day (2026-05-31)."))  # fmt: skip
    group = forms.ChoiceField(label=_("Of whom"), required=False)
    status = forms.ChoiceField(label=_("What is known"))
    value = _number(_("Value"))
    numerator = _number(_("Part"), help_text=_("For a share: how many, of how many. The share follows from the two."))  # fmt: skip
    denominator = _number(_("Whole"))
    interval = forms.ChoiceField(label=_("How sure it is"))
    low = _number(_("Low end of the interval"))
    high = _number(_("High end of the interval"))
    source = _line(_("Source"), required=True, most=400, help_text=_("Who counted, where it is written."))  # fmt: skip

    def __init__(self, *args: Any, lang: str, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = words_of("units")[unit].in_(lang)
        everybody = ("", _("Everybody"))
        self.fields["group"].choices = [everybody, *((code, one.name.in_(lang)) for code, one in groups().items())]  # type: ignore[attr-defined]  # fmt: skip
        self.fields["status"].choices = _choices("statuses", lang, typed=True)[::-1]  # type: ignore[attr-defined]
        self.fields["interval"].choices = _choices("intervals", lang, typed=True)  # type: ignore[attr-defined]


def posts_line(low: float, high: float, unit: str, *, lang: str) -> str:
    """Write a pair of goalposts."""
    ends = {"low": quantity(low, unit, lang=lang), "high": quantity(high, unit, lang=lang)}
    return gettext("%(low)s to %(high)s") % ends
