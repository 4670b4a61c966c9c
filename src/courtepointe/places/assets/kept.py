"""From a contribution as the library reads it to the fields that are kept."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from courtepointe.places.collecting import Contribution, FieldForm, Visibility

VISIBLE_TO = {
    Visibility.PUBLIC: "public",
    Visibility.MEMBERS: "workspace",
    Visibility.REVIEWERS: "reviewers",
}
EMPTY: dict[str, Any] = {
    "category": [],
    "day": None,
    "texts": {},
    "choices": {},
    "counts": {},
    "silences": {},
    "point": None,
    "direction": "",
    "confidence": "",
    "source_hash": "",
    "refusal": "",
    "by_id": None,
}
"""What is left of a contribution that was withdrawn: nothing."""


def kept(one: Contribution, form: FieldForm) -> dict[str, Any]:
    """Give the fields that say what was contributed.

    Parameters
    ----------
    one : Contribution
        Of people, it has no point: whatever it says, none is kept.
    form : FieldForm
    """
    is_person = bool(form.persons & {*one.category})
    point = None if is_person or one.point is None else {
        "lon": one.point.longitude, "lat": one.point.latitude, "accuracy_m": one.point.accuracy_m,
    }  # fmt: skip
    texts = {**one.texts, **({"zone": one.zone} if one.zone else {})}
    return {
        "kind": one.kind,
        "form": one.form,
        "form_version": one.form_version,
        "category": [*one.category],
        "is_person": is_person,
        "day": one.day,
        "texts": texts,
        "choices": {name: [*told] for name, told in one.choices.items()},
        "counts": dict(one.counts),
        "silences": {name: str(status) for name, status in one.silences.items()},
        "point": point,
        "direction": one.direction,
        "confidence": one.confidence,
    }


def consent_of(one: Contribution, *, how: str) -> dict[str, Any]:
    """Give the fields that say what was agreed to."""
    return {
        "consent_version": one.consent.version,
        "consent_on": one.consent.given_on,
        "consent_how": how,
    }


def ids_of(one: Contribution) -> list[str]:
    """Give all identifiers that a filled form goes by, in order."""
    return sorted({one.instance_id, *one.earlier})


def hash_of(one: Contribution, form: FieldForm) -> str:
    """Tell whether two tellings of a filled form say the same: SHA-256 of all they say."""
    said = {**kept(one, form), **consent_of(one, how=""), "visibility": one.visibility}
    said["photos"] = [*one.photos]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
