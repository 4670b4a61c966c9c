"""The thread: from what was said to what was seen, both ways, as nested lists and a small drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import npgettext, pgettext

from courtepointe.doors.site.plans.frame import HERE, PAGES, names_of, word
from courtepointe.doors.site.space.frame import Space, space_answer, space_page
from courtepointe.plans.chain import Branch, Chain, Node, branches
from courtepointe.plans.kinds import read_words
from courtepointe.plans.queries.chain import STARTS, chain_from
from courtepointe.portraits.evidence.lists import words_of as words_of_evidence

OWN_PAGES = {
    "priority": "space_priority",
    "action": "space_action",
    "hub": "space_hub",
    "session": "space_session",
    "activity": "space_activity",
    "exercise": "space_hub",
    "result": "space_action",
}
"""Pages of the things of the chain that have one."""
MOST = 12
"""How many things of a kind a branch tells before the others are counted."""
STEPS = ("source", "passage", "reading", "priority", "action", "follow", "result")
SAID = ("source", "passage")
FOLLOWED = ("hub", "session", "activity", "exercise")


@dataclass(frozen=True, slots=True)
class Told:
    """A thing of the chain as a page tells it; ``page`` is its own, ``thread`` the chain from it."""

    kind: str
    title: str
    note: str
    day: str
    page: str
    thread: str
    more: tuple[Told, ...]
    again: bool
    n_others: int


@dataclass(frozen=True, slots=True)
class Teller:
    """Where the thread is told: the space, the names of dimensions, the portrait."""

    space: Space
    names: Mapping[str, str]
    portrait: int


@space_page("read")
def chain(request: HttpRequest, space: Space, kind: str, number: int) -> HttpResponseBase:
    """Show what a thing comes from and what came of it."""
    found = chain_from(space.seen, kind, number, now=space.now, lang=space.lang)
    teller = Teller(space, names_of(space), found.portrait)
    values = {
        "here": _told(Branch(found.nodes[found.at], ()), teller),
        "before": _all(branches(found, back=True), teller),
        "after": _all(branches(found, back=False), teller),
        "steps": _steps(found),
    }
    return space_answer(request, space, f"{PAGES}thread.html", values, here=HERE)


def kinds() -> Mapping[str, str]:
    """Name the kinds of things of the chain."""
    return {
        "source": pgettext("thread", "Source"),
        "passage": pgettext("thread", "What was said"),
        "reading": pgettext("thread", "Shared reading"),
        "priority": pgettext("thread", "Priority"),
        "action": pgettext("thread", "Action"),
        "hub": pgettext("thread", "Hub"),
        "session": pgettext("thread", "Training session"),
        "activity": pgettext("thread", "Activity"),
        "exercise": pgettext("thread", "Exercise or opening"),
        "result": pgettext("thread", "Result"),
    }


def _all(held: Iterable[Branch], teller: Teller) -> tuple[Told, ...]:
    """Tell branches; of more than twelve of a kind, the first twelve and how many others."""
    by_kind: dict[str, list[Branch]] = {}
    for one in held:
        by_kind.setdefault(one.node.key.kind, []).append(one)
    return tuple(
        _told(one, teller, n_others=len(those) - MOST if place == MOST - 1 else 0)
        for those in by_kind.values()
        for place, one in enumerate(those[:MOST])
    )


def _told(one: Branch, teller: Teller, *, n_others: int = 0) -> Told:
    node, key, space = one.node, one.node.key, teller.space
    thread = space.address("space_thread", kind=key.kind, number=key.number) if key.kind in STARTS else ""  # fmt: skip
    return Told(
        kind=kinds()[key.kind],
        title=_title(node),
        note=" · ".join(part for part in (teller.names.get(node.dimension, ""), _state(node, space.lang)) if part),
        day=_day(node),
        page=_page(node, teller),
        thread=thread,
        more=_all(one.more, teller),
        again=one.again,
        n_others=max(n_others, 0),
    )  # fmt: skip


def _day(node: Node) -> str:
    """Give the day of a thing; of what was said, and of where, the month alone: a day may say who spoke."""
    if node.day is None:
        return ""
    said = node.key.kind in SAID
    return node.day.isoformat()[: len("2026-05")] if said else node.day.isoformat()


def _page(node: Node, teller: Teller) -> str:
    """Give the address of a thing's own page; nothing where it has none, or is gone."""
    kind, about = node.key.kind, teller.portrait
    if kind == "source":
        return teller.space.address("space_evidence_source", number=about, source=node.key.number)
    if kind == "reading":
        return teller.space.address("space_reading", number=about, code=node.dimension)
    if kind not in OWN_PAGES or node.leads is None:
        return ""
    return teller.space.address(OWN_PAGES[kind], number=node.leads)


def _title(node: Node) -> str:
    if node.key.kind == "passage" and node.title:
        return pgettext("quotation", "“%(words)s”") % {"words": node.title}
    if node.key.kind == "passage":
        return pgettext("thread", "Words that may not be quoted, or are no longer kept")
    if node.key.kind == "source" and not node.title:
        return pgettext("thread", "Its place is not told")
    return node.title


def _state(node: Node, lang: str) -> str:
    kind, state = node.key.kind, node.state
    if kind in ("source", "passage"):
        words = words_of_evidence("kinds").get(state)
        return words.in_(lang) if words else ""
    if kind == "reading":
        words = read_words().get(state)
        return words.in_(lang) if words else ""
    if kind == "hub":
        return pgettext("hub", "ended") if state else ""
    return word("directions" if kind == "result" else "states", state, lang=lang) if state else ""


def _steps(found: Chain) -> list[tuple[str, int, bool]]:
    """Count the things of each step of the chain, for the drawing; the one that it starts from is marked."""
    counted = dict.fromkeys(STEPS, 0)
    for key in found.nodes:
        counted["follow" if key.kind in FOLLOWED else key.kind] += 1
    at = "follow" if found.at.kind in FOLLOWED else found.at.kind
    return [(_step(step, counted[step]), counted[step], step == at) for step in STEPS]


def _step(step: str, n: int) -> str:
    """Name a step of the chain after its count."""
    return {
        "source": npgettext("step of the thread", "source", "sources", n),
        "passage": npgettext("step of the thread", "thing said", "things said", n),
        "reading": npgettext("step of the thread", "shared reading", "shared readings", n),
        "priority": npgettext("step of the thread", "priority", "priorities", n),
        "action": npgettext("step of the thread", "action", "actions", n),
        "follow": npgettext("step of the thread", "hub, training or activity", "hubs, trainings or activities", n),
        "result": npgettext("step of the thread", "result", "results", n),
    }[step]  # fmt: skip
