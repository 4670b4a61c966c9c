"""The groups of a portrait: up to three looked at together, what is counted of them, and what nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.joint import Together
from courtepointe.core.errors import BadInput, NotFound
from courtepointe.doors.site.errors import told as told_error
from courtepointe.doors.site.resilience import telling
from courtepointe.doors.site.resilience.frame import portrait_answer
from courtepointe.doors.site.space.frame import Space, space_page
from courtepointe.doors.territories import area_of
from courtepointe.portraits.resilience import lens, queries
from courtepointe.portraits.resilience.framework import Group, groups
from courtepointe.portraits.resilience.lens import Crossing, GroupGap, GroupSeen
from courtepointe.portraits.resilience.values import PortraitSeen
from courtepointe.press.numbers import amount, interval, number, rounded, signed, status_text


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
    """Show what is counted of the groups asked for, who may be of several, and their gaps to everybody."""
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

    def figures(code: str) -> Figure | None:
        try:
            return None if area is None else area[1].figure(code)
        except NotFound:
            return None

    def bound(codes: Sequence[str], base: str) -> Together:
        assert area is not None
        return area[0].atlas.together(area[1], codes, base=base)

    every = [lens.counted(one, figures) for one in (some or groups().values())]
    indicators = queries.indicators_of(space.seen.id, seen.number)
    told = [
        (
            one.group,
            counted_text(one, lang=lang),
            [gap_text(gap, one, lang=lang) for gap in lens.gaps(indicators, one) if gap.known != lens.NOBODY] if some else [],
            [gap.indicator for gap in lens.gaps(indicators, one) if gap.known == lens.NOBODY] if some else [],
        )
        for one in every
    ]  # fmt: skip
    crossed = [crossing_text(one, lang=lang) for one in lens.crossings(every, bound)] if some else []  # fmt: skip
    return {
        "has_area": area is not None,
        "chosen": bool(some),
        "told": told,
        "crossed": crossed,
        "has_indicators": bool(indicators),
    }


def counted_text(one: GroupSeen, *, lang: str) -> str:
    """Say what is counted of a group, or that nobody counts it."""
    words = {"group": one.group.name.in_(lang), "least": number(one.group.least, lang=lang)}
    if one.known == lens.NOBODY:
        return _("Nobody counts this group here: how many they are is not known.")
    if one.known == lens.FEW:
        return _("The count is not told: it would tell of fewer than %(least)s people.") % words
    assert one.figure is not None
    if one.figure.value is None:
        return _("The atlas gives no count here: %(why)s.") % {"why": status_text(one.figure.status, lang=lang)}  # fmt: skip
    told = amount(one.figure.value, unit=one.figure.unit, lang=lang, in_words=True)
    if one.figure.low is None or one.figure.high is None or one.figure.low == one.figure.high:
        return told
    return f"{told} ({interval(one.figure.low, one.figure.high, unit=one.figure.unit, lang=lang)})"


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


def gap_text(gap: GroupGap, one: GroupSeen, *, lang: str) -> tuple[str, str]:
    """Say an indicator of a group beside everybody: people first, where their number can be told."""
    name = gap.indicator.name.in_(lang)
    if gap.known == lens.FEW or gap.own is None:
        return name, _("Observed, and not told: it would tell of a few people.")
    unit = gap.indicator.unit
    own = telling.value_text(gap.own, unit, lang=lang)
    every = telling.value_text(gap.every, unit, lang=lang)
    beside = _("They: %(own)s; everybody: %(every)s.") % {"own": own, "every": every}
    if gap.points is None:
        return name, beside
    return name, f"{_people(gap, lang)} {beside}"


def _people(gap: GroupGap, lang: str) -> str:
    if gap.distinguishable is None:
        return _("The error of one of the two is not known: nobody can tell whether they differ.")
    if not gap.distinguishable:
        return _("They and everybody cannot be told apart.")
    if gap.people is None or gap.points is None:
        points = signed(gap.points or 0.0, unit=gap.indicator.unit, decimals=1, lang=lang)
        return _("They differ from everybody by %(points)s.") % {"points": points}
    n = _about(abs(gap.people))
    told = {"people": amount(n, unit="persons", lang=lang, in_words=True)}
    if gap.people > 0.0:
        return _("If they were like everybody, about %(people)s more of them would be counted here.") % told  # fmt: skip
    return _("If they were like everybody, about %(people)s fewer of them would be counted here.") % told  # fmt: skip


def _about(people: float) -> float:
    """Round a number of people as little as is known of it: to 10 from 100 on, else to 5."""
    step = 10.0 if people >= 100.0 else 5.0
    return max(step, step * float(rounded(people / step, decimals=0)))
