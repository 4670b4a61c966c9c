"""Reads of portraits that people write in, and of their editions."""

from __future__ import annotations

from datetime import datetime

from courtepointe.atlas.recipe.values import Words
from courtepointe.portraits.models import Edition, EditionFile, Paragraph, WrittenPortrait
from courtepointe.portraits.written import KeptEdition, KeptParagraph, KeptPortrait, Picture, Read


def living_portrait(token: str, *, now: datetime) -> KeptPortrait | None:
    """Give the portrait of a token; nothing where it never was or has expired."""
    row = (
        WrittenPortrait.objects.filter(token=token, expires__gt=now)
        .prefetch_related("paragraphs__anchors")
        .first()
    )
    return None if row is None else kept_portrait(row)


def kept_portrait(row: WrittenPortrait) -> KeptPortrait:
    """Read a row as a frozen value; paragraphs stand in the order in which they were written."""
    paragraphs = sorted(row.paragraphs.all(), key=lambda one: one.pk)
    return KeptPortrait(
        token=row.token,
        atlas_code=row.atlas_code,
        area_key=row.area_key,
        custom_token=row.custom_token,
        template=row.template,
        sections=_lines(row.sections),
        paper=row.paper,
        paragraphs=tuple(map(_paragraph, paragraphs)),
        changed=row.changed,
        expires=row.expires,
    )


def _paragraph(row: Paragraph) -> KeptParagraph:
    anchors = sorted(row.anchors.all(), key=lambda one: one.pk)
    photo = None
    if row.photo is not None:
        photo = Picture(bytes(row.photo), row.photo_wide, row.photo_tall)
    return KeptParagraph(
        number=row.pk,
        section=row.section,
        kind=row.kind,
        text=Words(row.text_fr, row.text_en),
        by=row.by,
        anchors=tuple(Read(a.indicator, Words(a.read_fr, a.read_en)) for a in anchors),
        photo=photo,
        written=row.written,
    )


def editions_of(token: str) -> tuple[KeptEdition, ...]:
    """Give the editions of a portrait, the newest first."""
    rows = Edition.objects.filter(portrait__token=token).order_by("-number")
    return tuple(map(_edition, rows))


def published_edition(slug: str) -> KeptEdition | None:
    """Give an edition, withdrawn or not; nothing where there never was one."""
    row = Edition.objects.filter(slug=slug).first()
    return None if row is None else _edition(row)


def edition_file(slug: str, *, lang: str, form: str) -> bytes | None:
    """Give a file of an edition that was not withdrawn."""
    row = EditionFile.objects.filter(
        edition__slug=slug, edition__withdrawn=None, lang=lang, form=form
    ).first()
    return None if row is None else bytes(row.content)


def _edition(row: Edition) -> KeptEdition:
    forms = row.files.order_by("lang", "form").values_list("lang", "form")
    return KeptEdition(
        slug=row.slug,
        number=row.number,
        title=Words(row.title_fr, row.title_en),
        template=row.template,
        pack_hash=row.pack_hash,
        inputs_hash=row.inputs_hash,
        releases=_lines(row.releases),
        method=row.method,
        made=row.made,
        withdrawn=row.withdrawn,
        forms=tuple(forms),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
