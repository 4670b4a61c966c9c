"""A model as a hub adopted it, line by line; the shared self-assessment."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.hubs import forms
from courtepointe.doors.site.hubs.frame import HERE, PAGES, numbered
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.hubs.actions import adopted as acts
from courtepointe.hubs.kinds import factors, hub_models
from courtepointe.hubs.queries import adopted as reads
from courtepointe.hubs.values import AssessmentSeen


@space_page("read", methods=FORM)
def adoption(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show an adopted checklist beside its model; adapt it."""
    slug, k, lang = space.seen.slug, keys(space), space.lang
    seen = reads.adoption(space.seen, number)

    def adapt(typed: dict[str, Any]) -> None:
        acts.adapt_item(slug, typed["number"], typed["text"], **k)

    def drop(typed: dict[str, Any]) -> None:
        acts.drop_item(slug, typed["number"], typed["text"], **k)

    def add(typed: dict[str, Any]) -> None:
        acts.add_item(slug, number, typed["text"], **k)

    items = numbered((one.number, one.told.text.in_(lang)) for one in seen.items)
    deeds = [
        Deed("adapt", _("Keep these words"), adapt, partial(forms.LineForm, items=items), _("Say a line in our own words")),
        Deed("drop", _("Keep this"), drop, partial(forms.DropForm, items=items), _("Leave a line out")),
        Deed("add", _("Add this line"), add, forms.AddLineForm, _("Add a line of our own")),
        row_deed("tick", _("Done, or not"), lambda n: acts.tick_item(slug, n, **k)),
    ]  # fmt: skip

    def draw() -> dict[str, Any]:
        found = reads.adoption(space.seen, number)
        lines = [(one, one.told.text.in_(lang), one.told.model.in_(lang) if one.told.model else "") for one in found.items]  # fmt: skip
        model = hub_models().get(found.code)
        return {
            "adoption": found,
            "lines": lines,
            "missing": [text.in_(lang) for text in found.missing],
            "name": model.name.in_(lang) if model else found.code,
            "source": model.source if model else "",
            "source_title": model.source_title if model else "",
        }

    return page_of(request, space, f"{PAGES}adoption.html", deeds, draw, here=HERE)


@space_page("read", methods=FORM)
def rounds(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the rounds of the self-assessment; open one."""

    def begin(typed: dict[str, Any]) -> str:
        made = acts.open_assessment(space.seen.slug, typed["name"], **keys(space))
        return space.address("space_hub_round", number=made)

    deeds = [Deed("open", _("Open this round"), begin, forms.RoundForm, _("Open a round"))]

    def draw() -> dict[str, Any]:
        return {"rounds": reads.assessments(space.seen, space.by), "factors": _asked(space.lang)}

    return page_of(request, space, f"{PAGES}rounds.html", deeds, draw, here=HERE)


def _asked(lang: str) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            factor.name.in_(lang),
            [(f"{factor.code}.{one.code}", one.text.in_(lang)) for one in factor.questions],
        )
        for factor in factors().values()
    ]


class SheetForm(django_forms.Form):
    """The questions of the self-assessment; none has to be answered."""

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = forms.offered("answers", lang=lang)
        for _factor, asked in _asked(lang):
            for code, text in asked:
                self.fields[code] = django_forms.ChoiceField(
                    label=text, required=False, choices=choices, widget=django_forms.RadioSelect
                )


@space_page("read", methods=FORM)
def one_round(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a round: what its answers say from five on; answer it, key in a sheet, close it."""
    slug, k = space.seen.slug, keys(space)
    seen = reads.assessment(space.seen, number, space.by)

    def answer(typed: dict[str, Any]) -> None:
        acts.answer_assessment(slug, number, typed, **k)

    def key_in(typed: dict[str, Any]) -> None:
        acts.key_in_sheet(slug, number, typed, **k)

    def close(typed: dict[str, Any]) -> None:
        acts.close_assessment(slug, number, **k)

    sheet = partial(SheetForm, lang=space.lang)
    deeds = [] if seen.closed else [
        Deed("paper", _("Keep this sheet"), key_in, sheet, _("Key in a sheet filled in on paper")),
        Deed("close", _("Close this round"), close),
    ]  # fmt: skip
    if not seen.closed and not seen.mine:
        mine = Deed("answer", _("Give my answers"), answer, sheet, _("Answer"), right="contribute")
        deeds.insert(0, mine)

    def draw() -> dict[str, Any]:
        found = reads.assessment(space.seen, number, space.by)
        return {"round": found, "told": _told(found, space.lang)}

    return page_of(request, space, f"{PAGES}round.html", deeds, draw, here=HERE)


def _told(found: AssessmentSeen, lang: str) -> list[tuple[str, list[tuple[str, Any]]]]:
    spreads = {one.question: one for one in found.spreads}
    return [
        (name, [(text, spreads.get(code)) for code, text in asked]) for name, asked in _asked(lang)
    ]
