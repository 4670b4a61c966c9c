"""What stands on the page of a dimension: each room of the portrait gives its own section."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from courtepointe.doors.site.evidence.section import what_people_say
from courtepointe.doors.site.plans.section import of_dimension
from courtepointe.doors.site.readings.section import what_is_read
from courtepointe.doors.site.resilience.numbers_told import guiding_section, numbers_section
from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.surveys import section as surveys
from courtepointe.portraits.resilience.framework import Dimension
from courtepointe.portraits.resilience.values import PortraitSeen

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a dimension's page.

    Attributes
    ----------
    template : str
        Drawn with ``part`` as what ``values`` gives.
    values : callable
        Of the space, the portrait and the dimension.
    """

    template: str
    values: Callable[[Space, PortraitSeen, Dimension], Values]


SECTIONS: Sequence[Section] = (
    Section("site/resilience/parts/guiding.html", guiding_section),
    Section("site/evidence/parts/section.html", what_people_say),
    Section("site/resilience/parts/numbers.html", numbers_section),
    Section(surveys.TEMPLATE, surveys.values),
    Section("site/readings/parts/section.html", what_is_read),
    Section("site/plans/parts/section.html", of_dimension),
)
"""In the order in which they are read: strengths and voices first, numbers, the shared reading, actions."""
