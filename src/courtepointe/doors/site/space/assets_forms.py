"""Forms of contributions: made from our field forms, so that a page asks what a telephone asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.space.assets_told import kinds_told, visibilities_told
from courtepointe.doors.site.space.forms import Day
from courtepointe.formats.submissions import GeoPoint
from courtepointe.formats.xlsform import Question
from courtepointe.places.assets.lists import (
    ASSETS,
    NEEDS,
    categories,
    category_question,
    dimensions,
    label,
    words,
)
from courtepointe.places.assets.values import ContributionSeen
from courtepointe.places.collecting import FieldForm, field_form, field_forms
from courtepointe.places.collecting.gather import SILENT

RELEVANT = re.compile(r"\$\{(\w+)\} (=|!=) '(\w+)'")
LONG = 2_000
EMPTY = ("", "—")


class PointField(forms.CharField):
    """A point typed as a map application gives it: latitude, then longitude."""

    def clean(self, value: Any) -> Any:
        """Read the two numbers; their order cannot be told from themselves, so it is fixed."""
        text = super().clean(value)
        if not text:
            return None
        found = re.fullmatch(r"\s*(-?\d+(?:[.,]\d+)?)\s*[;,\s]\s*(-?\d+(?:[.,]\d+)?)\s*", text)
        try:
            if found is None:
                raise ValueError
            latitude, longitude = (float(one.replace(",", ".")) for one in found.groups())
            return GeoPoint(longitude, latitude)
        except ValueError:
            raise ValidationError(
                _("Two numbers: latitude, then longitude. For example: 45.5088, -73.5540")
            ) from None


class ContributionForm(forms.Form):
    """What somebody contributes.

    Parameters
    ----------
    form : FieldForm
    chosen : str
        The class of an asset, chosen on the page before; questions of other classes are not asked.
    """

    def __init__(
        self, *args: Any, form: FieldForm, lang: str, chosen: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.form, self.chosen, self.lang = form, chosen, lang
        self.paths = {path.rpartition("/")[2]: path for path in form.roles}
        for asked in self._asked():
            self.fields[asked.name] = self._field(asked)
        self.fields["visibility"] = forms.ChoiceField(
            label=_("Who may see it, once it is reviewed"),
            choices=list(visibilities_told().items()),
        )
        self.fields["agree"] = forms.BooleanField(label=_("I agree"), help_text=form.consent.text[lang])  # fmt: skip

    def _asked(self) -> Iterator[Question]:
        for placed in self.form.form.questions():
            asked = placed.question
            named = asked.name in self.paths and self.form.roles[self.paths[asked.name]]
            if not named or named == "visibility" or not self._is_relevant(asked):
                continue
            if not (self.chosen and named == "category"):
                yield asked

    def _is_relevant(self, asked: Question) -> bool:
        found = RELEVANT.fullmatch(asked.relevant)
        if found is None or found[1] != category_question(self.form.code):
            return True
        return (self.chosen == found[3]) is (found[2] == "=")

    def _field(self, asked: Question) -> forms.Field:
        said: dict[str, Any] = {
            "label": asked.label[self.lang],
            "help_text": asked.hint.get(self.lang, ""),
            "required": asked.required,
        }
        answer = asked.spec.answer
        listed = [(code, one.in_(self.lang)) for code, one in words(self.form.code, asked.name).items()]  # fmt: skip
        if answer == "many":
            return forms.MultipleChoiceField(**said, choices=listed, widget=forms.CheckboxSelectMultiple)  # fmt: skip
        if answer == "one":
            return forms.ChoiceField(**said, choices=[EMPTY, *listed])
        if answer == "point":
            said["help_text"] = _("Latitude, longitude, as a map application gives them. For example: 45.5088, -73.5540")  # fmt: skip
            return PointField(**said)
        if answer == "date":
            return forms.DateField(**said, widget=Day)
        if answer == "integer":
            return forms.IntegerField(**said, min_value=0, max_value=10_000)
        if answer == "file":
            return forms.FileField(**said, widget=forms.FileInput(attrs={"accept": "image/*"}))
        tall = forms.Textarea(attrs={"rows": 3}) if asked.appearance else forms.TextInput()
        return forms.CharField(**said, max_length=LONG if asked.appearance else 200, widget=tall)

    def said(self) -> dict[str, Any]:
        """Give what was typed, by the questions' addresses."""
        typed = {
            self.paths[name]: value
            for name, value in self.cleaned_data.items()
            if name in self.paths and not isinstance(self.fields[name], forms.FileField)
            and name != "visibility"
        }  # fmt: skip
        if self.chosen:
            typed[self.paths[category_question(self.form.code)]] = self.chosen
        return typed

    def photos(self) -> Iterator[Any]:
        """Give the photographs that came along."""
        for name, field in self.fields.items():
            if isinstance(field, forms.FileField) and self.cleaned_data.get(name):
                yield self.cleaned_data[name]


class CorrectForm(forms.Form):
    """What a reviewer may put right before accepting."""

    def __init__(self, *args: Any, one: ContributionSeen, texts: Mapping[str, str], lang: str, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.names = list(texts)
        for name, text in texts.items():
            self.fields[f"text-{name}"] = forms.CharField(
                label=label(one.form, name).in_(lang), initial=text, required=False, max_length=LONG,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        self._listed("category", _("Category"), categories(one.form), one.category, lang)
        if one.kind == "asset":
            self._listed("needs", _("Needs it serves"), words(ASSETS, NEEDS), one.needs, lang)
        if not one.is_person:
            spot = one.spot
            self.fields["point"] = PointField(
                label=_("Latitude, longitude"), required=False,
                initial=f"{spot.latitude}, {spot.longitude}" if spot else "",
            )  # fmt: skip
        offered = list(visibilities_told().items())
        end = next(n for n, (code, _w) in enumerate(offered, 1) if code == one.visibility)
        self.fields["visibility"] = forms.ChoiceField(
            label=_("Who may see it"), choices=offered[:end], initial=one.visibility
        )

    def _listed(self, name: str, said: Any, table: Mapping[str, Any], held: tuple[str, ...], lang: str) -> None:  # fmt: skip
        offered = [(code, one.in_(lang)) for code, one in table.items() if code not in SILENT]
        self.fields[name] = forms.MultipleChoiceField(
            label=said, choices=offered, initial=[*held], required=name == "category",
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def corrected(self) -> dict[str, Any]:
        """Give what `courtepointe.places.assets.actions.correct` takes."""
        typed = self.cleaned_data
        point = typed.get("point")
        return {
            "texts": {name: typed[f"text-{name}"] for name in self.names},
            "category": typed["category"],
            "needs": typed.get("needs", ()),
            "visibility": typed["visibility"],
            "point": (point.longitude, point.latitude) if point else None,
        }


class WantedForm(forms.Form):
    """What a list is asked for."""

    kind = forms.ChoiceField(label=_("What"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    need = forms.ChoiceField(label=_("Need"), required=False)
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = {code: one.in_(lang) for form in field_forms() for code, one in categories(form).items()}  # fmt: skip
        needs = {code: one.in_(lang) for code, one in words(ASSETS, NEEDS).items() if code not in SILENT}  # fmt: skip
        spoken = {code: one.name.in_(lang) for code, one in dimensions().items()}
        tables = {"kind": kinds_told(), "category": every, "need": needs, "dimension": spoken}
        for name, table in tables.items():
            self.fields[name].choices = [("", _("all")), *table.items()]  # type: ignore[attr-defined]


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each held to be one."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Clean each."""
        listed = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in listed]


class FilesForm(forms.Form):
    """Filled forms to take in."""

    form = forms.ChoiceField(label=_("Which form was filled"), choices=())
    # Named as the field is: what was sent is in `self.files` all the same.
    files = ManyFilesField(  # type: ignore[assignment]
        label=_("Files"),
        help_text=_(
            "Exports of ODK or KoboToolbox, or a telephone’s folder in a .zip; several together if you like: a form that is in two of them counts once."
        ),
    )

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, field_form(code).form.title[lang]) for code in field_forms()]
        self.fields["form"].choices = offered  # type: ignore[attr-defined]
