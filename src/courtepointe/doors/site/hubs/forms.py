"""What people type about hubs and what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.core.power_by_hour import Use
from courtepointe.doors.site.hubs.telling import capital
from courtepointe.doors.site.numbers_typed import TypedNumber
from courtepointe.doors.site.space.forms import Day
from courtepointe.hubs.kinds import words_of
from courtepointe.hubs.values import NewUse

Choices = Sequence[tuple[str, str]]


def worded(words: Mapping[str, Words], *, lang: str) -> list[tuple[str, str]]:
    """Give codes and words as choices, each with a capital."""
    return [(code, capital(one.in_(lang))) for code, one in words.items()]


def offered(name: str, *, lang: str) -> list[tuple[str, str]]:
    """Give the codes and words of a list of hubs as choices."""
    return worded(words_of(name), lang=lang)


class Listed(forms.Form):
    """A form whose choices are words of lists: ``lists`` says which field takes which, ``words_in`` whose."""

    lists: dict[str, str] = {}  # noqa: RUF012
    words_in = staticmethod(words_of)

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, of in self.lists.items():
            self.offer(name, worded(self.words_in(of), lang=lang))

    def offer(self, name: str, choices: Choices) -> None:
        """Give a field its choices; one that is not required may stay empty."""
        field = self.fields[name]
        blank = [] if field.required else [("", "—")]
        field.choices = [*blank, *choices]  # type: ignore[attr-defined]


def number_of(label: Any, *, required: bool = False) -> forms.TypedChoiceField:
    """Make a field that picks a row by its number."""
    return forms.TypedChoiceField(label=label, required=required, coerce=int, empty_value=None)


def lines(label: Any, *, required: bool = False, most: int = 4_000, help_text: Any = "") -> forms.CharField:  # fmt: skip
    """Make a field of several lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=required, max_length=most, widget=area, help_text=help_text)  # fmt: skip


def amount(label: Any, *, most: float = 100_000, help_text: Any = "") -> TypedNumber:
    """Make a field of a quantity that may not be known."""
    return TypedNumber(label=label, required=False, min_value=0, max_value=most, help_text=help_text)  # fmt: skip


def count(label: Any, *, required: bool = True, least: int = 0, most: int = 100_000) -> forms.IntegerField:  # fmt: skip
    """Make a field of a count."""
    return forms.IntegerField(label=label, required=required, min_value=least, max_value=most)


class HubForm(Listed):
    """A hub."""

    lists = {"form": "forms", "way": "ways", "aim": "levels", "status": "statuses"}  # noqa: RUF012
    name = forms.CharField(label=_("Name"), max_length=200)
    form = forms.ChoiceField(label=pgettext_lazy("hub", "Form"))
    way = forms.ChoiceField(label=_("Formed from"), required=False)
    aim = forms.ChoiceField(label=_("Level aimed at"))
    status = forms.ChoiceField(label=_("Status"))
    host = number_of(_("Host organisation"))
    territory = number_of(_("Territory served"))
    serves = forms.CharField(label=_("Who it serves, in words"), required=False, max_length=200)
    about = lines(pgettext_lazy("hub", "What it is"))
    link = forms.URLField(
        label=_("Public address that the sign leads to"), required=False, max_length=400, assume_scheme="https",
        help_text=_("Empty: the hub’s own public page, or else the one of its place in the directory."),
    )  # fmt: skip

    def __init__(self, *args: Any, hosts: Choices, territories: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("host", hosts)
        self.offer("territory", territories)


class MemberForm(Listed):
    """What a hub stands on: of the directory, or written."""

    lists = {"kind": "members"}  # noqa: RUF012
    kind = forms.ChoiceField(label=_("Kind"))
    record = number_of(_("In the directory"))
    name = forms.CharField(label=_("Name, where the directory does not know it"), required=False, max_length=200)  # fmt: skip

    def __init__(self, *args: Any, records: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("record", records)


class CommitmentForm(Listed):
    """What a member does in a mode."""

    lists = {"mode": "modes"}  # noqa: RUF012
    member = number_of(_("Who"), required=True)
    mode = forms.ChoiceField(label=_("When"))
    text = forms.CharField(label=_("What it does"), max_length=400)
    role = forms.CharField(label=_("The post that answers for it"), required=False, max_length=120, help_text=_("A post, not a person’s name."))  # fmt: skip

    def __init__(self, *args: Any, members: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("member", members)


class HubAgreementForm(forms.Form):
    """An agreement."""

    partner = forms.CharField(label=_("With which organisation"), max_length=200)
    signed = forms.DateField(label=_("Signed on"), widget=Day)
    until = forms.DateField(label=_("Until"), required=False, widget=Day, help_text=_("Empty where it has no end."))  # fmt: skip
    about = lines(_("What is agreed"))


class CapacityForm(Listed):
    """How many a hub can take."""

    lists = {"code": "capacities", "verifier": "verifiers"}  # noqa: RUF012
    code = forms.ChoiceField(label=_("Of what"))
    maximum = count(_("At most"), most=10_000_000)
    available = count(_("Available"), required=False, most=10_000_000)
    verified_on = forms.DateField(label=_("Verified on"), required=False, widget=Day)
    verifier = forms.ChoiceField(label=_("Verified by"), required=False)


class FactForm(Listed):
    """Whether the place has something."""

    lists = {"code": "facts", "verifier": "verifiers"}  # noqa: RUF012
    code = forms.ChoiceField(label=_("What"))
    has = forms.TypedChoiceField(label=_("Is it there?"), choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda told: told == "yes")  # fmt: skip
    verified_on = forms.DateField(label=_("Looked at on"), widget=Day)
    verifier = forms.ChoiceField(label=_("Verified by"))
    note = forms.CharField(label=_("Note"), required=False, max_length=200)


USE = re.compile(
    r"(\d{1,2})\s*(?:h\s*)?[-–à]\s*(\d{1,2})\s*h?\s+(\d{1,6}(?:[.,]\d{1,6})?)\s*(?:kW\b)?\s*(.*)",
    re.I,
)


class UsesField(forms.CharField):
    """Uses of power, one a line: ``18-23 0.06 lamps``."""

    def to_python(self, value: Any) -> Any:
        """Read the lines; refuse the first that is not understood, by name."""
        told = super().to_python(value) or ""
        return tuple(_use(line) for line in told.splitlines() if line.strip())

    def prepare_value(self, value: Any) -> Any:
        """Write uses as they are typed."""
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(
            f"{one['from_h']}-{one['to_h']} {one['load_kw']:g} {one['name']}".strip()
            for one in value
        )


def _use(line: str) -> NewUse:
    found = USE.fullmatch(line.strip())
    if found is None:
        raise forms.ValidationError(_("“%(line)s” was not understood: hours, kW, name were expected, as 18-23 0.06 lamps.") % {"line": line[:60]})  # fmt: skip
    start, end, load, name = found.groups()
    use = NewUse(name.strip(), int(start), int(end), float(load.replace(",", ".")))
    try:
        Use(use.from_h, use.to_h, use.load_kw)
    except BadInput as error:
        raise forms.ValidationError(_("“%(line)s”: two different hours, from 0 to 24, and more than 0 kW were expected.") % {"line": line[:60]}) from error  # fmt: skip
    return use


class PowerForm(Listed):
    """What a hub draws, and what it has without the network."""

    lists = {"verifier": "verifiers"}  # noqa: RUF012
    load_kw = amount(_("Critical load, kW"), help_text=_("What must run when the network fails. Empty where nobody measured it."))  # fmt: skip
    uses = UsesField(label=_("Or its uses, hour by hour"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One a line: hours, kW, name. For example: 18-23 0.06 lamps. Past midnight: 22-6."))  # fmt: skip
    battery_kwh = amount(_("Battery, kWh"), help_text=_("0 where there is none, empty where it is not known."))  # fmt: skip
    depth_percent = forms.IntegerField(label=_("Of it that may be used, in percent"), min_value=0, max_value=100, initial=80)  # fmt: skip
    efficiency_percent = forms.IntegerField(label=_("What is not lost on the way, in percent"), min_value=0, max_value=100, initial=90)  # fmt: skip
    sun_kwp = amount(_("Solar panels, kW peak"))
    generator_kw = amount(_("Generator, kW"))
    fuel_h = amount(_("Fuel in store, in hours at the critical load"))
    tested_on = forms.DateField(label=_("Last tried on"), required=False, widget=Day)
    tested_h = amount(_("It then ran for, hours"), most=10_000)
    verifier = forms.ChoiceField(label=_("Tried by"), required=False)

    def clean_load_kw(self) -> float | None:
        """Refuse a load of 0 where it is typed: nothing would need power."""
        typed: float | None = self.cleaned_data["load_kw"]
        if typed == 0:
            raise forms.ValidationError(_("More than 0, or empty where nobody measured it."))
        return typed

    def clean(self) -> dict[str, Any]:
        """Refuse one load and uses at once: which of them counts would not be told."""
        typed = super().clean() or {}
        if typed.get("load_kw") is not None and typed.get("uses"):
            self.add_error(
                "uses", _("One or the other: one load for the whole day, or uses by hour.")
            )
        return typed


class KitItemForm(Listed):
    """A line of the box."""

    lists = {"code": "kit"}  # noqa: RUF012
    code = forms.ChoiceField(label=_("Of the list"), required=False)
    name = forms.CharField(label=_("Or in your own words"), required=False, max_length=120)
    wanted = count(_("How many"), least=1)
    check_days = forms.IntegerField(label=_("Look at it every, days"), min_value=1, max_value=1_830, initial=180)  # fmt: skip


class CheckForm(Listed):
    """Somebody looked at a line of the box."""

    lists = {"verifier": "verifiers"}  # noqa: RUF012
    number = number_of(pgettext_lazy("box", "Item"), required=True)
    held = count(_("How many are there"))
    checked_on = forms.DateField(label=_("Looked at on"), widget=Day)
    verifier = forms.ChoiceField(label=_("Verified by"))
    expires = forms.DateField(label=_("Expires on"), required=False, widget=Day)

    def __init__(self, *args: Any, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("number", items)


class CheckAllForm(Listed):
    """All that was wanted is in the box."""

    lists = {"verifier": "verifiers"}  # noqa: RUF012
    checked_on = forms.DateField(label=_("Looked at on"), widget=Day)
    verifier = forms.ChoiceField(label=_("Verified by"))


class KeysForm(Listed):
    """How many keys a role holds."""

    lists = {"role": "roles"}  # noqa: RUF012
    role = forms.ChoiceField(label=_("Role"))
    count = count(_("Keys"), most=1_000)
    verified_on = forms.DateField(label=_("Counted on"), widget=Day)


class PostForm(Listed):
    """How many hold a role."""

    lists = {"role": "roles"}  # noqa: RUF012
    role = forms.ChoiceField(label=_("Role"))
    filled = count(_("People who hold it"), required=False, most=1_000)
    trained = count(_("Of them, trained"), required=False, most=1_000)
    verified_on = forms.DateField(label=_("Verified on"), widget=Day)


class ModeForm(Listed):
    """What starts a mode, and who decides."""

    lists = {"mode": "modes", "decides": "roles"}  # noqa: RUF012
    mode = forms.ChoiceField(label=pgettext_lazy("hub", "Mode"))
    criteria = lines(_("What starts it"), required=True, help_text=_("One criterion a line."))
    decides = forms.ChoiceField(label=_("Role that decides"))
    decided_by = forms.CharField(label=_("Post outside of the hub that decides with it"), required=False, max_length=120)  # fmt: skip


class ExerciseForm(forms.Form):
    """A hub was opened."""

    held = forms.DateField(label=_("Day"), widget=Day)
    scenario = forms.CharField(label=_("Scenario, or what happened"), max_length=200)
    is_real = forms.BooleanField(label=_("It was a real opening"), required=False)
    people = count(_("People who took part"), required=False)
    lag_min = count(_("Minutes from the word to the open door"), required=False)
    lessons = lines(_("Lessons"), most=20_000)


class AdoptForm(forms.Form):
    """A model to adopt."""

    code = forms.ChoiceField(label=pgettext_lazy("hub", "Model"))

    def __init__(self, *args: Any, models: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = models  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """A line of an adopted checklist, said otherwise or left out."""

    number = number_of(_("Line"), required=True)
    text = forms.CharField(label=_("In our own words"), required=False, max_length=400, help_text=_("Empty: as the model says it."))  # fmt: skip

    def __init__(self, *args: Any, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = items  # type: ignore[attr-defined]


class DropForm(LineForm):
    """A line to leave out."""

    text = forms.CharField(label=_("Why it is left out"), required=False, max_length=400, help_text=_("Empty: it is taken in again."))  # fmt: skip


class AddLineForm(forms.Form):
    """A line of one's own."""

    text = forms.CharField(label=_("Line"), max_length=400)


class RoundForm(forms.Form):
    """A round of the self-assessment."""

    name = forms.CharField(label=_("Name"), max_length=120)


class ShownForm(forms.Form):
    """What is added for everyone on a hub's public page."""

    opening = forms.CharField(label=_("When it is open, in words"), required=False, max_length=400)
    arriving = forms.CharField(label=_("How to get there"), required=False, max_length=400, help_text=_("Stops nearby, which door, where the ramp is. No name or telephone of a person."))  # fmt: skip
