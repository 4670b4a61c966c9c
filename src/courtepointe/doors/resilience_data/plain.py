"""Words and days as JSON holds them."""

from __future__ import annotations

from datetime import date, datetime

from courtepointe.atlas.recipe.values import Words


def both(words: Words) -> dict[str, str]:
    """Give words in both languages."""
    return {"fr": words.fr, "en": words.en}


def day(told: date | datetime | None) -> str | None:
    """Give a day or a moment as ISO 8601 writes it; nothing for nothing."""
    return None if told is None else told.isoformat()
