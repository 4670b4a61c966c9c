"""Submissions as JSON: one form of it, whatever they were read from."""

from __future__ import annotations

import json
from typing import Any

from courtepointe.formats.submissions.batch import Batch
from courtepointe.formats.submissions.values import Submission

VERSION = 1


def submissions_json(batch: Batch) -> str:
    """Write submissions, all tellings of each.

    Parameters
    ----------
    batch : Batch

    Notes
    -----
    An answer is ``{"value": …}`` or ``{"status": "not_known"}``; what is missing is not there; the
    turns of repeats stand in their order.
    """
    told = {"version": VERSION, "submissions": [_told(one) for one in batch]}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _told(one: Submission) -> dict[str, Any]:
    head: dict[str, Any] = {
        "instance_id": one.instance_id, "version_id": one.version, "form_id": one.form_id,
        "form_version": one.form_version, "edits": one.edits,
        "submitted": one.submitted.isoformat() if one.submitted else "",
        "replaces": sorted(one.replaces), "media": sorted(one.media),
    }  # fmt: skip
    return {
        name: value for name, value in head.items() if value not in ("", [])
    } | one.content.plain()
