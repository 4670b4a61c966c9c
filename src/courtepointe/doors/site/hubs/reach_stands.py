"""Which hubs stand in an outage or at an hour, and why the others do not, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtepointe.doors.site.hubs.reach_asked import Asked
from courtepointe.doors.site.hubs.reach_beside import moment_text
from courtepointe.doors.site.hubs.reach_form import slider_text
from courtepointe.doors.site.hubs.reach_options import Standing
from courtepointe.doors.site.hubs.telling import capital, hours_text
from courtepointe.hubs.queries.sites import SiteSeen


def stands_told(asked: Asked, stands: Standing, *, lang: str) -> list[str]:
    """Say which hubs still count, and name those that do not; nothing where nothing is changed."""
    told = [*_power(asked, stands, lang), *_hours(asked, stands)]
    if told and asked.added is not None:
        told.append(_("The added place is taken to have power and to be open: how it would be equipped is yours to decide."))  # fmt: skip
    return told


def _power(asked: Asked, stands: Standing, lang: str) -> list[str]:
    hours, n = asked.option.outage_h, len(asked.hubs)
    if not hours:
        return []
    lit = n - len(stands.dark) - len(stands.unknown_power)
    words = {"hours": slider_text("outage", hours), "lit": lit, "n": n}
    told = [_("Hubs that still have power after %(hours)s: %(lit)s of %(n)s.") % words]
    if stands.dark:
        names = ", ".join(_lasting(one, lang) for one in stands.dark)
        told.append(_("They are out by then: %(names)s.") % {"names": names})
    if stands.unknown_power:
        names = _names([one.name for one in stands.unknown_power])
        told.append(_("How long they last is not known, so they count for nothing in an outage: %(names)s. Write their power on the page of their equipment.") % {"names": names})  # fmt: skip
    return told


def _lasting(one: SiteSeen, lang: str) -> str:
    """Name a hub with the hours that it is known to last."""
    if one.autonomy_h is None:
        return one.name
    key = "least" if one.may_be_more else "exact"
    return f"{one.name} ({hours_text(one.autonomy_h, lang=lang, key=key)})"


def _hours(asked: Asked, stands: Standing) -> list[str]:
    if asked.option.day is None:
        return []
    n_open = sum(bool(one.points) for one in stands.sites)
    words = {"moment": capital(moment_text(asked.option)), "n": n_open}
    told = [ngettext("%(moment)s: %(n)s hub is open.", "%(moment)s: %(n)s hubs are open.", n_open) % words]  # fmt: skip
    if stands.closed:
        told.append(_("Closed then: %(names)s.") % {"names": _names(stands.closed)})
    if stands.unknown_hours:
        told.append(_("Their opening hours are not known, so they do not count at an hour: %(names)s. Write them in the directory.") % {"names": _names(stands.unknown_hours)})  # fmt: skip
    return told


def _names(names: Sequence[str]) -> str:
    return ", ".join(names)
