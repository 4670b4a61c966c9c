"""Contributions as JSON: for whoever reviews them elsewhere, or keeps them in a file."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from courtepointe.formats.submissions import GeoPoint
from courtepointe.places.collecting.values import Contribution, Contributions, FieldForm

VERSION = 1


def contributions_json(found: Contributions, field_form: FieldForm) -> str:
    """Write contributions, with the words that people agreed to.

    Parameters
    ----------
    found : Contributions
    field_form : FieldForm
    """
    told = {
        "version": VERSION,
        "form": {"code": field_form.code, "id": field_form.form.id, "version": field_form.form.version},
        "consent": {
            "version": field_form.consent.version, "on": field_form.consent.on.isoformat(),
            "text": dict(field_form.consent.text),
        },
        "contributions": [_told(one) for one in found.contributions],
        "refused": len(found.refused),
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _told(one: Contribution) -> dict[str, Any]:
    told = asdict(one)
    told["point"] = None if one.point is None else _point(one.point)
    told["earlier"] = sorted(one.earlier)
    told["day"] = one.day.isoformat()
    told["consent"] = {"version": one.consent.version, "given_on": one.consent.given_on.isoformat()}
    return {name: value for name, value in told.items() if value not in ("", (), [], {}, None)}


def _point(point: GeoPoint) -> dict[str, Any]:
    """Write a point as GeoJSON, with its accuracy beside."""
    told: dict[str, Any] = {"type": "Point", "coordinates": [point.longitude, point.latitude]}
    return told if point.accuracy_m is None else {**told, "accuracy_m": point.accuracy_m}
