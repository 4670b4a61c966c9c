"""Which sums of small counts may be told without telling a small count: thresholds and audits.

An organisation's own counts are not rounded or suppressed by anybody before they come to us. A
sum is told when it is not small itself, and when no small count can be worked out from it and
from all sums told before: see ``docs/methods/small-counts.md``.
"""

from courtepointe.core.disclosure.audit import Sums, revealed
from courtepointe.core.disclosure.choose import tellable
from courtepointe.core.disclosure.small import is_small

__all__ = ["Sums", "is_small", "revealed", "tellable"]
