"""The groups of the lens in a printed portrait: what is counted, who was heard, what differs, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from courtepointe.doors.site.hubs.telling import capital
from courtepointe.doors.site.resilience.groups_told import GroupTold, gap_text, told_of_groups
from courtepointe.doors.site.space.frame import Space
from courtepointe.portraits.resilience.framework import groups
from courtepointe.portraits.resilience.values import PortraitSeen
from courtepointe.press.hubs.report import ReportPart, ReportTable, table_block
from courtepointe.press.publication.values import Block, TextBlock

DASH = "—"


def groups_part(space: Space, seen: PortraitSeen) -> ReportPart:
    """Set the groups: those of whom something is known in a table, then whom nobody counts, whom nobody heard."""
    told = told_of_groups(space, seen, tuple(groups().values()))
    lead = _("Whom a shock reaches first, or whom a portrait hears last. A group is told of in people, never of a person.")  # fmt: skip
    blocks = [*_known(told, space.lang), *_apart(told, space.lang), *_lacking(told, space.lang)]
    return ReportPart(_("Groups"), (lead,), blocks=tuple(blocks))


def _known(told: Sequence[GroupTold], lang: str) -> Iterator[Block]:
    rows = tuple(
        (_named(one, lang), one.count if one.is_counted else DASH, " ".join(part for part in (one.voices, one.answers) if part) or DASH)
        for one in told
        if one.known
    )  # fmt: skip
    if rows:
        columns = (_("Group"), _("What is counted"), _("What was heard"))
        yield table_block(ReportTable(_("What is known of each group"), columns, rows, (0.24, 0.32, 0.44)))  # fmt: skip


def _apart(told: Sequence[GroupTold], lang: str) -> Iterator[Block]:
    """Set what was observed of groups that can be told apart from everybody's."""
    rows = tuple(
        (_named(one, lang), ": ".join(gap_text(gap, lang=lang)))
        for one in told
        for gap in one.gaps
        if gap.distinguishable
    )
    if rows:
        columns = (_("Group"), _("What was observed of it, beside everybody"))
        yield table_block(ReportTable(_("Where a group can be told apart from everybody"), columns, rows, (0.24, 0.76)))  # fmt: skip


def _lacking(told: Sequence[GroupTold], lang: str) -> Iterator[Block]:
    uncounted = [one.group.name.in_(lang) for one in told if not one.is_counted]
    unheard = [one.group.name.in_(lang) for one in told if not one.is_heard]
    said = []
    if uncounted:
        said.append(_("No count of these groups is there: %(groups)s.") % {"groups": ", ".join(uncounted)})  # fmt: skip
    if unheard:
        said.append(_("Nobody of these groups has been heard yet: %(groups)s.") % {"groups": ", ".join(unheard)})  # fmt: skip
    if said:
        yield TextBlock(tuple(said))


def _named(one: GroupTold, lang: str) -> str:
    return capital(one.group.name.in_(lang))
