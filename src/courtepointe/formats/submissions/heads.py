"""What a submission says of itself: its identifiers, its form, when it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from courtepointe.core.errors import BadInput
from courtepointe.formats.submissions.moments import read_moment
from courtepointe.formats.submissions.raw import RawNode
from courtepointe.formats.submissions.roles import role_of
from courtepointe.formats.tables.values import as_text

SEALED = frozenset({"not decrypted", "missing encrypted form data"})
UUID_MARK = "uuid:"
KOBO_TIME = "_submission_time"


@dataclass(frozen=True, slots=True)
class Head:
    """What a submission says of itself; see `courtepointe.formats.submissions.values.Submission`."""

    instance_id: str
    version_id: str
    form_id: str
    form_version: str
    also: frozenset[str]
    replaces: frozenset[str]
    edits: int
    submitted: datetime | None
    media: frozenset[str]


def head_of(node: RawNode) -> Head:
    """Read what a submission says of itself.

    Parameters
    ----------
    node : RawNode

    Raises
    ------
    BadInput
        ``submission_without_id``, ``submission_sealed``, ``submission_value``.

    Notes
    -----
    ODK keeps a corrected submission under its first identifier (``KEY``) and gives the one of its
    version beside it (``meta-instanceID``); Kobo gives it a new one, with that of the first
    (``meta/rootUuid``) and of the version before (``meta/deprecatedID``).
    """
    found: dict[str, tuple[str, Any]] = {}
    for heading, cell in node.cells.items():
        role = role_of(heading)
        if role and cell not in (None, ""):
            found.setdefault(role, (heading, cell))
    told = {role: (as_text(cell) or "").strip() for role, (_, cell) in found.items()}
    if told.get("sealed", "").casefold() in SEALED:
        raise BadInput("submission_sealed", file=node.file, row=node.row)
    version_id = _uuid(told.get("instance", "") or told.get("uuid", ""))
    instance_id = _uuid(told.get("key", "")) or version_id
    if not instance_id:
        raise BadInput("submission_without_id", file=node.file, row=node.row)
    return Head(
        instance_id, version_id or instance_id, told.get("form", ""), told.get("version", ""),
        _ids(told.get("root", "")), _ids(told.get("replaces", "")), _edits(told.get("edits", "")),
        _submitted(node, found), _media(found),
    )  # fmt: skip


def _uuid(told: str) -> str:
    """Write an identifier as telephones do: Kobo leaves ``uuid:`` out in places."""
    try:
        return f"{UUID_MARK}{UUID(told)}"
    except ValueError:
        return told


def _ids(told: str) -> frozenset[str]:
    return frozenset({_uuid(told)}) if told else frozenset()


def _edits(told: str) -> int:
    return int(told) if told.isdecimal() else 0


def _submitted(node: RawNode, found: Mapping[str, tuple[str, Any]]) -> datetime | None:
    if "submitted" not in found:
        return None
    heading, cell = found["submitted"]
    try:
        moment = read_moment(str(cell))
        # Kobo writes the hour of Greenwich and does not say so.
        is_utc = heading == KOBO_TIME and moment.tzinfo is None
        return moment.replace(tzinfo=UTC) if is_utc else moment
    except ValueError as error:
        raise BadInput(
            "submission_value", file=node.file, row=node.row, column=heading, value=str(cell)[:80],
            expected="2026-03-31T14:30:00Z",
        ) from error  # fmt: skip


def _media(found: Mapping[str, tuple[str, Any]]) -> frozenset[str]:
    """Give the names of attachments, as Kobo lists them."""
    listed = found.get("media", ("", None))[1]
    names: list[str] = []
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            name = one.get("media_file_basename") or one.get("filename") or ""
            names.append(PurePosixPath(str(name)).name)
    return frozenset(filter(None, names))
