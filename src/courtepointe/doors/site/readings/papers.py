"""The cards of a workshop on paper: one a dimension."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from courtepointe.doors.faces import paper_faces
from courtepointe.doors.site.readings.frame import read_of
from courtepointe.doors.site.readings.telling import offered
from courtepointe.doors.site.space.frame import Space, space_page
from courtepointe.portraits.readings.kinds import VOTED, questions
from courtepointe.press.together import ReadingCard, ReadingCards, write_reading_cards


@space_page("read")
def cards(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Print the cards of a portrait."""
    read, lang = read_of(space, number), space.lang
    states = dict(offered("states", lang=lang))
    made = ReadingCards(
        name=read.portrait.name,
        workspace=space.seen.name,
        made=localdate(space.now),
        states=tuple(states[state] for state in VOTED),
        cards=tuple(
            ReadingCard(
                one.name,
                one.about,
                one.numbers,
                one.voices,
                tuple(asked.in_(lang) for asked in questions(one.code)),
            )
            for one in read.told
        ),
    )
    content = write_reading_cards(made, lang=lang, fonts=paper_faces())
    response = HttpResponse(content, content_type="application/pdf")
    name = f"lectures-{number}.pdf" if lang == "fr" else f"readings-{number}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
