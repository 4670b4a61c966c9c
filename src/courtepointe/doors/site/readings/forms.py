"""What people type of readings, replies and workshops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.gathering.deeds import NumberForm
from courtepointe.doors.site.readings.telling import offered
from courtepointe.doors.site.resilience.forms import Choices, several_lines
from courtepointe.doors.site.space.forms import Day
from courtepointe.people.consents import consent_texts
from courtepointe.people.lists import in_both
from courtepointe.portraits.readings.kinds import VOTED, data, words_of

MOST = 4_000


class ReadingForm(forms.Form):
    """A version of a reading."""

    number_view = several_lines(_("The numbers say…"), most=MOST)
    local_view = several_lines(_("People say…"), most=MOST)
    agreement = forms.ChoiceField(label=_("Do the two agree?"), widget=forms.RadioSelect)
    state = forms.ChoiceField(label=_("State of the dimension"), widget=forms.RadioSelect)
    text_fr = several_lines(_("What you read of both together, in French"), most=MOST)
    text_en = several_lines(_("What you read of both together, in English"), most=MOST)
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].choices = offered("agreements", lang=lang)  # type: ignore[attr-defined]
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (code, f"{name} – {about}")
            for (code, name), about in zip(offered("states", lang=lang), abouts(lang), strict=True)
        ]
        for name in ("text_fr", "text_en"):
            self.fields[name].help_text = _("Strengths first.")


def abouts(lang: str) -> list[str]:
    """Say what each state means."""
    return [in_both(entry, "about").in_(lang) for entry in data("states").values()]


class ValidateForm(NumberForm):
    """Who agreed to a version of a reading: the one that the page showed, by its number."""

    by_whom = forms.CharField(
        label=_("Group of people who agreed"),
        max_length=200,
        help_text=_("A group, never a person: “neighbourhood assembly”, “committee of tenants”."),
    )
    people = forms.IntegerField(label=_("How many they were"), required=False, min_value=1)
    on = forms.DateField(
        label=_("Day"),
        widget=Day,
        help_text=_("What the numbers say today is kept with it: neighbourhoods that read beside you see that, and no later figure."),
    )  # fmt: skip
    meeting = forms.TypedChoiceField(label=_("At which meeting"), required=False, coerce=int, empty_value=None)  # fmt: skip
    decision = forms.TypedChoiceField(label=_("By which decision"), required=False, coerce=int, empty_value=None)  # fmt: skip

    def __init__(self, *args: Any, meetings: Choices, decisions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, held in (("meeting", meetings), ("decision", decisions)):
            self.fields[name].choices = [("", "—"), *held]  # type: ignore[attr-defined]
            if not held:
                del self.fields[name]


class TakeBackForm(NumberForm):
    """Why a group's agreement is taken back: that to the version that the page showed, by its number."""

    why = forms.CharField(
        label=_("Why"),
        max_length=400,
        help_text=_("Kept in the history. Others are then shown the version validated before it, or nothing."),
    )  # fmt: skip


class ReplyForm(forms.Form):
    """What a resident answers."""

    about = forms.ChoiceField(
        label=_("What is answered"),
        choices=[("reading", _("The shared reading")), ("numbers", _("A figure"))],
    )
    text = forms.CharField(
        label=_("Reply"), max_length=1_500, widget=forms.Textarea(attrs={"rows": 3})
    )
    told_by = forms.CharField(
        label=_("In which role"),
        required=False,
        max_length=120,
        help_text=_("“tenant”, “parent”, “shopkeeper”: a role, never a name."),
    )
    agreed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = consent_texts()["reply"].last.words.in_(lang)


class JoinedReplyForm(ReplyForm):
    """What a participant answers from a telephone."""

    dimension = forms.ChoiceField(label=_("Dimension"))

    def __init__(self, *args: Any, dimensions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dimension"].choices = dimensions  # type: ignore[attr-defined]
        self.order_fields(["dimension"])


class DeclineForm(NumberForm):
    """Why a reply is not shown."""

    why = forms.CharField(label=_("Why it is not shown"), max_length=400)


class WorkshopForm(forms.Form):
    """A workshop to open."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("Telephones that join see it."),
    )


class HandsForm(forms.Form):
    """Hands counted for a dimension, typed afterwards."""

    dimension = forms.ChoiceField(label=_("Dimension"))

    def __init__(
        self, *args: Any, dimensions: Sequence[tuple[str, str]], lang: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dimension"].choices = dimensions  # type: ignore[attr-defined]
        words = words_of("states")
        for state in VOTED:
            self.fields[state] = forms.IntegerField(
                label=words[state].in_(lang), min_value=0, max_value=2_000, initial=0
            )


class NoteForm(forms.Form):
    """A note on a dimension, typed afterwards."""

    dimension = forms.ChoiceField(label=_("Dimension"))
    text = forms.CharField(
        label=_("Note"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, dimensions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dimension"].choices = dimensions  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """The code that is on the screen."""

    code = forms.CharField(label=_("Code on the screen"), max_length=20)
