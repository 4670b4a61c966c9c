"""Texts in cells that no spreadsheet may take for a formula, and back."""

from __future__ import annotations

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins with these for a formula."""


def plain_text(text: str) -> str:
    """Write a text so that no spreadsheet runs it."""
    return f"'{text}" if text.startswith(RISKY) else text


def as_typed(cell: str) -> str:
    """Take away the apostrophe that `plain_text` put before a text."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell
