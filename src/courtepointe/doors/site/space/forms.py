"""What people type in the pages of members, sharing and settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courtepointe.people.roles import kinds, roles, shared_sets


class Day(forms.DateInput):
    """A day, picked in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RolesForm(forms.Form):
    """Somebody's roles, and until when."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=(), widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=Day,
        help_text=_("Empty where the seat has no known end."),
    )

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, role.name.in_(lang)) for code, role in roles().items()]


class InviteForm(RolesForm):
    """Somebody to invite."""

    label = forms.CharField(
        label=_("Who the link is for"),
        max_length=254,
        help_text=_(
            "A name or an address, so that you know whose link it is; only those who invite read it."
        ),
    )
    field_order = ("label", "roles", "until")


class ReasonForm(forms.Form):
    """Why something is ended."""

    why = forms.CharField(label=_("Why"), max_length=500, required=False)


class AgreementForm(forms.Form):
    """What is offered to another workspace."""

    receiver = forms.ChoiceField(label=_("To which workspace"), choices=())
    what = forms.ChoiceField(label=_("What it will see"), choices=())
    purpose = forms.CharField(
        label=_("What for"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
        help_text=_("The agreement holds for this purpose alone."),
    )
    since = forms.DateField(label=_("From"), widget=Day)
    until = forms.DateField(label=_("Until"), widget=Day)

    def __init__(
        self, *args: Any, lang: str, receivers: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].choices = receivers  # type: ignore[attr-defined]
        sets = [(code, words.in_(lang)) for code, words in shared_sets().items()]
        self.fields["what"].choices = sets  # type: ignore[attr-defined]


class WorkspaceForm(forms.Form):
    """What a workspace says of itself."""

    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=())
    purpose = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_legal_person = forms.BooleanField(
        label=_("It has legal personality"),
        required=False,
        help_text=_("Without it, a fiduciary organisation answers for its money: name it below."),
    )
    officer_title = forms.CharField(
        label=_("Title of the person in charge of protecting personal information"),
        required=False,
        max_length=160,
        help_text=_(
            "Quebec’s law wants this title and a way to reach it published; the name is not needed."
        ),
    )
    officer_contact = forms.CharField(
        label=_("How to reach that person"), required=False, max_length=254
    )

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, words.in_(lang)) for code, words in kinds().items()]
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]


class TerritoryForm(forms.Form):
    """An area of the atlas to stand on."""

    area = forms.CharField(
        label=_("Area"),
        max_length=250,
        help_text=_("Type its name; where several answer, you choose in a list."),
    )
    since = forms.DateField(label=_("Since"), widget=Day)


class EndForm(forms.Form):
    """The day on which something ends."""

    until = forms.DateField(label=_("Until"), widget=Day)


class FiduciaryForm(forms.Form):
    """Who answers for a collective's money."""

    name = forms.CharField(label=_("Organisation"), max_length=200)
    registration = forms.CharField(
        label=_("Registration number (NEQ or charity)"), required=False, max_length=40
    )
    since = forms.DateField(label=_("Since"), widget=Day)
    until = forms.DateField(label=_("Until"), required=False, widget=Day)
    note = forms.CharField(
        label=_("Agreement, conditions"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
