"""One action: what, who, when, with what; what is expected and what was seen; where it comes from."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.hubs.frame import numbered, records
from courtepointe.doors.site.hubs.telling import capital
from courtepointe.doors.site.plans import forms
from courtepointe.doors.site.plans.frame import HERE, PAGES, names_of, place_of, word
from courtepointe.doors.site.plans.grounded import ground_deeds
from courtepointe.doors.site.plans.listed import KEPT, action_form, new_action
from courtepointe.doors.site.plans.rewriting import rewriting
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.doors.site.space.told import changes_told
from courtepointe.people.queries import changes_of_thing
from courtepointe.plans import values
from courtepointe.plans.actions import actions, followed
from courtepointe.plans.kinds import next_states, suggested, words_of
from courtepointe.plans.queries.actions import action
from courtepointe.plans.queries.grounds import grounds_of, sources_to_show
from courtepointe.plans.queries.linked import linkable
from courtepointe.plans.values import ActionSeen
from courtepointe.portraits.resilience.queries import indicators_of, portrait

CHANGES = 12


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show an action with all that is held of it; change it, follow it, link it."""
    seen = action(space.seen, number, now=space.now)
    deeds = [*_of_it(space, seen), *_of_effects(space, seen), *_of_others(space, seen)]
    deeds += ground_deeds(space, "action", number, seen.line.portrait)

    def draw() -> dict[str, Any]:
        found = action(space.seen, number, now=space.now) if request.method == "POST" else seen
        changes = changes_of_thing(space.seen.id, "plans.action", str(number), limit=CHANGES)
        return {
            "action": found,
            "line": found.line,
            "portrait": portrait(space.seen, found.line.portrait),
            "names": names_of(space),
            "grounds": grounds_of(space.seen, "action", number, now=space.now, lang=space.lang),
            "changes": changes_told(changes, space),
            "effect_names": {one.number: one.name.in_(space.lang) for one in found.effects},
            "suggestion": suggested().get(found.suggested),
        }

    return page_of(request, space, f"{PAGES}action.html", deeds, draw, here=HERE)


def _of_it(space: Space, seen: ActionSeen) -> list[Deed]:
    slug, k, line = space.seen.slug, keys(space), seen.line

    def change(typed: dict[str, Any], *, after: str) -> None:
        actions.change_action(slug, line.number, new_action(typed), after=after, **k)

    def move(typed: dict[str, Any]) -> None:
        actions.move_action(slug, line.number, typed["state"], on=typed["on"], why=typed["why"], **k)  # fmt: skip

    states = [(c, capital(word("states", c, lang=space.lang))) for c in next_states()[line.state]]
    return [
        Deed("move", _("Keep this state"), move, partial(forms.MoveForm, states=states), _("Say where it stands")),
        rewriting("change", _("Keep the change"), change, _begun(space, seen), _("Change the action"), lang=space.lang),
    ]  # fmt: skip


def _begun(space: Space, seen: ActionSeen) -> Any:
    line = seen.line
    same = ("statement", "bearer", "beside", "beside_by", "means", "cost", "horizon", "due", "read", "priority")  # fmt: skip
    begun: dict[str, Any] = {name: getattr(line, name) for name in same}
    begun |= {"about": seen.about, "role": seen.role, "lead": seen.lead_record}
    closed = str(seen.lead_record) not in dict(records(space, "organization")) and seen.lead_record
    begun |= {"lead": KEPT} if closed else {}
    begun["place"] = place_of(line.dimension, line.part)
    begun[forms.AFTER] = seen.mark
    form = forms.ActionChange
    return action_form(
        space, line.portrait, lead=line.lead if closed else "", form=form, initial=begun
    )


def _of_effects(space: Space, seen: ActionSeen) -> list[Deed]:
    slug, k, number, lang = space.seen.slug, keys(space), seen.line.number, space.lang

    def expect(typed: dict[str, Any]) -> None:
        followed.expect(slug, number, values.NewEffect(**typed), **k)

    def revise(typed: dict[str, Any]) -> None:
        followed.revise_effect(slug, number, typed.pop("number"), values.NewEffect(**typed), **k)

    def note(typed: dict[str, Any]) -> None:
        followed.note_result(slug, number, values.NewResult(**typed), **k)

    def correct(typed: dict[str, Any]) -> None:
        before, why = typed.pop("number"), typed.pop("why")
        followed.correct_result(slug, number, before, values.NewResult(**typed), why=why, **k)

    held = indicators_of(space.seen.id, seen.line.portrait)
    counted: dict[str, Any] = {
        "lang": lang,
        "indicators": [(one.code, one.name.in_(lang)) for one in held],
    }
    standing = [one for one in seen.effects if not one.replaced]
    effects = numbered((one.number, one.name.in_(lang)) for one in standing)
    results = numbered((one.number, one.text[:80]) for one in seen.results if not one.replaced)
    sources = (
        numbered(sources_to_show(space.seen, seen.line.portrait)) if space.may("write") else []
    )
    result: dict[str, Any] = {
        "lang": lang,
        "effects": effects,
        "sources": sources,
        "initial": {"seen_on": localdate(space.now)},
    }
    deeds = [
        Deed("result", _("Keep this result"), note, partial(forms.ResultForm, **result), _("Write down what was seen")),
        Deed("expect", _("Keep this effect"), expect, partial(forms.EffectForm, **counted), _("Say what it is expected to move")),
    ]  # fmt: skip
    if standing:
        form = partial(forms.ReviseForm, effects=effects, **counted)
        deeds.append(Deed("revise", _("Keep the revised effect"), revise, form, _("Expect otherwise")))  # fmt: skip
    if results:
        correction = partial(forms.CorrectForm, results=results, **result)
        deeds.append(Deed("correct", _("Keep the correction"), correct, correction, _("Correct a result")))  # fmt: skip
    return deeds


def _of_others(space: Space, seen: ActionSeen) -> list[Deed]:
    slug, k, number = space.seen.slug, keys(space), seen.line.number

    def partner(typed: dict[str, Any]) -> None:
        followed.add_partner(slug, number, values.NewPartner(**typed), **k)

    def link(typed: dict[str, Any]) -> None:
        kind, _colon, what = typed["what"].partition(":")
        followed.link_action(slug, number, kind, int(what), **k)

    may = space.may("write")
    offered = records(space, "organization") if may else []
    groups = [
        (capital(words.in_(space.lang)), [(f"{kind}:{n}", name) for n, name in linkable(space.seen.id, kind)])
        for kind, words in words_of("links").items()
    ] if may else []  # fmt: skip
    deeds = [
        Deed("partner", _("Add this partner"), partner, partial(forms.PartnerForm, records=offered), _("Add a partner")),
        row_deed("drop_partner", _("Take off"), lambda n: followed.drop_partner(slug, number, n, **k)),
        row_deed("unlink", _("Undo the link"), lambda n: followed.unlink_action(slug, number, n, **k)),
    ]  # fmt: skip
    if any(those for _name, those in groups):
        pick = partial(forms.PickForm, label=_("Hub, session, activity or exercise"), groups=[one for one in groups if one[1]])  # fmt: skip
        deeds.append(Deed("link", _("Link it"), link, pick, _("Link it to a hub, a training, an activity, an exercise")))  # fmt: skip
    return deeds
