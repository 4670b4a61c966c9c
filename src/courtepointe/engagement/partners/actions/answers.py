"""An organisation says by its link whom it works with; it may say otherwise while the wave is open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from courtepointe.core.errors import BadInput
from courtepointe.engagement.partners.access import asked_by_link
from courtepointe.engagement.partners.models import Asked, Tie
from courtepointe.engagement.partners.survey import roles
from courtepointe.engagement.partners.values import NewTie
from courtepointe.formats.ties import vocabulary
from courtepointe.people.actions import change, create, new_batch, remove

Levels = dict[str, int | None]


@transaction.atomic
def answer_by_link(secret: str, *, role: str, ties: Sequence[NewTie], now: datetime) -> None:
    """Take an organisation's whole answer in place of its former one.

    Raises
    ------
    NotFound
        ``unknown_survey_link``.
    Refused
        ``wave_closed``.
    BadInput
        ``survey_choice`` for a role, an organisation, a kind or a level that was not offered: nothing is
        kept then.
    """
    row = asked_by_link(secret)
    _among("role", role, roles())
    wanted = _wanted(row, ties)
    batch = new_batch()
    held = {
        (tie.to_partner_id, tie.kind): tie
        for tie in Tie.objects.select_for_update().filter(
            wave_id=row.wave_id, from_partner_id=row.partner_id
        )
    }
    for key, tie in held.items():
        if key not in wanted:
            remove(tie, by=None, now=now, batch=batch)
    for key, levels in wanted.items():
        if key in held:
            change(held[key], levels, by=None, now=now, batch=batch)
        else:
            create(_tie(row, key, levels), by=None, now=now, batch=batch)
    change(row, {"answered": now, "role": role}, by=None, now=now, batch=batch)


def _tie(row: Asked, key: tuple[int, str], levels: Levels) -> Tie:
    return Tie(
        workspace_id=row.workspace_id, wave_id=row.wave_id, from_partner_id=row.partner_id,
        to_partner_id=key[0], kind=key[1], **levels,
    )  # fmt: skip


def _among(column: str, value: object, offered: Collection[object]) -> None:
    if value not in offered:
        expected = ", ".join(map(str, offered))
        raise BadInput("survey_choice", column=column, value=value, expected=expected)


def _wanted(row: Asked, ties: Sequence[NewTie]) -> dict[tuple[int, str], Levels]:
    words = vocabulary()
    asked = Asked.objects.filter(wave_id=row.wave_id).exclude(pk=row.pk)
    others = set(asked.values_list("partner_id", flat=True))
    levels = {
        "frequency": range(1, len(words.frequencies["fr"]) + 1),
        "trust": range(1, len(words.trusts["fr"]) + 1),
    }
    made: dict[tuple[int, str], Levels] = {}
    for tie in ties:
        _among("partner", tie.partner, others)
        for column, offered in levels.items():
            if (told := getattr(tie, column)) is not None:
                _among(column, told, offered)
        for kind in tie.kinds or ("",):
            _among("kind", kind, {"", *words.kinds})
            made[tie.partner, kind] = {"frequency": tie.frequency, "trust": tie.trust}
    return made
