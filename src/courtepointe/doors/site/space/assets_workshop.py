"""A mapping workshop: print its sheets, bring photographs of them back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import numpy as np
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from courtepointe.core.errors import BadInput, Refused
from courtepointe.core.sheets import SheetPaper, card_layout, layout, new_sheets
from courtepointe.doors.faces import paper_faces
from courtepointe.doors.served import served
from courtepointe.doors.site.errors import told
from courtepointe.doors.site.security import takes_photos
from courtepointe.doors.site.space.assets_forms import ManyFiles, ManyFilesField
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.people.access import workspace_to
from courtepointe.people.queries import territories_of
from courtepointe.places.assets.actions import CardsAdded, add_cards, keep_sheets
from courtepointe.places.assets.queries import cards_of, printed_sheets, sheets_of
from courtepointe.places.assets.sheets import sheet_in
from courtepointe.places.workshop import PrintedWorkshop, printed
from courtepointe.press.workshop import Ground, Workshop, ground_of, write_sheets

HERE = "space_assets"
MOST_CARDS, USUAL = 400, 24
MOST_PHOTOS = 12
"""At once: each takes the machine a second or two, and a telephone's weighs some megabytes."""


class PrintForm(forms.Form):
    """Sheets to print."""

    area = forms.ChoiceField(label=_("Territory"), choices=())
    paper = forms.ChoiceField(
        label=_("Paper"), choices=[("letter", _("Letter")), ("a4", "A4")], initial="letter"
    )
    cards = forms.IntegerField(
        label=_("How many cards"), min_value=1, max_value=MOST_CARDS, initial=USUAL
    )

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]


class PhotosForm(forms.Form):
    """Photographs of sheets."""

    photos = ManyFilesField(
        label=_("Photographs of sheets of cards"),
        help_text=_(
            "One sheet a photograph, whole, its four corners and its code sharp. JPEG, PNG or WebP; twelve at most at once, 25 MB together."
        ),
        widget=ManyFiles(attrs={"accept": "image/*"}),
    )

    def clean_photos(self) -> list[UploadedFile[Any]]:
        """Hold them to be some, and few enough to be read while somebody waits."""
        photos: list[UploadedFile[Any]] = self.cleaned_data["photos"]
        if not photos:
            raise ValidationError(_("Choose one photograph or several."))
        if len(photos) > MOST_PHOTOS:
            raise ValidationError(
                _("Twelve photographs at most at once: send the others afterwards.")
            )
        return photos


@space_page("contribute", methods=FORM)
def workshops(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the sheets that were printed; prepare others."""
    areas = [(one.area_key, one.name) for one in territories_of(space.seen.id, on=localdate(space.now))]  # fmt: skip
    form = PrintForm(request.POST if request.method == "POST" else None, areas=areas)

    def prepare(typed: dict[str, Any]) -> str:
        workspace_to("write", space.seen.slug, by=space.by, now=space.now)
        paper = SheetPaper(typed["paper"])
        n_sheets = -(-typed["cards"] // len(card_layout(paper).cells))
        codes = new_sheets(1 + n_sheets, rng=np.random.default_rng(secrets.randbits(64)))
        ground = _ground(typed["area"], paper, space.lang)
        made = Workshop(ground.name, paper, space.lang, codes[0], codes[1:], ground)
        number = keep_sheets(space.seen.slug, printed(made), by=space.by, now=space.now)
        return space.address("space_workshop", number=number)

    if done := acted(form, prepare, lang=space.lang):
        return done
    values = {"form": form, "areas": areas, "sheets": sheets_of(space.seen)}
    return space_answer(request, space, "assets_workshops.html", values, here=HERE, status=status_of(form))  # fmt: skip


def _ground(area_key: str, paper: SheetPaper, lang: str, *, large: bool = False) -> Ground:
    atlas = served().atlas
    return ground_of(atlas, atlas.find(area_key), paper=paper, lang=lang, large=large)


@space_page("contribute")
def sheets_file(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Give the sheets as PDF, as their record says: the guide, the map, the cards."""
    _seen, made = printed_sheets(space.seen, number)
    answer = HttpResponse(_pdf(made), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="workshop-{number}.pdf"'
    return answer


def _pdf(made: PrintedWorkshop) -> bytes:
    large = layout(made.map_layout).paper not in (SheetPaper.A4, SheetPaper.LETTER)
    ground = _ground(made.area_key, made.paper, made.lang, large=large)
    if ground.frame != made.frame:
        raise Refused("workshop_atlas_changed")
    told = Workshop(made.area, made.paper, made.lang, made.map_code, made.card_codes, ground)
    return write_sheets(told, fonts=paper_faces())


@dataclass(frozen=True, slots=True)
class PhotoTold:
    """What became of a photograph that was sent: what was found on it, or why nothing was kept of it.

    Attributes
    ----------
    file : str
        What the person calls it.
    fault : str
        Empty where it was read.
    notices : tuple of str
        What to look at again.
    """

    file: str
    fault: str = ""
    code: str = ""
    added: CardsAdded | None = None
    n_empty: int = 0
    notices: tuple[str, ...] = ()


@takes_photos
@space_page("contribute", methods=FORM)
def workshop(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show sheets: their file, their cards; take photographs of them, each by itself."""
    _seen, made = printed_sheets(space.seen, number)
    posted = request.method == "POST"
    form = PhotosForm(request.POST if posted else None, request.FILES if posted else None)
    photos: list[PhotoTold] = []
    if posted and form.is_valid():
        photos = [_brought(space, number, made, one) for one in form.cleaned_data["photos"]]
        if all(not one.fault and not one.notices and one.added for one in photos):
            return redirect(space.address("space_keying", number=number))
    seen, _made = printed_sheets(space.seen, number)
    values = {
        "form": form,
        "seen": seen,
        "cards": cards_of(space.seen, number, space.by),
        "photos": photos,
    }
    lost = bool(photos) and all(one.fault for one in photos)
    status = 400 if lost else status_of(form)
    return space_answer(request, space, "assets_workshop.html", values, here=HERE, status=status)


def _brought(space: Space, number: int, made: PrintedWorkshop, one: UploadedFile[Any]) -> PhotoTold:
    """Take the cards of one photograph; what is wrong with it is told, and stops no other."""
    name = _plain(one.name or "")
    try:
        read = sheet_in(one.read(), made, file=name)
        added = add_cards(space.seen.slug, number, read.cards, by=space.by, now=space.now)
    except BadInput as error:
        return PhotoTold(name, fault=told(error, lang=space.lang))
    notices = tuple(told(notice, lang=space.lang) for notice in read.notices)
    return PhotoTold(name, "", read.code, added, read.n_empty, notices)


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[-80:] or "—"
