"""A run, its stages, its news."""

from __future__ import annotations

from django.db.models import F, Max, Q, QuerySet

from courtepointe.engagement.programme import models as rows
from courtepointe.engagement.programme.path import OWN_STALE_DAYS, stages
from courtepointe.engagement.programme.values import Card, News, Run

NEWS_PAGE = 50


def run_told(row: rows.Run) -> Run:
    """Give a run as the pages know it."""
    return Run(row.pk, row.name, row.starts, row.ends, row.closed, row.note)


def runs_of(workspace_id: int) -> tuple[Run, ...]:
    """List a workspace's runs: the one that runs first, then the newest."""
    found = rows.Run.objects.filter(workspace_id=workspace_id)
    return tuple(
        map(run_told, found.order_by(F("closed").desc(nulls_first=True), "-starts", "-pk"))
    )


def run_of(workspace_id: int, number: int | None = None) -> Run | None:
    """Give a run of a workspace: the one asked for, else the one that runs, else the newest."""
    found = runs_of(workspace_id)
    if number is None:
        return found[0] if found else None
    return next((run for run in found if run.number == number), None)


def with_news(cards: QuerySet[rows.StageCard]) -> QuerySet[rows.StageCard]:
    """Ask for cards in the order of the path, each with the day of its newest note."""
    return cards.annotate(last_news=Max("news__on")).order_by("run", "position", "pk")


def card_told(row: rows.StageCard) -> Card:
    """Give a stage as the pages know it; silences of the path's own stages come from the path."""
    stage = stages().get(row.stage)
    return Card(
        number=row.pk,
        strand=row.strand,
        stage=row.stage,
        title=row.title,
        asks=row.asks,
        state=row.state,
        why_aside=row.why_aside,
        carrier=row.carrier,
        due=row.due,
        began=row.began,
        done_on=row.done_on,
        evidence=row.evidence,
        last_news=row.last_news,  # type: ignore[attr-defined]
        stale_days=stage.stale_days if stage else OWN_STALE_DAYS,
        holds_days=stage.holds_days if stage else None,
    )


def cards_of(run: int) -> tuple[Card, ...]:
    """List a run's stages, in the order of the path; those of the sector's own come last."""
    return tuple(map(card_told, with_news(rows.StageCard.objects.filter(run_id=run))))


def card_of(workspace_id: int, number: int) -> tuple[Run, Card] | None:
    """Give a stage of a workspace, with its run."""
    found = rows.StageCard.objects.select_related("run")
    row = with_news(found.filter(workspace_id=workspace_id, pk=number)).first()
    return None if row is None else (run_told(row.run), card_told(row))


def missing_stages(run: int) -> tuple[str, ...]:
    """List the stages that the path gained since a run began."""
    held = set(rows.StageCard.objects.filter(run_id=run).values_list("stage", flat=True))
    return tuple(code for code in stages() if code not in held)


def news_of(
    run: int, *, card: int | None = None, before: int | None = None, most: int = NEWS_PAGE
) -> tuple[News, ...]:
    """List a run's notes, or a stage's, the newest first; those that come after the note ``before`` in that order.

    Nothing comes after a note that is of another run.
    """
    of_run = rows.News.objects.filter(run_id=run)
    found = of_run.select_related("by")
    if card is not None:
        found = found.filter(card_id=card)
    if before is not None:
        last = of_run.filter(pk=before).first()
        if last is None:
            return ()
        found = found.filter(Q(on__lt=last.on) | Q(on=last.on, pk__lt=last.pk))
    return tuple(
        News(row.pk, row.card_id, row.on, row.text, row.by.name if row.by else "", row.corrects_id)
        for row in found.order_by("-on", "-pk")[:most]
    )
