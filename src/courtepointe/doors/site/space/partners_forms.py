"""What people type in the pages of the network of partners."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courtepointe.engagement.partners.survey import roles
from courtepointe.engagement.partners.values import NewTie, SurveyForm
from courtepointe.formats.ties import vocabulary


class PartnerForm(forms.Form):
    """An organisation of the list."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=200)
    sector = forms.CharField(
        label=_("Sector"),
        max_length=80,
        required=False,
        help_text=_("In the same words for all that share it: health, housing, education…"),
    )


class ChangedPartnerForm(PartnerForm):
    """An organisation that is on the list."""

    active = forms.BooleanField(
        label=_("It is asked in the next waves"),
        required=False,
        help_text=_("Without the tick it stays in the waves that it was in, and is asked no more."),
    )


class WaveForm(forms.Form):
    """A wave to open."""

    name = forms.CharField(
        label=_("Name of the wave"), max_length=80, help_text=_("A time: “Spring 2026”.")
    )


class OrganisationsFileForm(forms.Form):
    """A file of organisations."""

    file = forms.FileField(
        label=_("File of organisations"),
        help_text=_("CSV or XLSX, with a column for the name, and for the sector if you have it."),
    )


class NetworkFileForm(forms.Form):
    """A file of a wave."""

    what = forms.ChoiceField(
        label=_("What the file holds"),
        choices=(
            ("ties", _("Ties (CSV or XLSX)")),
            ("organisations", _("Organisations, and who answered (CSV or XLSX)")),
            ("graphml", _("A network (GraphML: Gephi, yEd, igraph, networkx)")),
        ),
        widget=forms.RadioSelect,
    )
    file = forms.FileField(label=_("File"))


class ChooseForm(forms.Form):
    """Whom an organisation works with."""

    partners = forms.MultipleChoiceField(
        label=_("Organisations that yours works with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, seen: SurveyForm, **kwargs: Any) -> None:
        chosen = [str(one.partner) for one in seen.said]
        kwargs["initial"] = {"partners": chosen}
        super().__init__(*args, **kwargs)
        offered = [
            (str(one.number), f"{one.name} ({one.sector})" if one.sector else one.name)
            for one in seen.others
        ]
        self.fields["partners"].choices = offered  # type: ignore[attr-defined]


KEPT = "kept"
"""The trust that was said before: a link never shows it, whoever holds the link now."""


class TieForm(forms.Form):
    """What an organisation says of another; ``said`` is what it said before."""

    kinds = forms.MultipleChoiceField(
        label=_("What you do together"), required=False, widget=forms.CheckboxSelectMultiple
    )
    frequency = forms.TypedChoiceField(
        label=_("How often"), required=False, coerce=int, empty_value=None
    )
    trust = forms.ChoiceField(
        label=_("How far you trust it"),
        required=False,
        help_text=_("Read by the evaluation alone."),
    )

    def __init__(self, *args: Any, lang: str, said: NewTie | None, **kwargs: Any) -> None:
        self.said_trust = said.trust if said else None
        begun = {"kinds": said.kinds, "frequency": said.frequency} if said else {}
        kept = [(KEPT, _("As it was said before"))] if self.said_trust is not None else []
        kwargs["initial"] = {**begun, "trust": KEPT if kept else ""}
        super().__init__(*args, **kwargs)
        words, unsaid = vocabulary(), ("", "—")
        kinds = [(code, told[lang]) for code, told in words.kinds.items()]
        self.fields["kinds"].choices = kinds  # type: ignore[attr-defined]
        for name, levels in (("frequency", words.frequencies), ("trust", words.trusts)):
            numbered = [(str(n), told) for n, told in enumerate(levels[lang], start=1)]
            begins = [*kept, unsaid] if name == "trust" else [unsaid]
            self.fields[name].choices = [*begins, *numbered]  # type: ignore[attr-defined]

    def clean_trust(self) -> int | None:
        """Give the level chosen, the one said before where it is kept, or None."""
        told = self.cleaned_data["trust"]
        return self.said_trust if told == KEPT else int(told) if told else None


class RoleForm(forms.Form):
    """In which role somebody answers."""

    role = forms.ChoiceField(
        label=_("Your role in the organisation"),
        help_text=_("No name is asked for."),
    )

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, told.in_(lang)) for code, told in roles().items()]
        self.fields["role"].choices = offered  # type: ignore[attr-defined]
