"""Every write of evidence."""

from __future__ import annotations

from courtepointe.portraits.evidence.actions.codebook import add_code, end_code
from courtepointe.portraits.evidence.actions.coding import code, describe_coding, uncode, undo
from courtepointe.portraits.evidence.actions.rounds import begin_round, finish_round, settle
from courtepointe.portraits.evidence.actions.sources import (
    add_source,
    correct_source,
    withdraw_source,
)

__all__ = [
    "add_code",
    "add_source",
    "begin_round",
    "code",
    "correct_source",
    "describe_coding",
    "end_code",
    "finish_round",
    "settle",
    "uncode",
    "undo",
    "withdraw_source",
]
