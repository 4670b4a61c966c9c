"""The register of what rests on which release, and the notices about releases, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

CUSTOM_AREA = "custom_area"
"""The kind of users of releases that areas are; portraits and editions are others."""


@dataclass(frozen=True, slots=True)
class Use:
    """Something that was kept, and a release that it was read with.

    Attributes
    ----------
    kind, key : str
        What rests on the release: ``custom_area`` and its token.
    name : str
        As its owner named it; empty where nobody did.
    pack_hash : str
        The pack that it was read with.
    """

    kind: str
    key: str
    name: str
    release: str
    pack_hash: str
    noted: datetime
