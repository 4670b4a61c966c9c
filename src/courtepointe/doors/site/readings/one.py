"""The reading of one dimension: written in versions, validated by a group, answered by residents."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.core.errors import Refused
from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.readings.forms import (
    DeclineForm,
    ReadingForm,
    ReplyForm,
    TakeBackForm,
    ValidateForm,
)
from courtepointe.doors.site.readings.frame import PAGES
from courtepointe.doors.site.readings.telling import (
    SideTold,
    marks_told,
    numbers_told,
    side_told,
    votes_told,
)
from courtepointe.doors.site.resilience.frame import HERE, dimension_of
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.engagement.queries.meetings import coming_meetings, past_meetings, register
from courtepointe.portraits.readings import actions as acts
from courtepointe.portraits.readings import queries as reads
from courtepointe.portraits.readings.proposal import Proposal
from courtepointe.portraits.readings.queries.sides import sides_of
from courtepointe.portraits.readings.values import (
    NewReading,
    NewReply,
    ReadingSeen,
    ReplySeen,
    Validation,
)
from courtepointe.portraits.resilience.framework import Dimension
from courtepointe.portraits.resilience.queries import portrait as portrait_seen
from courtepointe.portraits.resilience.values import PortraitSeen
from courtepointe.press.numbers import date_text


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int, code: str) -> HttpResponseBase:
    """Show both views of a dimension, the reading that stands and those before; write, validate, reply."""
    portrait, dimension = portrait_seen(space.seen, number), dimension_of(space, code)
    side = sides_of(space.seen, portrait, now=space.now)[code]
    stands = reads.readings_of(portrait).get(code)
    told = side_told(side, stands, lang=space.lang)
    deeds = [
        *_of_the_reading(space, portrait, dimension, stands, told=told, proposal=side.proposal),
        *_taking_back(space, portrait, code),
        *_of_replies(space, portrait, dimension),
    ]  # fmt: skip

    def draw() -> dict[str, Any]:
        return {
            "portrait": portrait,
            "told": told,
            "versions": [
                (one, numbers_told(one.kept.numbers, lang=space.lang) if one.kept else "")
                for one in reads.versions_of(portrait, code)
            ],
            "votes": votes_told(reads.workshops_of(portrait, now=space.now), code, lang=space.lang),
            "marks": marks_told(lang=space.lang),
            **_replies(space, portrait, code),
        }

    return page_of(request, space, f"{PAGES}reading.html", deeds, draw, here=HERE)


def _replies(space: Space, portrait: PortraitSeen, code: str) -> dict[str, list[ReplySeen]]:
    shown = reads.replies_shown(portrait, now=space.now).get(code, ())
    waiting = reads.replies_to_review(portrait, now=space.now) if space.may("review") else ()
    declined = reads.replies_declined(portrait, now=space.now) if space.may("review") else ()
    return {
        "shown": list(shown),
        "waiting": [reply for reply in waiting if reply.dimension == code],
        "declined": [reply for reply in declined if reply.dimension == code],
    }


def _of_the_reading(
    space: Space,
    portrait: PortraitSeen,
    dimension: Dimension,
    stands: ReadingSeen | None,
    *,
    told: SideTold,
    proposal: Proposal,
) -> Sequence[Deed]:
    if not portrait.is_open:
        return []

    def write(typed: dict[str, Any]) -> None:
        try:
            what = NewReading(**_own_words(typed, told))
            acts.write_reading(
                space.seen.slug, portrait.number, dimension.code, what, **keys(space)
            )
        except Refused as error:
            if error.code == "reading_moved_on":
                _ask_again(deed, after=error.facts["value"])
            raise

    held = {
        "number_view": told.numbers,
        "local_view": told.voices,
        "agreement": stands.agreement if stands else proposal.agreement,
        "state": stands.state if stands else proposal.state,
        "text_fr": stands.text_fr if stands else "",
        "text_en": stands.text_en if stands else "",
        "after": stands.version if stands else 0,
    }
    form = partial(ReadingForm, lang=space.lang, initial=held)
    deed = Deed("write", _("Keep this version"), write, form, _("Write what you read together"))
    return [deed, *_validation(space, portrait, stands)]


def _ask_again(deed: Deed, **about: object) -> None:
    """Leave in a form what was typed, now about the version that the page shows."""
    again = QueryDict(mutable=True)
    again.update(deed.form.data)
    for name, value in about.items():
        again[name] = str(value)
    deed.form.data = again


def _own_words(typed: dict[str, Any], told: SideTold) -> dict[str, Any]:
    """Leave out what the page itself said of a view: it is told anew to each reader, in their language.

    Where nothing else was written, it stays: somebody agreed to those words.
    """
    said = {
        "number_view": told.numbers_today or told.numbers,
        "local_view": told.voices_today or told.voices,
    }
    own = typed | {name: "" for name, words in said.items() if typed[name].strip() == words}
    texts = ("number_view", "local_view", "text_fr", "text_en")
    return own if any(own[name].strip() for name in texts) else typed


def _validation(space: Space, portrait: PortraitSeen, stands: ReadingSeen | None) -> Sequence[Deed]:
    if stands is None or stands.validated is not None:
        return []

    def validate(typed: dict[str, Any]) -> str:
        # The group agreed to what was on the page: somebody may have written another version meanwhile.
        number = typed.pop("number")
        try:
            acts.validate_reading(space.seen.slug, number, Validation(**typed), **keys(space))
        except Refused as error:
            if error.code == "reading_superseded":
                _ask_again(deed, number=stands.number)
            raise
        return _versions(space, portrait, stands.dimension)

    form = partial(
        ValidateForm,
        meetings=_meetings_held(space),
        decisions=[(str(d.number), d.label) for d in register(space.seen, state="in_force")],
        initial={"on": localdate(space.now), "number": stands.number},
    )
    title = _("Say who agreed to this version")
    deed = Deed("validate", _("This group agreed"), validate, form, title)
    return [deed]


def _meetings_held(space: Space) -> list[tuple[str, str]]:
    """Offer the meetings that began by the end of today."""
    met = [*past_meetings(space.seen, now=space.now), *coming_meetings(space.seen, now=space.now)]
    return [
        (str(m.number), f"{m.title}, {date_text(localdate(m.starts).isoformat(), lang=space.lang)}")
        for m in met
        if localdate(m.starts) <= localdate(space.now)
    ]


def _versions(space: Space, portrait: PortraitSeen, code: str) -> str:
    """Give where an agreement is read once it is written down or taken back: its form is gone."""
    return f"{space.address('space_reading', number=portrait.number, code=code)}#versions"


def _taking_back(space: Space, portrait: PortraitSeen, code: str) -> Sequence[Deed]:
    """Offer to take back the agreement that others are shown, where it was written down by mistake."""
    agreed = reads.validated_of(portrait).get(code) if portrait.is_open else None
    if agreed is None:
        return []

    def take_back(typed: dict[str, Any]) -> str:
        acts.take_back_validation(space.seen.slug, typed["number"], typed["why"], **keys(space))
        return _versions(space, portrait, code)

    button = _("Take back the agreement to version %(n)s") % {"n": agreed.version}
    form = partial(TakeBackForm, initial={"number": agreed.number})
    return [Deed("take_back", button, take_back, form, _("This agreement was written down by mistake"))]  # fmt: skip


def _of_replies(space: Space, portrait: PortraitSeen, dimension: Dimension) -> Sequence[Deed]:
    slug, k = space.seen.slug, keys(space)

    def reply(typed: dict[str, Any]) -> None:
        acts.add_reply(slug, portrait.number, NewReply(dimension.code, **typed), **k)

    def decline(typed: dict[str, Any]) -> None:
        acts.decline_reply(slug, typed["number"], typed["why"], **k)

    return [
        Deed("reply", _("Hand in this reply"), reply, partial(ReplyForm, lang=space.lang), _("Reply to what is said here"), right="contribute"),
        row_deed("show", _("Show"), lambda n: acts.show_reply(slug, n, **k), right="review"),
        row_deed("destroy", _("Destroy"), lambda n: acts.destroy_reply(slug, n, **k), right="review"),
        Deed("decline", _("Do not show"), decline, DeclineForm, right="review", in_line=True),
    ]  # fmt: skip
