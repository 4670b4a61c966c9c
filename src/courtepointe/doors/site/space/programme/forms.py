"""What people type in the pages of the path. Fields bear the names of the records that they fill."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.space.forms import Day
from courtepointe.engagement.programme.exports import chosen
from courtepointe.engagement.programme.path import choices, strands
from courtepointe.press.words import typeset


def line(label: Any, *, most: int, needed: bool = True, hint: Any = "") -> forms.CharField:  # fmt: skip
    """Give a line of text."""
    return forms.CharField(label=label, max_length=most, required=needed, help_text=hint)


def lines(label: Any, *, needed: bool = False, rows: int = 3, hint: Any = "") -> forms.CharField:  # fmt: skip
    """Give a text of some lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=4_000, required=needed, widget=widget, help_text=hint
    )


def day(label: Any, *, needed: bool = False, hint: Any = "") -> forms.DateField:
    """Give a day."""
    return forms.DateField(label=label, required=needed, widget=Day, help_text=hint)


def pick(label: Any, *, needed: bool = True, hint: Any = "") -> forms.ChoiceField:  # fmt: skip
    """Give one choice of a list of the programme."""
    return forms.ChoiceField(label=label, choices=(), required=needed, help_text=hint)


def count(label: Any) -> forms.IntegerField:
    """Give a count of people or organisations; empty where nobody counted."""
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=1_000_000)


class Told(forms.Form):
    """A form whose choices are read in the page's language."""

    LISTS: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, list_name in self.LISTS.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            told = [(code, chosen(list_name, code, lang=lang)) for code in choices(list_name)]
            field.choices = told if field.required else [("", "—"), *told]


class RunForm(Told):
    """A run of the programme."""

    name = line(_("Name of the run"), most=160, hint=_("The programme and its years."))
    starts = day(_("First day"), needed=True)
    ends = day(_("Last day"), needed=True)
    note = lines(_("What it is for"), rows=2)


class BeginForm(RunForm):
    """The first step: a run begins."""

    usual_dates = forms.BooleanField(
        label=_("Lay the usual dates"),
        required=False,
        help_text=_(
            "A day for each stage and seven phases, spread over the run; all can be moved."
        ),
    )


class CloseForm(Told):
    """The end of a run."""

    on = day(_("Closed on"), needed=True)


class OwnStageForm(Told):
    """A stage that only this sector has."""

    title = line(_("Name of the stage"), most=160)
    strand = forms.ChoiceField(label=_("Strand"), choices=())
    asks = lines(_("What it asks for"), rows=2)
    due = day(_("Due"))

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, lang=lang, **kwargs)
        told = [(code, typeset(one.title.in_(lang), lang=lang)) for code, one in strands().items()]
        self.fields["strand"].choices = told  # type: ignore[attr-defined]


class StageForm(Told):
    """A stage's days, who carries it, what proves it."""

    LISTS: ClassVar[dict[str, str]] = {"carrier": "carriers"}
    due = day(_("Due"))
    carrier = pick(_("Carried by"), needed=False, hint=_("A role, never a name."))
    began = day(_("Began on"))
    done_on = day(_("Done on"))
    evidence = lines(
        _("What shows it"),
        rows=2,
        hint=_("An address, or where the document is kept. No name of a resident."),
    )


class OwnStageChangeForm(StageForm):
    """The same, and the words of a stage of the sector's own."""

    title = line(_("Name of the stage"), most=160)
    asks = lines(_("What it asks for"), rows=2)
    field_order = ("title", "asks")


class AsideForm(Told):
    """Why a stage is set aside."""

    why = line(_("Why it is set aside"), most=500)


class NewsForm(Told):
    """A note of what happened."""

    on = day(_("When"), needed=True)
    text = lines(
        _("What happened"),
        needed=True,
        hint=_("Notes are added and never erased. Counts and roles rather than names."),
    )


class PhaseForm(Told):
    """A phase, planned and as it was."""

    title = line(_("Name of the phase"), most=160)
    starts = day(_("Planned start"), needed=True)
    ends = day(_("Planned end"), needed=True)
    began = day(_("Actual start"))
    ended = day(_("Actual end"))
    note = lines(_("Note"), rows=2)


class CommunicationForm(Told):
    """A line of the communications plan."""

    LISTS: ClassVar[dict[str, str]] = {
        "audience": "audiences",
        "channel": "channels",
        "languages": "languages",
        "carrier": "carriers",
        "state": "communication_states",
    }
    message = lines(_("Message"), needed=True, rows=2, hint=_("One thing to understand or to do."))
    audience = pick(_("For whom"))
    channel = pick(_("Channel"))
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=(), widget=forms.CheckboxSelectMultiple
    )
    on = day(_("Planned date"))
    carrier = pick(_("Carried by"), needed=False, hint=_("A role, never a name."))
    state = pick(_("State"))
    sent_on = day(_("Sent on"))
    seen_after = lines(
        _("What was seen after"), hint=_("Who came, who called, what was misunderstood, what changed.")
    )  # fmt: skip

    def clean_languages(self) -> tuple[str, ...]:
        """Give the languages as the record holds them."""
        return tuple(self.cleaned_data["languages"])


class TransferForm(Told):
    """What is handed on to another neighbourhood."""

    LISTS: ClassVar[dict[str, str]] = {"way": "ways", "state": "transfer_states"}
    what = line(_("What is handed on"), most=200)
    to_whom = line(_("To whom"), most=200, hint=_("A neighbourhood, a table, an organisation."))
    way = pick(_("How"))
    on = day(_("Date"))
    state = pick(_("State"))
    outcome = lines(_("What came of it"))
    lesson = lines(_("What we learnt"), hint=_("What another neighbourhood should know first."))


class QuestionForm(Told):
    """A question that the evaluation answers."""

    LISTS: ClassVar[dict[str, str]] = {
        "method": "methods",
        "carrier": "carriers",
        "state": "question_states",
    }
    text = line(_("Question"), most=300)
    users = line(_("Who will use the answer"), most=200)
    use = line(_("For which decision"), most=300)
    method = pick(_("Method"))
    on = day(_("Answer expected on"))
    carrier = pick(_("Carried by"), needed=False, hint=_("A role, never a name."))
    state = pick(_("State"))


class FindingForm(Told):
    """What the evaluation found."""

    LISTS: ClassVar[dict[str, str]] = {"strength": "strengths", "state": "finding_states"}
    text = lines(_("Finding"), needed=True, rows=2)
    strength = pick(_("What it rests on"))
    changes = lines(_("What it changes"), rows=2)
    state = pick(_("State"))
    on = day(_("When"), needed=True)


class RiskForm(Told):
    """What could keep the programme from its aim."""

    LISTS: ClassVar[dict[str, str]] = {
        "chance": "chances",
        "weight": "weights",
        "carrier": "carriers",
        "state": "risk_states",
    }
    text = line(_("What could happen"), most=300)
    chance = pick(_("Chance"))
    weight = pick(_("Consequence"))
    response = lines(_("What we do about it"), rows=2)
    carrier = pick(_("Carried by"), needed=False, hint=_("A role, never a name."))
    review_on = day(_("Seen again on"))
    state = pick(_("State"))


class AchievementForm(Told):
    """What was achieved and celebrated."""

    LISTS: ClassVar[dict[str, str]] = {"visibility": "visibilities"}
    title = line(_("What was achieved"), most=160)
    text = lines(_("In a few sentences"), hint=_("Name groups and organisations; name a person only if they asked for it."))  # fmt: skip
    on = day(_("When"), needed=True)
    residents = count(_("Residents who took part"))
    volunteers = count(_("Volunteers"))
    organisations = count(_("Organisations"))
    celebrated = lines(_("How it was celebrated"), rows=2)
    celebrated_on = day(_("Celebrated on"))
    visibility = pick(
        _("Who sees it"), hint=_("Outside of the workspace, a count of people under five is hidden: leave it out of the sentences too.")
    )  # fmt: skip
