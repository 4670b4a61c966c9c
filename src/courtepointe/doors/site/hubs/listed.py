"""The list of hubs; guided paths, models side by side, candidates of the directory."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.atlas.recipe.values import Words
from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.hubs.forms import HubForm
from courtepointe.doors.site.hubs.frame import HERE, PAGES, hub_choices
from courtepointe.doors.site.space.directory_forms import next_page, number_in
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_answer, space_page
from courtepointe.hubs.actions.hubs import form_hub
from courtepointe.hubs.kinds import about, asks_of_forms, hub_models, roles, ways
from courtepointe.hubs.queries.directory import candidates as candidates_of
from courtepointe.hubs.queries.hubs import hubs
from courtepointe.hubs.values import NewHub


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the hubs; form one."""

    def begin(typed: dict[str, Any]) -> str:
        return space.address("space_hub", number=form_hub(space.seen.slug, NewHub(**typed), **keys(space)))  # fmt: skip

    begun = {"form": request.GET.get("form", "place"), "way": request.GET.get("way", ""), "aim": "base", "status": "idea"}  # fmt: skip
    form = partial(HubForm, **hub_choices(space), initial=begun)
    deeds = [Deed("form", _("Form this hub"), begin, form, _("Form a hub"))]

    def draw() -> dict[str, Any]:
        return {"hubs": hubs(space.seen, now=space.now), "forms": _forms(space.lang)}

    return page_of(request, space, f"{PAGES}hubs.html", deeds, draw, here=HERE)


def _forms(lang: str) -> list[dict[str, Any]]:
    return [
        {"code": code, "about": said.in_(lang), "asks": _in(asks_of_forms()[code], lang)}
        for code, said in about("forms").items()
    ]


def _in(texts: tuple[Words, ...], lang: str) -> list[str]:
    return [one.in_(lang) for one in texts]


@space_page("read")
def guided(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show the five ways to form a hub from what exists, step by step."""
    lang = space.lang
    told = [
        {
            "code": way.code,
            "form": way.form,
            "name": way.name.in_(lang),
            "about": way.about.in_(lang),
            "from": _in(way.starts_from, lang),
            "steps": [(one.name.in_(lang), _in(one.needs, lang)) for one in way.steps],
        }
        for way in ways().values()
    ]
    return space_answer(request, space, f"{PAGES}ways.html", {"ways": told}, here=HERE)


@space_page("read")
def models(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show the ten models; two or three of them side by side where the address names them."""
    asked = [code for code in request.GET.getlist("m") if code in hub_models()][:3]
    told = [_model(code, space.lang) for code in hub_models()]
    compared = [one for one in told if one["code"] in asked]
    values = {"models": told, "compared": compared, "asked": asked, "all_roles": list(roles())}
    return space_answer(request, space, f"{PAGES}models.html", values, here=HERE)


def _model(code: str, lang: str) -> dict[str, Any]:
    model = hub_models()[code]
    return {
        "code": code,
        "name": model.name.in_(lang),
        "form": model.form,
        "trend": model.trend,
        "way": model.way,
        "role_codes": model.roles,
        "functions": _in(model.functions, lang),
        "finance": _in(model.finance, lang),
        "indicators": _in(model.indicators, lang),
        "items": [one.text.in_(lang) for one in model.items],
        "source": model.source,
        "source_title": model.source_title,
    }


@space_page("read")
def candidates(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show the places of the directory that could hold a hub, with what is known and what is missing."""
    asked = {name: name in request.GET for name in ("step_free", "surplus")}
    after = number_in(request.GET, "after")
    page = candidates_of(space.seen, **asked, after=after)
    values = {"page": page, "older": next_page(request.GET, page.after), **asked}
    return space_answer(request, space, f"{PAGES}candidates.html", values, here=HERE)
