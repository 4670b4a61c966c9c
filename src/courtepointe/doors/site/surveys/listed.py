"""The surveys of a portrait."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.doors.site.surveys.forms import SurveyForm
from courtepointe.doors.site.surveys.frame import HERE, PAGES
from courtepointe.portraits.resilience.queries import portrait
from courtepointe.portraits.surveys.actions import begin_survey
from courtepointe.portraits.surveys.queries import surveys
from courtepointe.portraits.surveys.values import NewSurvey


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """List the surveys of a portrait; begin one."""
    held = portrait(space.seen, number)

    def begin(typed: dict[str, Any]) -> str:
        made = begin_survey(space.seen.slug, number, NewSurvey(**typed), **keys(space))
        return space.address("space_survey", number=made)

    form = partial(SurveyForm, lang=space.lang)
    deeds = [Deed("begin", _("Begin this survey"), begin, form, _("Begin a survey"))]

    def draw() -> dict[str, Any]:
        return {"portrait": held, "surveys": surveys(space.seen, number)}

    return page_of(request, space, f"{PAGES}surveys.html", deeds if held.is_open else [], draw, here=HERE)  # fmt: skip
