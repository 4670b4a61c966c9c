"""Cards of a workshop where people read a portrait together, as PDF/UA-1."""

from courtepointe.press.together.cards import ReadingCard, ReadingCards, write_reading_cards

__all__ = ["ReadingCard", "ReadingCards", "write_reading_cards"]
