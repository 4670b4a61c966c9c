"""What people type about activities, trainings, volunteers and missions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.gathering.forms import Timed, Worded, words_field
from courtepointe.doors.site.numbers_typed import TypedDecimal
from courtepointe.doors.site.space.forms import Day
from courtepointe.engagement.kinds import Need, catalogue, needs
from courtepointe.engagement.values.activities import NeedTold

Boxes = forms.CheckboxSelectMultiple


class ActivityForm(Timed):
    """An activity."""

    lists = {"kind": "activities", "needs": "needs"}  # noqa: RUF012
    kind = forms.ChoiceField(label=_("Kind"))
    theme = forms.CharField(label=_("Theme"), required=False, max_length=120)
    title = forms.CharField(label=_("Title"), max_length=200)
    text = words_field(_("What it is"))
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    access = words_field(_("To take part"), rows=2, most=2_000, help_text=_("Step-free access, interpretation, childcare, how to join from afar."))  # fmt: skip
    places = forms.IntegerField(label=_("Places"), required=False, min_value=1, help_text=_("Empty where there is no limit."))  # fmt: skip
    needs = forms.MultipleChoiceField(label=_("Needs to ask about"), required=False, widget=Boxes)
    is_open = forms.BooleanField(label=_("Anybody with the link may register"), required=False)
    field_order = ("kind", "theme", "title", "text", "day", "from_hour", "to_hour", "place", "access", "places", "needs", "is_open")  # fmt: skip


class AttendanceForm(forms.Form):
    """How many came, by group."""

    def __init__(self, *args: Any, groups: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in groups.items():
            self.fields[code] = forms.IntegerField(label=name.capitalize(), min_value=0, required=False)  # fmt: skip


class CostForm(Worded):
    """A cost, planned, actual or both."""

    lists = {"kind": "costs"}  # noqa: RUF012
    kind = forms.ChoiceField(label=_("Kind"))
    what = forms.CharField(label=_("What"), required=False, max_length=200)
    planned_cad = TypedDecimal(label=_("Planned, in dollars"), required=False, max_digits=11, decimal_places=2)  # fmt: skip
    actual_cad = TypedDecimal(label=_("Actual, in dollars"), required=False, max_digits=11, decimal_places=2)  # fmt: skip


class ComeForm(forms.Form):
    """Somebody registers: as little as can be."""

    name = forms.CharField(label=_("First name or nickname"), max_length=60)
    people = forms.IntegerField(label=_("How many people, you included"), min_value=1, max_value=30, initial=1)  # fmt: skip

    def __init__(self, *args: Any, asked: tuple[str, ...], languages: list[tuple[str, str]], lang: str, text: str, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.asked = [needs()[code] for code in asked if code in needs()]
        for need in self.asked:
            self._add(need, languages, lang)
        self.fields["agrees"] = forms.BooleanField(label=text)

    def _add(self, need: Need, languages: list[tuple[str, str]], lang: str) -> None:
        label = need.name.in_(lang).capitalize()
        told = _("how many children") if need.counts == "children" else _("for how many people")
        self.fields[f"need_{need.code}"] = forms.IntegerField(label=f"{label} – {told}", required=False, min_value=0, max_value=30)  # fmt: skip
        if need.per_language:
            of = _("in which language")
            self.fields[f"language_{need.code}"] = forms.ChoiceField(label=f"{label} – {of}", required=False, choices=[("", "—"), *languages])  # fmt: skip

    def needs_told(self) -> tuple[NeedTold, ...]:
        """Give what is needed; a count of 0 is no need."""
        held = self.cleaned_data
        return tuple(
            NeedTold(need.code, held[f"need_{need.code}"], held.get(f"language_{need.code}", ""))
            for need in self.asked
            if held.get(f"need_{need.code}")
        )


class OfferForm(forms.Form):
    """A training of the catalogue."""

    code = forms.ChoiceField(label=_("Training"))

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(code, one.title.in_(lang)) for code, one in catalogue().items()]
        self.fields["code"].choices = told  # type: ignore[attr-defined]


class CourseForm(Worded):
    """A training of one's own."""

    lists = {"level": "levels"}  # noqa: RUF012
    title_fr = forms.CharField(label=_("Title in French"), required=False, max_length=200)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=200)
    level = forms.ChoiceField(label=_("Level"))
    hours = TypedDecimal(label=_("Hours"), min_value=0, max_digits=4, decimal_places=1)
    months = forms.IntegerField(label=_("Months that an attestation holds"), min_value=0, max_value=240, initial=0, help_text=_("0 where it does not expire."))  # fmt: skip


class SessionForm(Timed):
    """A session of a training."""

    lists = {"language": "languages"}  # noqa: RUF012
    course = forms.TypedChoiceField(label=_("Training"), coerce=int)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    access = words_field(_("To take part"), rows=2, most=2_000)
    language = forms.ChoiceField(label=_("Language"), initial="fr")
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=2_000, initial=20)
    field_order = ("course", "day", "from_hour", "to_hour", "place", "access", "language", "places")

    def __init__(self, *args: Any, courses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = courses  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """A volunteer's code."""

    code = forms.CharField(label=_("Volunteer’s code"), max_length=12)


class CameForm(forms.Form):
    """Who came to a session."""

    came = forms.MultipleChoiceField(label=_("Who came"), required=False, widget=Boxes)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = people  # type: ignore[attr-defined]


class IssueForm(forms.Form):
    """The day of issue."""

    issued = forms.DateField(label=_("Issued on"), widget=Day)


class NameForm(forms.Form):
    """A name for one paper: it is printed and not kept."""

    name = forms.CharField(label=_("Name to print"), required=False, max_length=120, help_text=_("Only if the person asks for it. It is printed and not kept."))  # fmt: skip


class VerifyForm(forms.Form):
    """A code to check."""

    code = forms.CharField(label=_("Code of the attestation"), max_length=40)


class VolunteerForm(Worded):
    """What a volunteer says of themselves."""

    lists = {"skills": "skills", "languages": "languages", "slots": "slots"}  # noqa: RUF012
    zone = forms.ChoiceField(label=_("Zone"), required=False)
    skills = forms.MultipleChoiceField(label=_("Skills"), required=False, widget=Boxes)
    languages = forms.MultipleChoiceField(label=_("Languages"), required=False, widget=Boxes)
    slots = forms.MultipleChoiceField(label=_("When"), required=False, widget=Boxes)

    def __init__(self, *args: Any, zones: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [("", "—"), *zones]  # type: ignore[attr-defined]


class NewVolunteerForm(VolunteerForm):
    """A volunteer to keep, who agreed."""

    contact = forms.CharField(label=_("How to reach them"), required=False, max_length=254, help_text=_("Encrypted; seen only by those with the right to contacts."))  # fmt: skip

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreed = _("The person read this text, or heard it, and agreed:")
        self.fields["agrees"] = forms.BooleanField(label=f"{agreed} {text}")


class ContactForm(forms.Form):
    """How to reach a volunteer."""

    contact = forms.CharField(label=_("How to reach them"), required=False, max_length=254, help_text=_("Empty to remove it for good."))  # fmt: skip


class SureForm(forms.Form):
    """What cannot be given back is not one click away."""

    sure = forms.BooleanField(label=_("I know that nothing of it can be given back"))


class ZoneForm(forms.Form):
    """A zone."""

    name = forms.CharField(label=_("Name of the zone"), max_length=120)
    touches = forms.MultipleChoiceField(label=_("It touches"), required=False, widget=Boxes)

    def __init__(self, *args: Any, zones: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["touches"].choices = zones  # type: ignore[attr-defined]


class PivotForm(Worded):
    """A role of pivot citizen."""

    lists = {"role": "pivot_roles"}  # noqa: RUF012
    role = forms.ChoiceField(label=_("Role"))
    since = forms.DateField(label=_("Since"), widget=Day)


class ThanksForm(Worded):
    """Thanks that are given."""

    lists = {"kind": "recognitions"}  # noqa: RUF012
    kind = forms.ChoiceField(label=_("How"))
    text = forms.CharField(label=_("What for"), required=False, max_length=400)


class MissionForm(Timed):
    """A mission."""

    lists = {"skills": "skills"}  # noqa: RUF012
    title = forms.CharField(label=_("What to do"), max_length=200)
    text = words_field(_("How, and what to bring"))
    zone = forms.TypedChoiceField(label=_("Zone"), required=False, coerce=int, empty_value=None)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    people_needed = forms.IntegerField(label=_("People needed"), min_value=1, max_value=10_000)
    skills = forms.MultipleChoiceField(label=_("Skills"), required=False, widget=Boxes)
    field_order = ("title", "text", "day", "from_hour", "to_hour", "zone", "place", "people_needed", "skills")  # fmt: skip

    def __init__(self, *args: Any, zones: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [("", "—"), *zones]  # type: ignore[attr-defined]


class CameCountForm(forms.Form):
    """How many came to a mission."""

    people_came = forms.IntegerField(label=_("How many came"), min_value=0, max_value=10_000)


class CallForm(Worded):
    """A call to volunteers."""

    lists = {"skills": "skills", "languages": "languages", "slots": "slots"}  # noqa: RUF012
    skills = forms.MultipleChoiceField(label=_("Skills"), required=False, widget=Boxes)
    any_skill = forms.BooleanField(label=_("One of these skills is enough"), required=False)
    languages = forms.MultipleChoiceField(label=_("One of these languages"), required=False, widget=Boxes)  # fmt: skip
    slots = forms.MultipleChoiceField(label=_("At one of these times"), required=False, widget=Boxes)  # fmt: skip
    zone = forms.TypedChoiceField(label=_("Zone"), required=False, coerce=int, empty_value=None)
    steps = forms.IntegerField(label=_("How many zones further"), min_value=0, max_value=10, initial=0)  # fmt: skip
    most = forms.IntegerField(label=_("How many to call at most"), min_value=1, max_value=2_000, initial=20)  # fmt: skip

    def __init__(self, *args: Any, zones: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [("", "—"), *zones]  # type: ignore[attr-defined]


class FeedForm(forms.Form):
    """An address of the calendar to give."""

    label = forms.CharField(label=_("What it is for"), max_length=120, help_text=_("My telephone, the screen of the hall…"))  # fmt: skip
