"""Results in words: shares with their intervals, groups beside the others, what a sample can and cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.doors.site.surveys.frame import in_language
from courtepointe.portraits.resilience.framework import groups as lens
from courtepointe.portraits.surveys.asked import Asked
from courtepointe.portraits.surveys.bank import lacks, says
from courtepointe.portraits.surveys.results import (
    GroupShare,
    QuestionResult,
    Results,
    Share,
    Weighing,
)
from courtepointe.portraits.surveys.values import SurveySeen
from courtepointe.press.charts import Chart, ChartKind, ChartRow
from courtepointe.press.numbers import amount, interval, number, signed

OFF = 0.005
"""Under half a point, what weights miss is not told."""


@dataclass(frozen=True, slots=True)
class Option:
    """An answer's share, in words."""

    text: str
    share: str
    interval: str
    plain: str


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered to a question, in words; ``lead`` is the sentence that says it."""

    code: str
    text: str
    dimension: str
    is_told: bool
    lead: str
    counts: str
    options: tuple[Option, ...]
    groups: tuple[str, ...]
    unheard: str
    alt: str


def share_text(share: Share, *, lang: str) -> str:
    """Write a share and its interval: 53 % (de 36 % à 70 %)."""
    return f"{percent(share.value, lang)} ({range_text(share, lang)})"


def percent(value: float, lang: str) -> str:
    """Write a share without decimals: a survey of a neighbourhood knows no more."""
    return amount(100.0 * value, unit="percent", lang=lang)


def quoted(text: str, lang: str) -> str:
    """Put a text between quotation marks."""
    return f"“{text}”" if lang == "en" else f"«\u202f{text}\u202f»"


def range_text(share: Share, lang: str) -> str:
    """Write the interval of a share."""
    return interval(100.0 * share.low, 100.0 * share.high, unit="percent", lang=lang)


def told_of(seen: SurveySeen, found: Results, names: Mapping[str, str], *, lang: str) -> list[Told]:
    """Tell what was answered, what is there before what lacks, else in the order in which it was asked."""
    asked = {one.code: one for one in seen.questions}
    made = [told_one(asked[one.code], one, names, lang=lang) for one in found.questions]
    return sorted(made, key=lambda one: one.code in lacks())


def told_one(asked: Asked, one: QuestionResult, names: Mapping[str, str], *, lang: str) -> Told:
    """Tell what was answered to a question."""
    text = in_language(asked.texts, lang)
    dimension = names.get(asked.dimension, asked.dimension)
    if one.tells != "told":
        return Told(
            one.code, text, dimension, False, _("Too few answers to tell."), "", (), (), "", ""
        )
    texts = {each.code: in_language(each.texts, lang) for each in asked.options}
    options = tuple(
        Option(texts[each.code], percent(each.share.value, lang), range_text(each.share, lang), percent(each.share.plain, lang))
        for each in one.options
    )  # fmt: skip
    lead = _lead(asked, one, texts, lang)
    heard = [_group(each, lang) for each in one.groups if each.share is not None]
    silent = [lens()[each.group].name.in_(lang) for each in one.groups if each.share is None]
    unheard = (
        _("Not told, so that nobody’s answer shows: %(groups)s.") % {"groups": ", ".join(silent)}
        if silent
        else ""
    )
    alt = " ".join((text, *(f"{each.text}, {each.share} ({each.interval})." for each in options)))
    return Told(
        one.code,
        text,
        dimension,
        True,
        lead,
        _counts(one, lang),
        options,
        tuple(heard),
        unheard,
        alt,
    )


def _lead(asked: Asked, one: QuestionResult, texts: Mapping[str, str], lang: str) -> str:
    parts = []
    if one.yes is not None:
        yes = [quoted(texts[code], lang) for code in asked.codes if code in asked.yes]
        answers = (" " + _("or") + " ").join(yes)
        facts = {"share": share_text(one.yes, lang=lang), "answers": answers}
        parts.append(_("%(share)s answer %(answers)s.") % facts)
    if one.median is not None:
        median = one.median
        if median.low == median.high:
            parts.append(_("The middle answer is “%(middle)s”.") % {"middle": texts[median.code]})
        else:
            facts = {
                "middle": texts[median.code],
                "low": texts[median.low],
                "high": texts[median.high],
            }
            parts.append(_("The middle answer is “%(middle)s”; it may be any from “%(low)s” to “%(high)s”.") % facts)  # fmt: skip
    if one.mean is not None:
        facts = {
            "mean": number(one.mean.value, decimals=1, lang=lang),
            "low": number(one.mean.low, decimals=1, lang=lang),
            "high": number(one.mean.high, decimals=1, lang=lang),
        }
        parts.append(_("On average %(mean)s (from %(low)s to %(high)s).") % facts)
    return " ".join(parts)


def _counts(one: QuestionResult, lang: str) -> str:
    facts = {"n": number(one.n, lang=lang), "effective": number(one.n_effective, lang=lang)}
    told = ngettext("%(n)s answer", "%(n)s answers", one.n) % facts
    if one.n - one.n_effective >= 0.5:
        told += ", " + _("worth %(effective)s of equal weight") % facts
    if one.n_silent:
        told += " · " + _silences(one, lang)
    return f"{told}." if one.is_weighed else f"{told}. {_unweighed()}"


def _unweighed() -> str:
    return _("Told without weights, so that nobody’s answer shows.")


def _silences(one: QuestionResult, lang: str) -> str:
    facts = {"n": number(one.n_silent, lang=lang)}
    told = ngettext("%(n)s without an answer", "%(n)s without an answer", one.n_silent) % facts
    if (
        one.n_not_known is not None
        and one.n_no_answer is not None
        and (one.n_not_known or one.n_no_answer)
    ):
        more = {
            "known": number(one.n_not_known, lang=lang),
            "say": number(one.n_no_answer, lang=lang),
        }
        told += " (" + _("%(known)s did not know, %(say)s would rather not say") % more + ")"
    return told


def _group(each: GroupShare, lang: str) -> str:
    assert each.share is not None
    name = lens()[each.group].name.in_(lang)
    facts = {"group": name[:1].upper() + name[1:], "share": share_text(each.share, lang=lang), "n": number(each.n, lang=lang)}  # fmt: skip
    told = ngettext("%(group)s: %(share)s, of %(n)s answer.", "%(group)s: %(share)s, of %(n)s answers.", each.n) % facts  # fmt: skip
    if not each.is_weighed:
        told += f" {_unweighed()}"
    if each.gap is None:
        return told
    value, low, high = (100.0 * one for one in each.gap)
    gap = {
        "gap": signed(value, unit="percent", lang=lang),
        "low": signed(low, unit="percent", lang=lang),
        "high": signed(high, unit="percent", lang=lang),
    }
    if each.apart:
        return f"{told} " + _("Beside the others: %(gap)s (from %(low)s to %(high)s); chance alone hardly makes it.") % gap  # fmt: skip
    return f"{told} " + _("Cannot be told apart from the others.")


def weighing_text(seen: SurveySeen, made: Weighing, *, lang: str) -> list[str]:
    """Say how answers were weighed, and what weights could not do."""
    asked = {one.code: one for one in seen.questions}

    def named(code: str) -> str:
        return quoted(in_language(asked[code].texts, lang), lang)

    said = []
    if made.by:
        facts = {"questions": ", ".join(named(code) for code in made.by), "source": seen.margins_source or "—"}  # fmt: skip
        said.append(_("Answers are weighed so that those who answered look like those who live there in: %(questions)s. Source: %(source)s.") % facts)  # fmt: skip
        facts = {"effect": number(made.effect, decimals=2, lang=lang), "off": number(100 * made.off, decimals=1, lang=lang)}  # fmt: skip
        said.append(_("Weights widen intervals as if answers were divided by %(effect)s.") % facts)
        if made.n_trimmed:
            said.append(
                ngettext("%(n)s weight is held at a bound, so that nobody speaks for many; a share is then missed by %(off)s points at most.", "%(n)s weights are held at a bound, so that nobody speaks for many; a share is then missed by %(off)s points at most.", made.n_trimmed)
                % {"n": number(made.n_trimmed, lang=lang), "off": facts["off"]}
            )  # fmt: skip
        elif made.off >= OFF:
            said.append(_("No weights reproduce all these numbers at once: a share is missed by %(off)s points at most.") % facts)  # fmt: skip
    else:
        said.append(
            _("Every answer weighs the same: nothing was said of how many people live there.")
        )
    for code, answer in made.empty:
        text = next(
            in_language(one.texts, lang) for one in asked[code].options if one.code == answer
        )
        said.append(_("Nobody answered “%(answer)s” to %(question)s, though people who would live there: no weight can speak for them.") % {"answer": text, "question": named(code)})  # fmt: skip
    for code in made.contradicted:
        said.append(_("The numbers of people for %(question)s count nobody where somebody answered: they were not used. Correct them and count again.") % {"question": named(code)})  # fmt: skip
    for code in made.disagree:
        said.append(_("The numbers of people for %(question)s add up to another total than the first: their shares were used.") % {"question": named(code)})  # fmt: skip
    return said


def says_text(seen: SurveySeen, *, lang: str) -> str:
    """Say what the sample can and cannot say."""
    return says()[seen.found].in_(lang)


def chart_of(asked: Asked, one: QuestionResult, *, lang: str) -> Chart:
    """Draw the answers to a question as bars with whiskers."""
    told = told_one(asked, one, {}, lang=lang)
    rows = tuple(
        ChartRow(text.text, _figure(each.share), text.share, text.interval, told=f"{text.text}, {text.share} ({text.interval})")
        for text, each in zip(told.options, one.options, strict=True)
    )  # fmt: skip
    return Chart(
        code=f"survey-{one.code.replace('.', '-').lower()}", kind=ChartKind.BARS, heading=told.text, title=told.text,
        subtitle=_("Share of those who answered. Lines: 95% intervals."), foot="", alt=told.alt, lang=lang, rows=rows,
    )  # fmt: skip


def _figure(share: Share) -> Figure:
    value, low, high = (100.0 * one for one in (share.value, share.low, share.high))
    return Figure(
        "survey_share", value, "percent", Status.AGGREGATED, Method.WEIGHTED_MEAN, low=low, high=high,
        uncertainty=Uncertainty.SAMPLING,
    )  # fmt: skip
