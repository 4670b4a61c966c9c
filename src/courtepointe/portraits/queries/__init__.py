"""Every read of portraits: kept areas, notices and uses of releases, portraits that people write in."""

from courtepointe.portraits.queries.kept import (
    kept,
    living_area,
    notices_in_force,
    told_before,
    uses_by,
    uses_of_release,
)
from courtepointe.portraits.queries.written import (
    edition_file,
    editions_of,
    kept_portrait,
    living_portrait,
    published_edition,
)

__all__ = [
    "edition_file",
    "editions_of",
    "kept",
    "kept_portrait",
    "living_area",
    "living_portrait",
    "notices_in_force",
    "published_edition",
    "told_before",
    "uses_by",
    "uses_of_release",
]
