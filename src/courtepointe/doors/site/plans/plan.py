"""The community resilience plan: its versions, its sections, what is not settled, its adoption, its files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.hubs.forms import lines
from courtepointe.doors.site.hubs.frame import numbered
from courtepointe.doors.site.plans import forms
from courtepointe.doors.site.plans.frame import HERE, PAGES, portrait_asked
from courtepointe.doors.site.plans.report import plan_report
from courtepointe.doors.site.plans.rewriting import rewriting
from courtepointe.doors.site.reports import ENDINGS, report_answer, report_form
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.engagement.queries.meetings import register
from courtepointe.plans.actions import plans as acts
from courtepointe.plans.kinds import section_hints, words_of
from courtepointe.plans.marks import mark_of_section
from courtepointe.plans.queries.plans import PlanSeen, plan, plans
from courtepointe.plans.values import NewPlan
from courtepointe.portraits.resilience.queries import portrait, portraits


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the plans of a portrait and their versions; begin one."""
    about = portrait_asked(request, space)
    held = () if about is None else plans(space.seen, portrait=about.number)

    def begin(typed: dict[str, Any]) -> str:
        assert about is not None
        number = acts.begin_plan(space.seen.slug, about.number, NewPlan(**typed), **keys(space))
        return space.address("space_resilience_plan", number=number)

    deeds = []
    if about is not None and not held:
        named = _("Community resilience plan of %(place)s") % {"place": about.territory.name if about.territory else about.name}  # fmt: skip
        form = partial(forms.PlanForm, initial={"title": named})
        deeds = [Deed("begin", _("Begin the plan"), begin, form, _("Begin the plan"))]
    draw = {"portrait": about, "portraits": portraits(space.seen), "plans": held}
    return page_of(request, space, f"{PAGES}plans.html", deeds, lambda: draw, here=HERE)


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a plan; write it while it is a draft, adopt it, put it in force, begin its next version."""
    seen = plan(space.seen, number, now=space.now)

    def draw() -> dict[str, Any]:
        found = plan(space.seen, number, now=space.now) if request.method == "POST" else seen
        return {
            "plan": found,
            "line": found.line,
            "content": found.content,
            "portrait": portrait(space.seen, found.line.portrait),
            "sections": _sections(space, found),
            "names": {code: fr if space.lang == "fr" else en for code, (fr, en) in found.content.names.items()},
            "endings": ENDINGS,
        }  # fmt: skip

    deeds = _deeds(space, seen, asked=request.POST.get("do", ""))
    return page_of(request, space, f"{PAGES}plan.html", deeds, draw, here=HERE)


def _deeds(space: Space, seen: PlanSeen, *, asked: str) -> list[Deed]:
    """Give what may be done with a plan; what was being written when it was adopted is refused, and stays on the page."""
    if seen.line.state == "draft":
        return _of_draft(space, seen)
    is_text = asked.startswith("write-") or asked == "describe"
    late = [deed for deed in _of_draft(space, seen) if deed.do == asked] if is_text else []
    return [*late, *_of_adopted(space, seen)]


def _sections(space: Space, seen: PlanSeen) -> list[tuple[str, str, str, str]]:
    """Give each section: its code, its name, what may be written there, what was written."""
    return [
        (code, words.in_(space.lang), section_hints()[code].in_(space.lang), seen.content.texts.get(code, ""))
        for code, words in words_of("sections").items()
    ]  # fmt: skip


def _of_draft(space: Space, seen: PlanSeen) -> list[Deed]:
    slug, k, number = space.seen.slug, keys(space), seen.line.number

    def describe(typed: dict[str, Any], *, after: str) -> None:
        acts.describe_plan(slug, number, NewPlan(**typed), after=after, **k)

    def write(section: str, typed: dict[str, Any], *, after: str) -> None:
        acts.write_section(slug, number, section, typed["told"], after=after, **k)

    def adopt(typed: dict[str, Any]) -> None:
        acts.adopt_plan(slug, number, typed["decision"], **k)

    decisions = register(space.seen, state="in_force") if space.may("write") else ()
    offered = numbered((one.number, f"{one.label} · {one.text[:80]}") for one in decisions)
    begun = {name: getattr(seen.line, name) for name in ("title", "starts", "ends")} | {
        forms.AFTER: seen.mark
    }
    title_and_cycle = partial(forms.PlanChange, initial=begun)
    texts = [_section_deed(write, one, lang=space.lang) for one in _sections(space, seen)]
    return [
        *texts,
        rewriting("describe", _("Keep"), describe, title_and_cycle, _("Title and cycle"), lang=space.lang),
        Deed("adopt", _("Adopt the plan"), adopt, partial(forms.AdoptForm, decisions=offered), _("Adopt the plan by a decision")),
    ]  # fmt: skip


def _section_deed(write: Callable[..., None], one: tuple[str, str, str, str], *, lang: str) -> Deed:
    """Make the form of a section; its title is not the section's own, so that no two parts of the page share a name."""
    code, name, hint, told = one
    form = partial(section_form(hint), initial={"told": told, forms.AFTER: mark_of_section(told)})
    title = _("Write “%(section)s”") % {"section": name}
    return rewriting(
        f"write-{code}", _("Keep this section"), partial(write, code), form, title, lang=lang
    )


def section_form(hint: str) -> type[django_forms.Form]:
    """Make the form of a section: its label says what may be written there."""
    return type("SectionForm", (forms.Rewritten,), {"told": lines(hint, most=20_000)})


def _of_adopted(space: Space, seen: PlanSeen) -> list[Deed]:
    slug, k, number = space.seen.slug, keys(space), seen.line.number

    def enforce(_typed: dict[str, Any]) -> None:
        acts.put_in_force(slug, number, **k)

    def close(_typed: dict[str, Any]) -> None:
        acts.close_plan(slug, number, **k)

    def follow(_typed: dict[str, Any]) -> str:
        made = acts.next_plan(slug, number, **k)
        return space.address("space_resilience_plan", number=made)

    deeds = []
    if seen.line.state == "adopted":
        deeds.append(Deed("enforce", _("Put it in force"), enforce))
    if seen.line.state == "in_force":
        deeds.append(Deed("close", _("Close it"), close, title=_("Its cycle is over")))
    if seen.followed_by is None:
        deeds.append(Deed("follow", _("Begin the next version"), follow))
    return deeds


@space_page("read")
def printed(request: HttpRequest, space: Space, number: int, ending: str) -> HttpResponseBase:
    """Give a plan as a file: PDF, Word, a page of its own."""
    form, seen = report_form(ending), plan(space.seen, number, now=space.now)
    word = "plan" if space.lang == "fr" else "resilience-plan"
    stem = f"{space.seen.slug}-{word}-{seen.line.version}"
    return report_answer(plan_report(space, seen), form, stem=stem)
