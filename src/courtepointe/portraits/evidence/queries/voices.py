"""What people say of each dimension: counted for all, quoted where they agreed to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.evidence.heard import heard_in
from courtepointe.portraits.evidence.lists import words_of
from courtepointe.portraits.evidence.models import Coding, Round, Source
from courtepointe.portraits.evidence.values import Quote
from courtepointe.portraits.resilience.queries import dimensions_of
from courtepointe.portraits.resilience.values import DimensionVoices


def _counted(seen: WorkspaceSeen, portrait: int) -> QuerySet[Coding]:
    """Give the codes that stand, of sources to whose use somebody agreed."""
    rows = Coding.objects.filter(workspace_id=seen.id, passage__source__portrait=portrait)
    return rows.filter(stands=True).exclude(passage__source__consent="")


def voices_of(
    seen: WorkspaceSeen, portrait: int, *, now: datetime
) -> Mapping[str, DimensionVoices]:
    """Count what people say of each dimension that the workspace reads; all zeros where nobody did.

    A passage counts once in a direction, whoever and however many coded it so. A source whose consent was
    withdrawn, or whose time is over, has no words any more, and counts still. Days to come are not told of.
    """
    told: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    where: dict[str, set[int]] = defaultdict(set)
    coded = _counted(seen, portrait).exclude(dimension="")
    columns = coded.values_list("dimension", "direction", "passage", "passage__source")
    for dimension, direction, passage, source in columns:
        told[dimension][direction].add(passage)
        where[dimension].add(source)
    rows = Source.objects.filter(workspace_id=seen.id, portrait=portrait, day__lte=localdate(now))
    days = dict(rows.values_list("pk", "day"))
    voices = dict(rows.values_list("pk", "voices"))
    return {
        code: DimensionVoices(
            dimension=code,
            strengths=len(told[code]["strength"]),
            fragilities=len(told[code]["fragility"]),
            contradictions=len(told[code]["contradiction"]),
            n_sources=len(where[code]),
            groups=heard_in(voices[one] for one in where[code] if one in voices),
            newest=max((days[one] for one in where[code] if one in days), default=None),
        )
        for code in dimensions_of(seen.id)
    }


def heard(seen: WorkspaceSeen, portrait: int, *, now: datetime) -> Mapping[str, int]:
    """Count the sources of a portrait in which each group speaks, coded or not; groups of which nobody speaks are not there.

    As `voices_of`: only where somebody agreed, what was counted stays after a withdrawal, days to come are not told of.
    """
    rows = Source.objects.filter(workspace_id=seen.id, portrait=portrait, day__lte=localdate(now))
    return heard_in(rows.exclude(consent="").values_list("voices", flat=True))


def passages_of(
    seen: WorkspaceSeen, portrait: int, dimension: str, *, on: date | None = None
) -> tuple[Quote, ...]:
    """Give the passages of a dimension that may be shown, strengths first, the clearest and newest first.

    Only where whoever speaks agreed to be quoted, while the text is kept; what is being read a second time waits.

    Parameters
    ----------
    on : date or None
        Texts that were to be kept until before that day are not shown, even where they are not destroyed yet.
    """
    shown = _quotable(seen, portrait, on=on).filter(dimension=dimension)
    words = _texts(shown)
    best: dict[tuple[int, str], Quote] = {}
    for row in _with_sources(shown).order_by("-strength", "pk"):
        best.setdefault((row.passage_id, row.direction), _quote(row, words))
    order = list(words_of("directions"))
    return tuple(
        sorted(
            best.values(),
            key=lambda one: (order.index(one.direction), -one.strength, -one.day.toordinal(), one.passage),
        )
    )  # fmt: skip


def words_quoted(seen: WorkspaceSeen, portrait: int, *, on: date) -> Mapping[int, str]:
    """Give the words of all passages that `passages_of` shows on a day, whatever the dimension, by passage."""
    shown = _quotable(seen, portrait, on=on).filter(dimension__in=list(dimensions_of(seen.id)))
    words = _texts(shown)
    places = shown.values_list("passage", "passage__source", "passage__start", "passage__end")
    return {number: words[source][start or 0 : end or 0] for number, source, start, end in places}


def _quotable(seen: WorkspaceSeen, portrait: int, *, on: date | None) -> QuerySet[Coding]:
    shown = _counted(seen, portrait).filter(passage__source__may_quote=True)
    shown = shown.filter(passage__source__withdrawn=None, passage__start__isnull=False)
    shown = shown.filter(~Q(passage__source__text=""), ~Q(passage__in=_being_read(seen)))
    return shown if on is None else shown.filter(passage__source__keep_until__gte=on)


def _being_read(seen: WorkspaceSeen) -> list[int]:
    rows = Round.objects.filter(workspace_id=seen.id, done=None)
    return [number for one in rows for number in one.passages]


def _with_sources(rows: QuerySet[Coding]) -> QuerySet[Coding]:
    """Fetch codes with their sources, but for what is heavy: a text is read once, not once a code."""
    return rows.select_related("passage__source").defer(
        "passage__source__text", "passage__source__picture"
    )


def _texts(rows: QuerySet[Coding]) -> Mapping[int, str]:
    sources = Source.objects.filter(pk__in=rows.values("passage__source"))
    return dict(sources.values_list("pk", "text"))


def _quote(row: Coding, words: Mapping[int, str]) -> Quote:
    source, passage = row.passage.source, row.passage
    return Quote(
        passage=row.passage_id,
        source=source.pk,
        text=words[source.pk][passage.start or 0 : passage.end or 0],
        direction=row.direction,
        strength=row.strength,
        kind=source.kind,
        place=source.place,
        day=source.day,
    )


def coding_lines(
    seen: WorkspaceSeen, portrait: int, *, on: date | None = None
) -> tuple[Mapping[str, object], ...]:
    """List the codes of a portrait as a table that leaves: coders by a letter, words only where they may be quoted.

    What is being read a second time waits; so do, with ``on``, the words of texts that were to be kept until
    before that day.
    """
    rows = Coding.objects.filter(workspace_id=seen.id, passage__source__portrait=portrait)
    rows = rows.exclude(passage__source__consent="").exclude(passage__in=_being_read(seen))
    quoted = rows.filter(passage__source__may_quote=True, passage__end__isnull=False)
    words = _texts(quoted if on is None else quoted.filter(passage__source__keep_until__gte=on))
    letters: dict[int | None, str] = {}
    found = []
    for row in _with_sources(rows).order_by("passage__source", "passage__start", "pk"):
        source, passage = row.passage.source, row.passage
        letters.setdefault(row.coder_id, f"coder-{len(letters) + 1}")
        found.append(
            {
                "source": source.pk,
                "kind": source.kind,
                "day": source.day.isoformat(),
                "passage": row.passage_id,
                "start": passage.start,
                "end": passage.end,
                "coder": letters[row.coder_id],
                "dimension": row.dimension,
                "part": row.part,
                "code": row.code,
                "direction": row.direction,
                "strength": row.strength,
                "stands": row.stands,
                "text": _quote(row, words).text if source.pk in words and passage.end else "",
            }
        )
    return tuple(found)
