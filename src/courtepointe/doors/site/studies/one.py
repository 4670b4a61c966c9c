"""A study: how far it is while it runs, then its answer and all that the answer follows from."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from courtepointe.core.errors import BadInput
from courtepointe.doors.site.errors import told as told_error
from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.doors.site.studies.frame import HERE, PAGES
from courtepointe.doors.site.studies.jobs import send
from courtepointe.doors.site.studies.kinds import KINDS
from courtepointe.hubs.actions import studies as actions
from courtepointe.hubs.queries.studies import StudySeen, study
from courtepointe.press.numbers import number as written


class TitleForm(forms.Form):
    """What a study is called."""

    title = forms.CharField(label=_("Title"), max_length=200)


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a study; stop it, ask it again, call it otherwise, take it away."""
    seen = study(space.seen, number, now=space.now)
    return page_of(
        request, space, f"{PAGES}study.html", _deeds(space, seen), lambda: _drawn(space, number), here=HERE
    )  # fmt: skip


def _deeds(space: Space, seen: StudySeen) -> list[Deed]:
    slug, k, number = space.seen.slug, keys(space), seen.number

    def stop(typed: dict[str, Any]) -> None:
        actions.stop_study(slug, number, **k)

    def again(typed: dict[str, Any]) -> str:
        made = actions.ask_again(slug, number, send=send, **k)
        return space.address("space_study", number=made)

    def call(typed: dict[str, Any]) -> None:
        actions.call_study(slug, number, typed["title"], **k)

    def drop(typed: dict[str, Any]) -> str:
        actions.drop_study(slug, number, **k)
        return space.address("space_studies")

    called = partial(TitleForm, initial={"title": seen.title})
    running = [Deed("stop", _("Stop this study"), stop, in_line=True)]
    ended = [
        Deed("again", _("Ask the same again"), again, in_line=True),
        Deed("call", _("Keep this title"), call, called, _("Call it otherwise")),
        Deed("drop", _("Take this study away"), drop, in_line=True),
    ]
    return running if seen.lives else ended


def _drawn(space: Space, number: int) -> dict[str, Any]:
    seen = study(space.seen, number, now=space.now)
    kind = KINDS[seen.kind]
    values: dict[str, Any] = {
        "study": seen, "kind_name": kind.name,
        "question": kind.question(seen.asked, lang=space.lang),
        "progress": _progress(seen, space.lang), "part": seen.progress.get("part"),
    }  # fmt: skip
    if seen.fault is not None:
        fault = BadInput(seen.fault["code"], **seen.fault["facts"])
        values["fault"] = told_error(fault, lang=space.lang)
    if seen.is_done:
        values |= kind.told(space, seen)
        values |= {
            "answer": kind.template(seen.kind),
            "lead": kind.lead(seen.asked, seen.result, lang=space.lang),
            "same": [one for one, digest in seen.twins if digest == seen.digest],
            "other": [one for one, digest in seen.twins if digest != seen.digest],
            "took": written(seen.seconds or 0.0, decimals=1, lang=space.lang),
        }
    return values


def _progress(seen: StudySeen, lang: str) -> str:
    """Say how near the best is to the bound, in percent; nothing where it is not known yet."""
    best, bound = seen.progress.get("objective"), seen.progress.get("bound")
    if best is None or bound is None:
        return ""
    gap = abs(best - bound) / max(abs(best), 1e-300) * 100.0
    return "" if gap > 100.0 else written(gap, decimals=2, lang=lang)
