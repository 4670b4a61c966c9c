"""Every read of the programme."""

from __future__ import annotations

from courtepointe.engagement.programme.queries.path import (
    NEWS_PAGE,
    card_of,
    cards_of,
    missing_stages,
    news_of,
    run_of,
    runs_of,
)
from courtepointe.engagement.programme.queries.records import record_of, records_of
from courtepointe.engagement.programme.queries.shared import sector_shown, sectors_received

__all__ = [
    "NEWS_PAGE",
    "card_of",
    "cards_of",
    "missing_stages",
    "news_of",
    "record_of",
    "records_of",
    "run_of",
    "runs_of",
    "sector_shown",
    "sectors_received",
]
