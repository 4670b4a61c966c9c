"""Contribute: an asset, a note on a place, an observation; what is asked is what telephones ask."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from courtepointe.doors.site.security import takes_photos
from courtepointe.doors.site.space.assets_forms import ContributionForm
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.places.assets.actions import propose
from courtepointe.places.assets.hand import by_hand
from courtepointe.places.assets.lists import ASSETS, categories
from courtepointe.places.collecting import field_form, field_forms
from courtepointe.press.photos import MOST_BYTES, read_photo

HERE = "space_assets"


@space_page("contribute")
def choose(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Choose what to contribute."""
    classes = [(code, one.in_(space.lang)) for code, one in categories(ASSETS).items()]
    others = [(code, one.form.title[space.lang]) for code, one in field_forms().items() if code != ASSETS]  # fmt: skip
    values = {"classes": classes, "others": others}
    return space_answer(request, space, "assets_choose.html", values, here=HERE)


@takes_photos
@space_page("contribute", methods=FORM)
def propose_one(request: HttpRequest, space: Space, form: str) -> HttpResponseBase:
    """Fill a form of ours on a page."""
    asked = field_form(form)
    chosen = request.GET.get("class", "") if form == ASSETS else ""
    if form == ASSETS and chosen not in categories(form):
        return choose(request, slug=space.seen.slug)
    posted = request.method == "POST"
    page = ContributionForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        form=asked,
        lang=space.lang,
        chosen=chosen,
        initial={"visibility": "workspace"},
    )

    def act(typed: dict[str, Any]) -> str:
        said = by_hand(asked, page.said(), key=f"hand:{uuid4()}", day=localdate(space.now))
        photos = {
            one.name or "photo": read_photo(one.read(MOST_BYTES + 1), file=one.name or "photo")
            for one in page.photos()
        }
        number = propose(
            space.seen.slug, said, asked, visibility=typed["visibility"], photos=photos,
            by=space.by, now=space.now,
        )  # fmt: skip
        return space.address("space_asset", number=number)

    if done := acted(page, act, lang=space.lang):
        return done
    title = categories(form)[chosen].in_(space.lang) if chosen else asked.form.title[space.lang]
    values = {"form": page, "title": title}
    return space_answer(request, space, "assets_propose.html", values, here=HERE, status=status_of(page))  # fmt: skip
