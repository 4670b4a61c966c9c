"""What people type about committees, meetings and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.gathering.words import offered
from courtepointe.doors.site.space.forms import Day
from courtepointe.engagement.values.meetings import CandidateSeen, ElectionSeen, PresenceSeen


class Hour(forms.TimeInput):
    """An hour, picked in the browser's own way."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class Worded(forms.Form):
    """A form whose choices are words of lists: ``lists`` says which field takes which."""

    lists: dict[str, str] = {}  # noqa: RUF012

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, of in self.lists.items():
            field = self.fields[name]
            blank = (
                []
                if field.required or isinstance(field, forms.MultipleChoiceField)
                else [("", "—")]
            )
            field.choices = [*blank, *offered(of, lang=lang)]  # type: ignore[attr-defined]


class Timed(Worded):
    """A form with a day and two hours; they are cleaned as ``starts`` and ``ends``."""

    day = forms.DateField(label=_("Day"), widget=Day)
    from_hour = forms.TimeField(label=_("From"), widget=Hour)
    to_hour = forms.TimeField(label=_("To"), widget=Hour, help_text=_("An hour before the first is of the next day."))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Join the day and the hours, in the site's zone."""
        typed = super().clean() or {}
        if {"day", "from_hour", "to_hour"} <= typed.keys():
            zone = get_current_timezone()
            typed["starts"] = datetime.combine(typed["day"], typed["from_hour"], tzinfo=zone)
            ends = datetime.combine(typed["day"], typed["to_hour"], tzinfo=zone)
            typed["ends"] = ends if ends > typed["starts"] else ends + timedelta(days=1)
        return typed


def timed_initial(starts: datetime, ends: datetime) -> dict[str, Any]:
    """Give the day and the hours of a moment as a form begins with them."""
    first, last = localtime(starts), localtime(ends)
    return {"day": first.date(), "from_hour": first.time(), "to_hour": last.time()}


def words_field(label: Any, *, rows: int = 3, required: bool = False, most: int = 5_000, **more: Any) -> forms.CharField:  # fmt: skip
    """Make a field of several lines."""
    return forms.CharField(label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)  # fmt: skip


class CommitteeForm(Worded):
    """A committee."""

    lists = {"kind": "committees"}  # noqa: RUF012
    kind = forms.ChoiceField(label=_("Kind"))
    name = forms.CharField(label=_("Name"), max_length=200)
    purpose = words_field(_("What it is for"))
    begins = forms.DateField(label=_("Since"), widget=Day)
    quorum_percent = forms.IntegerField(
        label=_("Quorum, in percent of the voting seats"), required=False, min_value=0, max_value=100,
        help_text=_("Empty for the custom of its kind, 0 for none. 50 means more than half."),
    )  # fmt: skip


class SeatForm(Worded):
    """A seat of a committee."""

    lists = {"role": "seat_roles"}  # noqa: RUF012
    organisation = forms.CharField(label=_("Organisation"), required=False, max_length=200)
    person = forms.CharField(
        label=_("Person"), required=False, max_length=120,
        help_text=_("Only where the person agreed that the members read it. The organisation alone is enough."),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("Role"), initial="member")
    votes = forms.BooleanField(label=_("Has a vote"), required=False, initial=True)
    since = forms.DateField(label=_("Since"), widget=Day)
    until = forms.DateField(label=_("Until"), required=False, widget=Day)


class LastDayForm(forms.Form):
    """The last day of something, and why it ends."""

    on = forms.DateField(label=_("Last day"), widget=Day)
    why = forms.CharField(label=_("Why"), required=False, max_length=400)


class ElectionForm(forms.Form):
    """An election to call."""

    title = forms.CharField(label=_("What is elected"), max_length=200)
    seats_open = forms.IntegerField(label=_("Seats to fill"), min_value=1, max_value=100, initial=1)
    on = forms.DateField(label=_("Day"), widget=Day)
    quorum = forms.IntegerField(label=_("Quorum, in people present"), min_value=0, initial=0)


class CandidateForm(forms.Form):
    """Somebody who stands."""

    name = forms.CharField(label=_("Name"), max_length=120)
    organisation = forms.CharField(label=_("Organisation"), required=False, max_length=200)


class CountForm(forms.Form):
    """What was counted: totals, and the votes of each."""

    eligible = forms.IntegerField(label=_("People who may vote"), min_value=0)
    present = forms.IntegerField(label=_("People present"), min_value=0)
    cast = forms.IntegerField(label=_("Ballots cast"), min_value=0)
    spoiled = forms.IntegerField(label=_("Ballots spoiled"), min_value=0, initial=0)

    def __init__(self, *args: Any, election: ElectionSeen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(election.candidates) > election.seats_open:
            for one in election.candidates:
                self.fields[f"votes_{one.number}"] = forms.IntegerField(label=one.name, min_value=0)


class TieForm(forms.Form):
    """How a tie was settled."""

    elected = forms.MultipleChoiceField(label=_("Elected"), widget=forms.CheckboxSelectMultiple)
    why = forms.CharField(label=_("How it was settled"), max_length=400)

    def __init__(self, *args: Any, tied: Iterable[CandidateSeen], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["elected"].choices = [(str(c.number), c.name) for c in tied]  # type: ignore[attr-defined]


class TermForm(Worded):
    """The term of those who were elected."""

    lists = {"role": "seat_roles"}  # noqa: RUF012
    role = forms.ChoiceField(label=_("Role"), initial="member")
    since = forms.DateField(label=_("Since"), widget=Day)
    until = forms.DateField(label=_("Until"), required=False, widget=Day)


class MeetingForm(Timed):
    """A meeting."""

    lists = {"kind": "meetings"}  # noqa: RUF012
    kind = forms.ChoiceField(label=_("Kind"))
    committee = forms.TypedChoiceField(label=_("Committee"), required=False, coerce=int, empty_value=None)  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=200)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    access = words_field(_("To take part"), rows=2, most=2_000, help_text=_("Step-free access, interpretation, childcare, how to join from afar."))  # fmt: skip
    field_order = ("kind", "committee", "title", "day", "from_hour", "to_hour", "place", "access")

    def __init__(self, *args: Any, committees: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].choices = [("", "—"), *committees]  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """An item of an agenda, with its part of the minutes."""

    title = forms.CharField(label=_("Item"), max_length=200)
    length_min = forms.IntegerField(label=_("Length, in minutes"), min_value=0, max_value=1_440, initial=0)  # fmt: skip
    led_by = forms.CharField(label=_("Led by"), required=False, max_length=120)
    notes = words_field(_("Notes"), most=20_000)


class PresenceForm(forms.Form):
    """Which seats were there, and how many guests."""

    guests = forms.IntegerField(label=_("Guests"), min_value=0, max_value=10_000)

    def __init__(self, *args: Any, presence: Iterable[PresenceSeen], words: dict[str, str], **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        told = [(code, words[code]) for code in ("expected", "present", "excused", "absent")]
        for one in presence:
            self.fields[f"seat_{one.seat.number}"] = forms.ChoiceField(
                label=one.seat.name, choices=told, initial=one.status
            )


class MinutesForm(forms.Form):
    """The minutes of a meeting."""

    minutes = words_field(_("Minutes"), rows=10, most=100_000)


class WhyForm(forms.Form):
    """Why something is called off."""

    why = forms.CharField(label=_("Why"), required=False, max_length=400)


class DecisionForm(forms.Form):
    """A decision."""

    text = words_field(_("What is decided"), required=True)
    changes = words_field(_("What it changes"), rows=2, most=2_000, help_text=_("In the plan, in what is done, in who does it."))  # fmt: skip
    taken = forms.DateField(label=_("Taken on"), widget=Day)
    review = forms.DateField(label=_("Look at it again on"), required=False, widget=Day)


class KeepForm(forms.Form):
    """A decision was looked at and holds."""

    review = forms.DateField(label=_("Look at it again on"), required=False, widget=Day)
    why = forms.CharField(label=_("Why it holds"), required=False, max_length=400)


class EndDecisionForm(forms.Form):
    """A decision ends."""

    on = forms.DateField(label=_("Last day"), widget=Day)
    why = words_field(_("Why"), required=True, rows=2, most=2_000)


def committee_choices(names: dict[int, str]) -> list[tuple[str, str]]:
    """Give committees as choices."""
    return [(str(number), name) for number, name in names.items()]
