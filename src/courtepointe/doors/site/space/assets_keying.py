"""Cards of a workshop are keyed beside their pictures: several on a page, or one alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from courtepointe.core.errors import CourtepointeError, NotFound
from courtepointe.core.sheets import CLASSES, VISIBILITIES
from courtepointe.doors.site.errors import told
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.places.assets.actions import (
    drop_card,
    hand_in,
    keep_typed,
    key_card,
    settle_card,
)
from courtepointe.places.assets.queries import (
    card,
    card_picture,
    cards_to_key,
    printed_sheets,
)
from courtepointe.places.assets.values import CardSeen, SheetsSeen
from courtepointe.places.workshop import FIELDS
from courtepointe.press.workshop.words import sheet_words

HERE = "space_assets"
A_PAGE = 8
"""Cards on a page: two sheets."""


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
                offered = [("", "—"), *((code, words[code]) for code in codes)]
                self.fields[name] = forms.ChoiceField(label=shown, choices=offered, required=False)
            else:
                wide = forms.Textarea(attrs={"rows": 3}) if name == "note" else forms.TextInput()
                self.fields[name] = forms.CharField(
                    label=shown, required=False, max_length=600, widget=wide
                )

    def typed(self) -> dict[str, str]:
        """Give what was typed, checked or not."""
        return {name: str(self[name].value() or "") for name in FIELDS}

    def told(self, error: CourtepointeError, *, lang: str) -> None:
        """Say what is wrong beside the field that it is about, or at the head of the card."""
        field = error.facts.get("field")
        self.add_error(field if field in self.fields else None, told(error, lang=lang))


Keying = tuple[CardSeen, CardForm]


@space_page("contribute", methods=FORM)
def keying(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Key cards beside their pictures; what is typed is kept as it comes, and handed in when it is ready."""
    seen, _made = printed_sheets(space.seen, number)
    waiting = cards_to_key(space.seen, number, space.by)
    if request.method == "POST":
        return _sent(request, space, seen, waiting)
    after = request.GET.get("after", "")
    left = [one for one in waiting if one.code > after]
    cards = [(one, _form(one, None, space.lang)) for one in left[:A_PAGE]]
    following = left[A_PAGE - 1].code if len(left) > A_PAGE else ""
    return _page(request, space, seen, cards, following=following, is_first=not after)


def _form(one: CardSeen, sent: QueryDict | None, lang: str) -> CardForm:
    begun = one.begun or (one.first if one.state == "differs" else one.read)
    return CardForm(sent, prefix=f"c{one.number}", lang=lang, initial=begun)


def _page(
    request: HttpRequest, space: Space, seen: SheetsSeen, cards: Sequence[Keying], *,
    following: str = "", is_first: bool = True, status: int = 200,
) -> HttpResponseBase:  # fmt: skip
    faulty = [one for one, form in cards if form.is_bound and form.errors]
    values = {
        "seen": seen, "cards": cards, "following": following, "is_first": is_first, "faulty": faulty,
    }  # fmt: skip
    return space_answer(request, space, "assets_keying.html", values, here=HERE, status=status)


def _sent(
    request: HttpRequest, space: Space, seen: SheetsSeen, waiting: Sequence[CardSeen]
) -> HttpResponseBase:
    """Keep what was typed of the cards that were sent, or hand it in; those with a fault are shown again."""
    asked = {*request.POST.getlist("card")}
    cards = [(one, _form(one, request.POST, space.lang)) for one in waiting if str(one.number) in asked]  # fmt: skip
    typed = {one.number: form.typed() for one, form in cards}
    slug, by, now = space.seen.slug, space.by, space.now
    if request.POST.get("do") != "hand":
        keep_typed(slug, seen.number, typed, by=by, now=now)
        if "quiet" in request.POST:
            return HttpResponse(status=204)
        return redirect(request.get_full_path())
    done = hand_in(slug, seen.number, typed, by=by, now=now)
    if not done.faults:
        return redirect(space.address("space_keying", number=seen.number))
    for one, form in cards:
        if one.number in done.faults:
            form.told(done.faults[one.number], lang=space.lang)
    left = [(one, form) for one, form in cards if one.number not in done.keyed]
    return _page(request, space, seen, left, status=400)


@space_page("contribute", methods=FORM)
def key_one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Key a card beside its picture; settle one that two people keyed differently; set one aside."""
    one = card(space.seen, number, space.by)
    if one.state == "differs" and not space.may("review"):
        raise NotFound("unknown_sheets")
    slug, by, now = space.seen.slug, space.by, space.now
    if request.POST.get("do") == "drop":
        drop_card(slug, number, by=by, now=now)
        return redirect(space.address("space_workshop", number=one.sheets))
    begun = one.begun or (one.first if one.state == "differs" else one.read)
    form = CardForm(request.POST or None, lang=space.lang, initial=begun)

    def act(typed: dict[str, Any]) -> str:
        write = settle_card if one.state == "differs" else key_card
        write(slug, number, typed, by=by, now=now)
        return space.address("space_workshop", number=one.sheets)

    if done := acted(form, act, lang=space.lang):
        return done
    values = {"card": one, "form": form, "differs": _differing(one, space.lang)}
    return space_answer(request, space, "assets_card.html", values, here=HERE, status=status_of(form))  # fmt: skip


def _differing(one: CardSeen, lang: str) -> list[tuple[str, str, str]]:
    """List the fields that two people keyed differently, in words."""
    names = sheet_words("field", lang=lang)
    return [
        (names.get(name, name), _said(name, one.first, lang), _said(name, one.second, lang))
        for name in FIELDS
        if one.first.get(name, "") != one.second.get(name, "")
    ]


def _said(name: str, keyed: Mapping[str, str], lang: str) -> str:
    words = sheet_words(name, lang=lang) if name in ("class", "visibility") else {}
    return words.get(keyed.get(name, ""), keyed.get(name, ""))


@space_page("contribute")
def card_png(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Give the picture of a card that waits to be keyed."""
    return HttpResponse(card_picture(space.seen, number), content_type="image/png")
