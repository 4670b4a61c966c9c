"""A mapping workshop: print its sheets, bring photographs of them back, key each card twice."""

from __future__ import annotations

import secrets
from typing import Any

import numpy as np
from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from courtepointe.core.errors import CourtepointeError, NotFound, Refused
from courtepointe.core.sheets import (
    CLASSES,
    VISIBILITIES,
    SheetPaper,
    card_layout,
    layout,
    new_sheets,
)
from courtepointe.doors.faces import paper_faces
from courtepointe.doors.served import served
from courtepointe.doors.site.security import takes_photos
from courtepointe.doors.site.space.assets_forms import ManyFilesField
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
from courtepointe.places.assets.actions import add_cards, keep_sheets, key_card, settle_card
from courtepointe.places.assets.queries import (
    card,
    card_picture,
    cards_of,
    printed_sheets,
    sheets_of,
)
from courtepointe.places.assets.sheets import CardRead, cards_in
from courtepointe.places.assets.values import CardSeen
from courtepointe.places.workshop import FIELDS, PrintedWorkshop, printed
from courtepointe.press.workshop import Ground, Workshop, ground_of, write_sheets
from courtepointe.press.workshop.words import sheet_words

HERE = "space_assets"
MOST_CARDS, USUAL = 400, 24


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
        help_text=_("One sheet a photograph, whole, its four corners and its code sharp."),
    )


class CardForm(forms.Form):
    """A card as it is keyed: what is written on it, in its own words."""

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sheet_words("field", lang=lang)
        for name in FIELDS:
            shown = names.get(name, name)
            if name in ("class", "visibility"):
                codes = CLASSES if name == "class" else VISIBILITIES
                words = sheet_words(name, lang=lang)
                offered = [("", "—"), *((words[code], words[code]) for code in codes)]
                self.fields[name] = forms.ChoiceField(label=shown, choices=offered, required=False)
            else:
                wide = forms.Textarea(attrs={"rows": 3}) if name == "note" else forms.TextInput()
                self.fields[name] = forms.CharField(
                    label=shown, required=False, max_length=600, widget=wide
                )


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


@takes_photos
@space_page("contribute", methods=FORM)
def workshop(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show sheets: their file, their cards; take photographs of them."""
    seen, made = printed_sheets(space.seen, number)
    posted = request.method == "POST"
    form = PhotosForm(request.POST if posted else None, request.FILES if posted else None)

    def bring(typed: dict[str, Any]) -> str:
        cards: list[CardRead] = []
        for one in typed["photos"]:
            try:
                cards += cards_in(one.read(), made, file=one.name)
            except CourtepointeError as error:
                error.facts.setdefault("file", one.name)
                raise
        add_cards(space.seen.slug, number, cards, by=space.by, now=space.now)
        return space.address("space_workshop", number=number)

    if done := acted(form, bring, lang=space.lang):
        return done
    values = {"form": form, "seen": seen, "cards": cards_of(space.seen, number, space.by)}
    return space_answer(request, space, "assets_workshop.html", values, here=HERE, status=status_of(form))  # fmt: skip


@space_page("contribute", methods=FORM)
def key_one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Key a card beside its picture; a second time by somebody else; settle what differs."""
    one = card(space.seen, number, space.by)
    if one.state == "differs" and not space.may("review"):
        raise NotFound("unknown_sheets")
    form = CardForm(
        request.POST if request.method == "POST" else None,
        lang=space.lang,
        initial=one.first if one.state == "differs" else one.read,
    )

    def act(typed: dict[str, Any]) -> str:
        write = settle_card if one.state == "differs" else key_card
        write(space.seen.slug, number, typed, by=space.by, now=space.now)
        return _following(space, one)

    if done := acted(form, act, lang=space.lang):
        return done
    names = sheet_words("field", lang=space.lang)
    differs = [
        (names.get(name, name), one.first.get(name, ""), one.second.get(name, ""))
        for name in FIELDS
        if one.first.get(name, "") != one.second.get(name, "")
    ]
    values = {"card": one, "form": form, "differs": differs, "following": _following(space, one)}
    return space_answer(request, space, "assets_card.html", values, here=HERE, status=status_of(form))  # fmt: skip


def _following(space: Space, one: CardSeen) -> str:
    """Give the next card that this person may key; the sheets where there is none."""
    waits = [
        other.number
        for other in cards_of(space.seen, one.sheets, space.by)
        if other.number != one.number and _may_key(other, space)
    ]
    after = [number for number in waits if number > one.number] or waits
    if after:
        return space.address("space_card", number=after[0])
    return space.address("space_workshop", number=one.sheets)


def _may_key(one: CardSeen, space: Space) -> bool:
    if one.state == "differs":
        return space.may("review")
    return one.state == "new" or (one.state == "once" and not one.is_mine)


@space_page("contribute")
def card_png(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Give the picture of a card that waits to be keyed."""
    return HttpResponse(card_picture(space.seen, number), content_type="image/png")
