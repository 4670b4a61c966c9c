"""Writes to portraits that people write in: whoever holds the address may; nothing is known of who."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from courtepointe.core.errors import BadInput, Refused
from courtepointe.portraits.access import paragraph_to_change, portrait_to_change
from courtepointe.portraits.actions.kept import note_uses
from courtepointe.portraits.models import (
    Anchor,
    CustomArea,
    Edition,
    EditionFile,
    Paragraph,
    ReleaseUse,
    WrittenPortrait,
)
from courtepointe.portraits.written import (
    EDITION,
    MOST_PARAGRAPHS,
    MOST_PHOTOS,
    PORTRAIT,
    NewEdition,
    Read,
    Written,
)

LIFE = timedelta(days=400)
"""Since something was last changed; editions stay."""
MOST_PORTRAITS = 5_000
MOST_EDITIONS, EDITIONS_EACH = 5_000, 40
"""Nobody signs in yet: what strangers may fill of a disk is bounded, some ten gigabytes of editions."""


@transaction.atomic
def keep_portrait(
    *,
    area_key: str = "",
    custom_token: str = "",
    template: str,
    sections: Sequence[str],
    paper: str,
    atlas_code: str,
    pack_hash: str,
    releases: Sequence[str],
    now: datetime,
) -> str:
    """Begin a portrait that people write in, and give its token; forget what has expired."""
    forget_portraits(now=now)
    if WrittenPortrait.objects.count() >= MOST_PORTRAITS:
        raise Refused("too_many_portraits", value=MOST_PORTRAITS)
    row = WrittenPortrait.objects.create(
        token=secrets.token_urlsafe(24),
        atlas_code=atlas_code,
        area_key=area_key,
        custom_token=custom_token,
        template=template,
        sections="\n".join(sections),
        paper=paper,
        created=now,
        changed=now,
        expires=now + LIFE,
    )
    _lengthen(row)
    note_uses(PORTRAIT, row.token, releases, atlas_code=atlas_code, pack_hash=pack_hash, now=now)
    return row.token


@transaction.atomic
def arrange_portrait(
    token: str, *, template: str, sections: Sequence[str], paper: str, now: datetime
) -> None:
    """Change a portrait's template, the sections that it shows and their order."""
    row = portrait_to_change(token, now=now)
    row.template, row.sections, row.paper = template, "\n".join(sections), paper
    _changed(row, now)


@transaction.atomic
def write_paragraph(token: str, what: Written, *, now: datetime) -> None:
    """Add a paragraph; the same one sent twice is added once."""
    row = portrait_to_change(token, now=now)
    if what.kind == Paragraph.Kind.PHOTO and what.photo is None:
        raise BadInput("photo_not_given")
    same = row.paragraphs.filter(
        section=what.section, kind=what.kind, text_fr=what.text.fr, text_en=what.text.en, by=what.by
    )
    if same.exists():
        return
    if row.paragraphs.count() >= MOST_PARAGRAPHS:
        raise Refused("too_many_paragraphs", value=MOST_PARAGRAPHS)
    if what.photo is not None and row.paragraphs.filter(kind="photo").count() >= MOST_PHOTOS:
        raise Refused("too_many_photos", value=MOST_PHOTOS)
    made = Paragraph(portrait=row)
    _fill(made, what, now)
    _changed(row, now)


@transaction.atomic
def rewrite_paragraph(token: str, number: int, what: Written, *, now: datetime) -> None:
    """Change a paragraph; its figures are taken as read. A photo stays unless another is given."""
    row = paragraph_to_change(token, number, now=now)
    if what.kind == Paragraph.Kind.PHOTO and what.photo is None and row.photo is None:
        raise BadInput("photo_not_given")
    _fill(row, what, now)
    _changed(row.portrait, now)


def _fill(row: Paragraph, what: Written, now: datetime) -> None:
    row.section, row.kind, row.by = what.section, what.kind, what.by
    row.text_fr, row.text_en = what.text.fr, what.text.en
    if what.kind != Paragraph.Kind.PHOTO:
        row.photo, row.photo_wide, row.photo_tall = None, 0, 0
    elif what.photo is not None:
        row.photo = what.photo.content
        row.photo_wide, row.photo_tall = what.photo.wide, what.photo.tall
    row.written = now
    row.save()
    row.anchors.all().delete()
    _anchor(row, what.anchors, now)


def _anchor(row: Paragraph, reads: Sequence[Read], now: datetime) -> None:
    Anchor.objects.bulk_create(
        [
            Anchor(
                paragraph=row,
                indicator=one.indicator,
                read_fr=one.shown.fr,
                read_en=one.shown.en,
                read=now,
            )
            for one in {one.indicator: one for one in reads}.values()
        ]
    )


@transaction.atomic
def mark_read(token: str, number: int, reads: Mapping[str, Read], *, now: datetime) -> None:
    """Write down that somebody read a paragraph beside its figures as they read now."""
    row = paragraph_to_change(token, number, now=now)
    held = [reads[one.indicator] for one in row.anchors.order_by("id") if one.indicator in reads]
    row.anchors.all().delete()
    _anchor(row, held, now)
    _changed(row.portrait, now)


@transaction.atomic
def remove_paragraph(token: str, number: int, *, now: datetime) -> None:
    """Remove a paragraph, with its photo."""
    row = paragraph_to_change(token, number, now=now)
    portrait = row.portrait
    row.delete()
    _changed(portrait, now)


@transaction.atomic
def publish_edition(token: str, what: NewEdition, *, now: datetime) -> str:
    """Publish an edition and give its slug; what was published already is not published again."""
    row = portrait_to_change(token, now=now)
    last = row.editions.order_by("-number").first()
    if last is not None and last.inputs_hash == what.inputs_hash and last.withdrawn is None:
        return last.slug
    if row.editions.count() >= EDITIONS_EACH or Edition.objects.count() >= MOST_EDITIONS:
        raise Refused("too_many_editions", value=EDITIONS_EACH)
    made = Edition.objects.create(
        slug=secrets.token_urlsafe(12),
        portrait=row,
        number=1 if last is None else last.number + 1,
        title_fr=what.title.fr[:400],
        title_en=what.title.en[:400],
        template=what.template,
        atlas_code=what.atlas_code,
        pack_hash=what.pack_hash,
        inputs_hash=what.inputs_hash,
        releases="\n".join(what.releases),
        method=what.method,
        made=now,
    )
    EditionFile.objects.bulk_create(
        [
            EditionFile(edition=made, lang=lang, form=form, content=content)
            for (lang, form), content in what.files.items()
        ]
    )
    note_uses(
        EDITION, made.slug, what.releases,
        atlas_code=what.atlas_code, pack_hash=what.pack_hash, now=now,
    )  # fmt: skip
    _changed(row, now)
    return made.slug


@transaction.atomic
def withdraw_edition(token: str, slug: str, *, now: datetime) -> None:
    """Take an edition back: its files are destroyed, its address says when."""
    row = portrait_to_change(token, now=now)
    edition = row.editions.filter(slug=slug, withdrawn=None).first()
    if edition is None:
        return
    edition.withdrawn = now
    edition.save(update_fields=["withdrawn"])
    edition.files.all().delete()


def _changed(row: WrittenPortrait, now: datetime) -> None:
    row.changed, row.expires = now, now + LIFE
    row.save()
    _lengthen(row)


def _lengthen(row: WrittenPortrait) -> None:
    """Keep the area that somebody drew for as long as a portrait of it is written."""
    CustomArea.objects.filter(token=row.custom_token, expires__lt=row.expires).update(
        expires=row.expires
    )


def forget_portraits(*, now: datetime) -> int:
    """Delete the portraits whose time is over, with all that was written in them; editions stay."""
    over = WrittenPortrait.objects.filter(expires__lte=now)
    tokens = list(over.values_list("token", flat=True))
    ReleaseUse.objects.filter(user_kind=PORTRAIT, user_key__in=tokens).delete()
    over.delete()
    return len(tokens)
