"""The answer of a study of siting as parts of its report: the same lines as on the page."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.studies import siting_told as told
from courtepointe.doors.site.studies.drawn import drawing_of
from courtepointe.hubs.queries.studies import StudySeen
from courtepointe.press.hubs.report import ReportPart, ReportTable


def printed(space: Space, seen: StudySeen) -> list[ReportPart]:
    """Give the parts: who is left out and how sure it is, the map, why these places, what if one says no."""
    asked, result, lang = seen.asked, seen.result or {}, space.lang
    drawn = drawing_of(seen, result["sites"], lang=lang)
    said = (told.left_out(asked, result, lang=lang), told.proof(asked, result, lang=lang), told.walks(asked, result, lang=lang))  # fmt: skip
    parts = [
        ReportPart(_("Who is left out, and how sure it is"), tuple(filter(None, said))),
        ReportPart(_("Streets within reach"), (_legend(),) if drawn else (), map=drawn.draw if drawn else None),
        ReportPart(_("Why these places, in people"), tables=(_why(seen, lang),)),
        ReportPart(_("Before and after"), tables=(_rows(seen, lang),)),
    ]  # fmt: skip
    ties = told.ties(result, lang=lang)
    if ties:
        parts.append(ReportPart(_("Exactly as good"), tuple(ties)))
    if result["refused"]:
        parts.append(ReportPart(_("And if a place says no?"), tables=(_refused(seen, lang),)))
    lost = told.regrets(result, lang=lang)
    if lost:
        parts.append(ReportPart(_("What each kind of walker loses"), tables=(_regrets(lost),)))
    far = result["far"]
    if far:
        parts.append(ReportPart(_far(len(far)), (", ".join(one["name"] for one in far),)))
    return parts


def _regrets(lost: Sequence[tuple[str, str]]) -> ReportTable:
    columns = (_("Who walks"), _("What would be lost"))
    return ReportTable(_("Against the choice that would be best for it alone."), columns, tuple(lost))  # fmt: skip


def _far(n: int) -> str:
    told = ngettext(
        "%(n)s place was not counted: no street that is known is near",
        "%(n)s places were not counted: no street that is known is near", n,
    )  # fmt: skip
    return told % {"n": n}


def _legend() -> str:
    return _("The darkest and widest lines are streets within 5 minutes of a hub, the others within 10 and 15. Discs are hubs that count already, diamonds are chosen places.")  # fmt: skip


def _why(seen: StudySeen, lang: str) -> ReportTable:
    rows = told.sites(seen.asked, seen.result or {}, lang=lang)
    columns = (_("Place"), _("How it is there"), _("People whom it serves"), _("What would be lost without it"))  # fmt: skip
    return ReportTable(
        _("The places, one by one"), columns,
        tuple((one["name"], one["kind"], one["people"], one["lost"]) for one in rows),
    )  # fmt: skip


def _rows(seen: StudySeen, lang: str) -> ReportTable:
    rows = told.rows(seen.result or {}, lang=lang)
    columns = (_("Territory"), _("On foot, within, in minutes"), _("People reached today"), _("With these places"), _("What could be"), _("People left out"))  # fmt: skip
    return ReportTable(
        _("People who reach a hub on foot"), columns,
        tuple((one["territory"], one["limit"], one["before"], one["after"], one["range"] or "—", one["left"]) for one in rows),
    )  # fmt: skip


def _refused(seen: StudySeen, lang: str) -> ReportTable:
    rows = told.refused(seen.asked, seen.result or {}, lang=lang)
    return ReportTable(
        _("What would be chosen instead"), (_("Without"), _("Instead"), _("Worth then")),
        tuple((one["name"], one["instead"] or one["why"], one["worth"] or "—") for one in rows),
    )  # fmt: skip
