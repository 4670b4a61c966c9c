"""What people type of sources, codes and second readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courtepointe.doors.site.evidence.frame import offered
from courtepointe.doors.site.resilience.forms import several_lines
from courtepointe.doors.site.space.forms import Day
from courtepointe.formats.texts import PLAIN, WORD, read_text
from courtepointe.portraits.evidence.lists import USUAL
from courtepointe.portraits.evidence.values import Consent, NewCode, NewSource, Picture
from courtepointe.portraits.resilience.framework import groups
from courtepointe.press.photos import MOST_BYTES, read_photo

Choices = Sequence[tuple[str, str]]
GROUP = "group_"


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Make a field of a day."""
    return forms.DateField(label=label, required=required, widget=Day, help_text=help_text)


class SourceForm(forms.Form):
    """A source: what it is, its text, who agreed to what, who speaks in it."""

    kind = forms.ChoiceField(label=_("Kind of source"), choices=())
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("Without the name of who speaks.")
    )
    day = day_field(_("Day on which it was gathered"))
    place = forms.CharField(
        label=_("Zone"), max_length=120, required=False,
        help_text=_("A part of the neighbourhood, never an address."),
    )  # fmt: skip
    origin = forms.CharField(
        label=_("Where it is from"), max_length=300, required=False,
        help_text=_("Notes taken by hand, a recording written down, the reference of a document…"),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Text"), required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Paste it here, or choose a file below. Of a photo: what it shows. Take names, addresses and telephone numbers out first."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File of the text"), required=False,
        widget=forms.FileInput(attrs={"accept": ",".join((*PLAIN, WORD))}),
        help_text=_("Plain text (.txt) or Word (.docx), 5 MB at most. It takes the place of what is above."),
    )  # fmt: skip
    photo = forms.FileField(
        label=_("Photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("JPEG, PNG or WebP, 25 MB at most. Where and when it was taken is not kept."),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("Consent"), choices=(), required=False,
        help_text=_("Of whoever speaks or is seen. Until it is given, the source stays closed: it is not read, coded or counted, and it is destroyed after ninety days."),
    )  # fmt: skip
    consent_day = day_field(_("Consent given on"), required=False)
    may_quote = forms.BooleanField(
        label=_("Sentences may be quoted, without a name"), required=False,
        help_text=_("Without this they are counted, and never shown on the portrait."),
    )  # fmt: skip
    keep_until = day_field(
        _("Text kept until"),
        help_text=_("The last day that people were told. The text and the passages are then destroyed; the counts stay."),
    )  # fmt: skip

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = offered("kinds", lang=lang)  # type: ignore[attr-defined]
        none = ("", pgettext_lazy("consent", "Not yet"))
        self.fields["way"].choices = [none, *offered("consents", lang=lang)]  # type: ignore[attr-defined]
        for code, group in groups().items():
            self.fields[f"{GROUP}{code}"] = forms.IntegerField(
                label=group.name.in_(lang), required=False, min_value=0, max_value=10_000
            )

    def clean(self) -> dict[str, Any]:
        """Say beside the text that a source has one: even a photo says what it shows."""
        typed = super().clean() or {}
        if (
            not typed.get("file")
            and not (typed.get("text") or "").strip()
            and "file" not in self.errors
        ):
            self.add_error("text", _("Paste the text, or choose a file. Of a photo, write what it shows."))  # fmt: skip
        return typed

    @property
    def plain(self) -> list[forms.BoundField]:
        """Give the fields but those of groups."""
        return [one for one in self if not one.name.startswith(GROUP)]

    @property
    def counts(self) -> list[forms.BoundField]:
        """Give the fields of groups."""
        return [one for one in self if one.name.startswith(GROUP)]

    def source(self) -> NewSource:
        """Give what was typed and chosen; or raise `BadInput` where a file cannot be read."""
        typed = self.cleaned_data
        text, file = typed["text"], typed["file"]
        if file is not None:
            text = read_text(file.read(), file=file.name or "")
        return NewSource(
            kind=typed["kind"], title=typed["title"], day=typed["day"], text=text,
            keep_until=typed["keep_until"], place=typed["place"], origin=typed["origin"],
            consent=Consent(typed["way"], typed["consent_day"], typed["may_quote"]),
            voices={code: typed[f"{GROUP}{code}"] for code in groups() if typed[f"{GROUP}{code}"]},
            picture=self._picture(),
        )  # fmt: skip

    def _picture(self) -> Picture | None:
        file = self.cleaned_data["photo"]
        if file is None:
            return None
        made = read_photo(file.read(MOST_BYTES + 1), file=file.name or "photo")
        return Picture(made.content, made.wide, made.tall)


class CodeForm(forms.Form):
    """A passage coded without keys: the same as the keyboard does.

    ``mark`` tells the text that was on the page: numbers of sentences mean nothing in another.
    """

    mark = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    first = forms.IntegerField(label=_("From sentence"), min_value=1)
    last = forms.IntegerField(label=_("To sentence"), min_value=1, required=False)
    what = forms.ChoiceField(label=_("Tells of"), choices=())
    direction = forms.ChoiceField(label=pgettext_lazy("evidence", "Direction"), choices=())
    strength = forms.TypedChoiceField(
        label=_("How clearly"),
        coerce=int,
        initial=USUAL,
        choices=(),
        required=False,
        empty_value=None,
    )

    def __init__(self, *args: Any, lang: str, whats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = whats  # type: ignore[attr-defined]
        self.fields["direction"].choices = offered("directions", lang=lang)  # type: ignore[attr-defined]
        self.fields["strength"].choices = offered("strengths", lang=lang)  # type: ignore[attr-defined]


class CodingForm(forms.Form):
    """What is said of one's own code beyond its keys."""

    part = forms.ChoiceField(label=_("Part of the dimension"), choices=(), required=False)
    strength = forms.TypedChoiceField(label=_("How clearly"), coerce=int, choices=())
    note = several_lines(_("Note"), most=2_000)

    def __init__(self, *args: Any, lang: str, parts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [("", "—"), *parts]  # type: ignore[attr-defined]
        self.fields["strength"].choices = offered("strengths", lang=lang)  # type: ignore[attr-defined]


class NewCodeForm(forms.Form):
    """An entry of the codebook."""

    dimension = forms.ChoiceField(label=_("Stands in"), required=False)
    name_fr = forms.CharField(label=_("Name in French"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    definition = forms.CharField(
        label=_("Definition"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    use_when = several_lines(_("When to use it"), most=2_000)
    use_not = several_lines(_("When not to use it"), most=2_000)

    def __init__(self, *args: Any, dimensions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beside = ("", pgettext_lazy("codebook", "Beside the dimensions"))
        self.fields["dimension"].choices = [beside, *dimensions]  # type: ignore[attr-defined]

    def code(self) -> NewCode:
        """Give what was typed."""
        return NewCode(**self.cleaned_data)


class RoundForm(forms.Form):
    """A second reading: by whom, of how many passages."""

    second = forms.TypedChoiceField(label=_("Read again by"), coerce=int, choices=())
    most = forms.IntegerField(
        label=_("Passages, at most"), min_value=1, max_value=5_000, required=False,
        help_text=_("Spread over the text. Empty: all of them."),
    )  # fmt: skip

    def __init__(self, *args: Any, coders: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second"].choices = [(str(n), name) for n, name in coders.items()]  # type: ignore[attr-defined]
