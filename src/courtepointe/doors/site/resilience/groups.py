"""The groups of a portrait: up to three looked at together, what is counted and heard of them, and what nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtepointe.atlas.query.joint import Together
from courtepointe.core.errors import BadInput
from courtepointe.doors.site.errors import told as told_error
from courtepointe.doors.site.resilience.frame import portrait_answer
from courtepointe.doors.site.resilience.groups_told import told_of_groups
from courtepointe.doors.site.space.frame import Space, space_page
from courtepointe.doors.territories import area_of
from courtepointe.portraits.resilience import lens, queries
from courtepointe.portraits.resilience.framework import Group, groups
from courtepointe.portraits.resilience.lens import Crossing
from courtepointe.portraits.resilience.values import PortraitSeen
from courtepointe.portraits.surveys.queries import results_to_take
from courtepointe.press.numbers import amount, number, rounded


class GroupsForm(forms.Form):
    """Groups to look at together; the address holds the choice."""

    group = forms.MultipleChoiceField(
        label=gettext_lazy("Groups"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Up to three, that are not two answers to one question."),
    )  # fmt: skip

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, one.name.in_(lang)) for code, one in groups().items()]
        self.fields["group"].choices = offered  # type: ignore[attr-defined]


@space_page("read")
def shown(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show what is counted and heard of the groups asked for, who may be of several, and their gaps to everybody."""
    seen = queries.portrait(space.seen, number)
    asked, fault = request.GET.getlist("group"), ""
    some: Sequence[Group] = ()
    try:
        some = lens.chosen(asked)
    except BadInput as error:
        fault = told_error(error, lang=space.lang)
    form = GroupsForm(initial={"group": asked}, lang=space.lang, auto_id="groups_%s")
    values = {"form": form, "fault": fault, **_answer(space, seen, some)}
    return portrait_answer(
        request, space, "groups.html", seen, values, status=400 if fault else 200
    )


def _answer(space: Space, seen: PortraitSeen, some: Sequence[Group]) -> dict[str, Any]:
    area, lang = area_of(seen), space.lang

    def bound(codes: Sequence[str], base: str) -> Together:
        assert area is not None
        return area[0].atlas.together(area[1], codes, base=base)

    told = told_of_groups(space, seen, some or tuple(groups().values()))
    crossed = lens.crossings([one.seen for one in told], bound) if some else ()
    return {
        "has_area": area is not None,
        "chosen": bool(some),
        "told": told,
        "crossed": [crossing_text(one, lang=lang) for one in crossed],
        "untaken": bool(results_to_take(space.seen, seen.number)),
        "has_indicators": bool(queries.indicators_of(space.seen.id, seen.number)),
    }


def crossing_text(one: Crossing, *, lang: str) -> tuple[str, str]:
    """Say who may be of several groups at once; the names of the groups first."""
    name = " + ".join(group.name.in_(lang) for group in one.groups)
    if one.reason or one.low is None or one.high is None:
        return name, _why(one)
    low, high = (float(rounded(end, decimals=0)) for end in (one.low, one.high))
    if one.few:
        return name, _("A few people at most are of all of these groups at once: how many is not told.")  # fmt: skip
    most = amount(high, unit=one.unit, lang=lang, in_words=True)
    if low <= 0.0:
        told = _("Nobody counted them together. At most %(most)s are of all of these groups at once; it may be nobody.") % {"most": most}  # fmt: skip
    else:
        told = _("Nobody counted them together. Between %(least)s and %(most)s are of all of these groups at once.") % {"least": number(low, lang=lang), "most": most}  # fmt: skip
    if one.n_units_missing:
        told += " " + _("Of some units nothing is known, and nothing is said of them.")
    return name, told


def _why(one: Crossing) -> str:
    return {
        lens.NOBODY: _("Nobody counts one of these groups here: who is of all of them is not known."),
        lens.FEW: _("One of these groups is so small that nothing is told of it."),
        "unit": _("Some of these groups are counted in people, others in households: nobody counts who is of all of them."),
        "same_question": _("These groups are answers to one question: nobody can be of all of them."),
        "protected": _("The small counts of one of these groups are protected: nothing is told of those who are of several."),
        "no_value": _("The atlas has no value of one of these groups here."),
    }.get(one.reason, _("No source counts these groups on the same units: who is of all of them is not known."))  # fmt: skip
