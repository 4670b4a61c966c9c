"""What people type about personal information: requests, answers, incidents, exports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.space.forms import Day
from courtepointe.people.consents import consent_texts
from courtepointe.people.personal import closed_list, declared
from courtepointe.people.queries.incidents import IncidentTold


def _choices(table: Any, lang: str) -> list[tuple[str, str]]:
    return [(code, words.in_(lang)) for code, words in table.items()]


class AskForm(forms.Form):
    """What somebody asks for."""

    kind = forms.ChoiceField(label=_("What is asked"), choices=())
    detail = forms.CharField(
        label=_("Details, if useful"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = _choices(closed_list("requests"), lang)  # type: ignore[attr-defined]


class RequestForm(AskForm):
    """A request that came on paper, by telephone or by mail."""

    name = forms.CharField(label=_("Who asks"), max_length=120)
    contact = forms.CharField(
        label=_("E-mail address, telephone or volunteer’s code of that person"),
        required=False,
        max_length=254,
        help_text=_("With it, what is held on somebody without an account is looked for."),
    )
    received = forms.DateField(label=_("Received on"), widget=Day)
    field_order = ("kind", "name", "contact", "received", "detail")


class AnswerForm(forms.Form):
    """What was answered, or why it was refused."""

    reason = forms.CharField(
        label=_("What was answered, or why it is refused"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A refusal must say its reason; the person will read it."),
    )


class EraseForm(AnswerForm):
    """That the list was read and the person recognised, and what they are answered."""

    sure = forms.BooleanField(
        label=_("I read this list, and I made sure that this very person asks"),
        error_messages={"required": _("Nothing is destroyed until this box is ticked.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("What you answer the person")
        self.fields["reason"].help_text = ""


class SearchForm(forms.Form):
    """Whom to look for in what people wrote."""

    words = forms.CharField(
        label=_("Whom to look for"),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "A name, a pseudonym, a code, an address or part of a number, one a line. Accents and capital letters make no difference; a word is found by its beginning."
        ),
    )


class DoneForm(forms.Form):
    """What was done about what a search found."""

    search = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    done = forms.CharField(
        label=_("What was done"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Taken off, corrected, shown to the person, or left, and why."),
    )


def _text(*, required: bool = False) -> forms.CharField:
    return forms.CharField(
        required=required, max_length=4_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class IncidentForm(forms.Form):
    """A line of the register of incidents; its labels are those of the register."""

    discovered = forms.DateField(widget=Day)
    what = _text(required=True)
    happened = forms.CharField(required=False, max_length=200)
    data = _text()  # type: ignore[assignment]
    people_count = forms.IntegerField(required=False, min_value=0, max_value=1_000_000_000)
    sensitivity = _text()
    consequences = _text()
    likelihood = _text()
    is_serious = forms.TypedChoiceField(
        required=False,
        choices=(("", _("not judged yet")), ("no", _("no")), ("yes", _("yes"))),
        coerce=lambda told: told == "yes",
        empty_value=None,
    )
    cai_told = forms.DateField(required=False, widget=Day)
    people_told = forms.DateField(required=False, widget=Day)
    public_notice = _text()
    measures = _text()

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in closed_list("incident").items():
            told = words.in_(lang)
            self.fields[name].label = f"{told[:1].upper()}{told[1:]}"

    def told(self) -> IncidentTold:
        """Give the line as it is kept."""
        return IncidentTold(**self.cleaned_data)


def incident_begun(told: IncidentTold) -> dict[str, Any]:
    """Give what the form begins with for a line that is already there."""
    serious = {None: "", True: "yes", False: "no"}[told.is_serious]
    begun = {name: getattr(told, name) for name in IncidentForm.base_fields}
    return begun | {"is_serious": serious}


class ConsentForm(forms.Form):
    """A consent that was given on paper or by word of mouth."""

    text = forms.ChoiceField(label=_("What for"), choices=())
    who = forms.CharField(
        label=_("Who agrees"),
        max_length=200,
        help_text=_(
            "A pseudonym, a volunteer’s code or an address: no name is needed. By the same words they are found again when they ask."
        ),
    )
    covers = forms.CharField(
        label=_("What it covers"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "In the words of the paper. For example: the photographs of the party of 12 May."
        ),
    )
    how = forms.ChoiceField(
        label=_("How it was given"),
        choices=[("written", _("on paper")), ("spoken", _("by word of mouth, before a witness"))],
    )
    kept_at = forms.CharField(
        label=_("Where the paper is kept"),
        required=False,
        max_length=200,
        help_text=_("Needed where it was given on paper."),
    )
    witness = forms.CharField(
        label=_("Before whom"),
        required=False,
        max_length=200,
        help_text=_("Needed where it was spoken. A role rather than a name."),
    )
    given = forms.DateField(label=_("Given on"), widget=Day)
    until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=Day,
        help_text=_("The day after, what rests on it ends as if the person had withdrawn."),
    )
    by_guardian = forms.BooleanField(label=_("By a parent or guardian"), required=False)

    def __init__(self, *args: Any, lang: str, offered: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {code: text.name for code, text in consent_texts().items() if code in {*offered}}
        self.fields["text"].choices = _choices(names, lang)  # type: ignore[attr-defined]


class ExportForm(forms.Form):
    """A list of contacts to take away, and why."""

    what = forms.ChoiceField(label=_("Which list"), choices=())
    why = forms.CharField(
        label=_("What for"),
        max_length=500,
        help_text=_("The second person reads it before they agree."),
    )

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = {code: one.name for code, one in declared().exports.items()}
        self.fields["what"].choices = _choices(lists, lang)  # type: ignore[attr-defined]
