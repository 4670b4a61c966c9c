"""Contributions as pages and telephones make them, and the photographs that come along."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PIL import Image
from tests.support import field_exports as exports
from tests.support.table import NOW, Table

from courtepointe.people.values import Person
from courtepointe.places.assets.actions import accept, propose
from courtepointe.places.assets.hand import by_hand
from courtepointe.places.collecting import field_form

DAY = date(2026, 5, 30)
ONE = "uuid:00000000-0000-4000-8000-000000000001"
TWO = "uuid:00000000-0000-4000-8000-000000000002"
PLACE = {
    "class": "place", "name": "La Maille", "needs": ("company", "cool"), "open_to": ("everyone",),
    "conditions": "De 9 h à 17 h, gratuit", "visibility": "members", "confidence": "own_eyes",
}  # fmt: skip
SKILL = {
    "class": "people", "skill": "réparer des vélos", "needs": ("tools",), "zone": "près du parc",
    "visibility": "members",
}  # fmt: skip


def said(code: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was said by the questions' whole addresses."""
    paths = {path.rpartition("/")[2]: path for path in field_form(code).roles}
    return {paths[name]: value for name, value in told.items()}


def contributed(
    table: Table,
    told: Mapping[str, Any] = PLACE,
    *,
    code: str = "assets",
    by: Person | None = None,
    key: str = "hand:1",
    **how: Any,
) -> int:
    """Have somebody contribute by hand; give its number."""
    form = field_form(code)
    one = by_hand(form, said(code, told), key=key, day=DAY)
    return propose(table.slug, one, form, by=by or table.member, now=NOW, **how)


def accepted(table: Table, told: Mapping[str, Any] = PLACE, **how: Any) -> int:
    """Have something contributed, and accepted by the coordinator."""
    number = contributed(table, told, **how)
    accept(table.slug, number, by=table.coordinator, now=NOW)
    return number


def filled(
    code: str,
    instance_id: str = ONE,
    /,
    turns: Sequence[Mapping[str, str]] = (),
    consent: str = "yes",
    **answers: str,
) -> dict[str, Any]:
    """Give a filled form as a telephone keeps it."""
    told = field_form(code)
    group = told.form.parts[1].name
    silent = {"consent_version": told.consent.version, "filled_on": "2026-05-30"}
    own = {f"{group}/{name}": text for name, text in answers.items()} if consent == "yes" else {}
    repeats = {
        told.turns: [
            {"answers": {f"{told.turns}/{k}": v for k, v in turn.items()}} for turn in turns
        ]
    }
    return {
        "id": instance_id, "submitted": "2026-05-31T12:00:00.000Z", "repeats": repeats if turns else {},
        "answers": {"consent": consent, **silent, **own},
    }  # fmt: skip


def a_place(instance_id: str = ONE, /, **more: str) -> dict[str, Any]:
    """Give a filled form of an asset with a point."""
    own = {"name": "La Maille", "needs": "cool company", "where": "45.5088 -73.5540 0 6", "visibility": "members"}  # fmt: skip
    return filled("assets", instance_id, **{"class": "place", **own, **more})


def telephone(code: str, *told: Mapping[str, Any], name: str = "k.json") -> tuple[str, bytes]:
    """Write filled forms as Kobo's JSON."""
    return name, exports.kobo_json(field_form(code).form, told)


def a_photo(*, gps: bool = True) -> bytes:
    """Make a photograph whose file tells where it was taken."""
    picture, out = Image.new("RGB", (64, 48), "teal"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Marque-sentinelle"
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def with_photos(code: str, *told: Mapping[str, Any], photos: Mapping[str, bytes]) -> tuple[str, bytes]:  # fmt: skip
    """Write filled forms as instances of a telephone, in a zip, with photographs."""
    out, held = io.BytesIO(), io.BytesIO(exports.instances_zip(field_form(code).form, told))
    with zipfile.ZipFile(held) as written, zipfile.ZipFile(out, "w") as archive:
        for name in written.namelist():
            if name.endswith(".xml"):
                archive.writestr(name, written.read(name))
        for name, content in photos.items():
            archive.writestr(f"instances/{name}", content)
    return "telephone.zip", out.getvalue()
