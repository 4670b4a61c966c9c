"""Submissions of forms, as ODK, Kobo and telephones give them: read, put together, none lost.

OpenRosa metadata (docs.getodk.org/openrosa-metadata); the exports of ODK Central and of KoboToolbox.
"""

from courtepointe.formats.submissions.batch import Batch, Lineage, batch_of, merged
from courtepointe.formats.submissions.raw import MediaFile
from courtepointe.formats.submissions.read import SubmissionsRead, read_submissions
from courtepointe.formats.submissions.values import (
    MISSING,
    Answer,
    AnswerStatus,
    Filled,
    GeoPoint,
    Submission,
    Value,
    plain_answer,
)
from courtepointe.formats.submissions.write import submissions_json

__all__ = [
    "MISSING",
    "Answer",
    "AnswerStatus",
    "Batch",
    "Filled",
    "GeoPoint",
    "Lineage",
    "MediaFile",
    "Submission",
    "SubmissionsRead",
    "Value",
    "batch_of",
    "merged",
    "plain_answer",
    "read_submissions",
    "submissions_json",
]
