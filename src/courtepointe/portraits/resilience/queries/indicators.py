"""The indicators of a portrait with what was found of each, as pages and scores read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import NotFound
from courtepointe.portraits.resilience.models import Goalposts, Indicator, Observation
from courtepointe.portraits.resilience.numbers import GoalpostsSeen, IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.queries.portraits import dimensions_of
from courtepointe.portraits.resilience.suggested import Suggested, suggested


def indicators_of(workspace: int, portrait: int, *, all_of_them: bool = False) -> tuple[IndicatorSeen, ...]:  # fmt: skip
    """List a portrait's chosen indicators by dimension: what is there before what lacks.

    Those that were left out stand among them with ``all_of_them``.
    """
    rows = Indicator.objects.filter(workspace_id=workspace, portrait_id=portrait)
    if not all_of_them:
        rows = rows.filter(left_out=None)
    order = {code: place for place, code in enumerate(dimensions_of(workspace))}
    offered = {code: place for place, code in enumerate(suggested())}

    def place(one: IndicatorSeen) -> tuple[int, str, bool, int, int]:
        last = len(order)
        return (
            order.get(one.dimension, last), one.dimension, not one.asset,
            offered.get(one.code, len(offered)), one.number,
        )  # fmt: skip

    return tuple(sorted(_seen(rows), key=place))


def indicator_of(workspace: int, number: int) -> tuple[IndicatorSeen, int]:
    """Give an indicator and its portrait's number, or raise `NotFound` ``unknown_resilience_indicator``."""
    rows = Indicator.objects.filter(workspace_id=workspace, pk=number)
    found = _seen(rows)
    if not found:
        raise NotFound("unknown_resilience_indicator")
    return found[0], rows.get().portrait_id


def observations_of(workspace: int, number: int) -> tuple[ObservationSeen, ...]:
    """List all that was ever observed of an indicator, the newest first, what was followed included."""
    rows = Observation.objects.filter(workspace_id=workspace, indicator_id=number)
    return tuple(map(_observation, rows.order_by("group", "-period", "-made", "-pk")))


def every_observation(workspace: int, portrait: int) -> Mapping[int, Sequence[ObservationSeen]]:
    """Give all that was ever observed in a portrait by indicator, each as `observations_of` lists it."""
    rows = Observation.objects.filter(workspace_id=workspace, indicator__portrait=portrait)
    told: dict[int, list[ObservationSeen]] = {}
    for row in rows.order_by("group", "-period", "-made", "-pk"):
        told.setdefault(row.indicator_id, []).append(_observation(row))
    return told


def marks_of(workspace: int, portrait: int) -> frozenset[tuple[str, str, str]]:
    """Give what a portrait's observations were read from: indicator, group and mark, what was followed included."""
    rows = Observation.objects.filter(workspace_id=workspace, indicator__portrait=portrait)
    return frozenset(rows.exclude(digest="").values_list("indicator__code", "group", "digest"))


def still_suggested(workspace: int, portrait: int) -> tuple[Suggested, ...]:
    """List what the framework suggests and the portrait neither chose nor left out."""
    rows = Indicator.objects.filter(workspace_id=workspace, portrait_id=portrait)
    held = set(rows.values_list("code", flat=True))
    return tuple(one for code, one in suggested().items() if code not in held)


def _seen(rows: QuerySet[Indicator]) -> list[IndicatorSeen]:
    held = list(rows)
    numbers = [row.pk for row in held]
    posts: dict[int, list[GoalpostsSeen]] = {}
    for line in Goalposts.objects.filter(indicator_id__in=numbers).order_by("-since", "-pk"):
        posts.setdefault(line.indicator_id, []).append(_posts(line))
    found: dict[int, dict[str, ObservationSeen]] = {}
    told = Observation.objects.filter(indicator_id__in=numbers, superseded_by=None)
    for row in told.order_by("period", "made", "pk"):
        found.setdefault(row.indicator_id, {})[row.group] = _observation(row)
    return [_value(row, posts[row.pk], found.get(row.pk, {})) for row in held]


def _value(
    row: Indicator, posts: Sequence[GoalpostsSeen], found: Mapping[str, ObservationSeen]
) -> IndicatorSeen:
    asked = suggested().get(row.code)
    return IndicatorSeen(
        number=row.pk,
        code=row.code,
        dimension=row.dimension,
        part=row.part,
        kind=row.kind,
        source=row.source,
        name=Words.either(row.name_fr, row.name_en),
        question=Words.either(row.question_fr, row.question_en),
        unit=row.unit,
        base=row.base,
        asset=row.asset,
        refreshed=row.refreshed,
        licence=row.licence,
        weight=row.weight,
        left_out=row.left_out,
        left_why=row.left_why,
        posts=posts[0],
        posts_before=tuple(posts[1:]),
        newest=found.get(""),
        by_group={group: one for group, one in found.items() if group},
        flipped=asked is not None and posts[0].polarity != asked.polarity,
        own=asked is None,
    )


def _posts(row: Goalposts) -> GoalpostsSeen:
    why = Words.either(row.why_fr, row.why_en)
    return GoalpostsSeen(row.low, row.high, row.polarity, why, row.since)


def _observation(row: Observation) -> ObservationSeen:
    return ObservationSeen(
        number=row.pk,
        group=row.group,
        period=row.period,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        low=row.low,
        high=row.high,
        interval=row.interval,
        status=row.status,
        coverage=row.coverage,
        source=row.source,
        taken=row.taken,
        digest=row.digest,
        made=row.made,
        supersedes=row.supersedes_id,
    )


def by_dimension(some: Iterable[IndicatorSeen]) -> Mapping[str, Sequence[IndicatorSeen]]:
    """Put indicators together by dimension, in their order."""
    told: dict[str, list[IndicatorSeen]] = {}
    for one in some:
        told.setdefault(one.dimension, []).append(one)
    return told
