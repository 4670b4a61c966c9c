"""Areas that people drew, uploaded or assembled, kept under an address that cannot be guessed."""

from __future__ import annotations

from django.db import models


class CustomArea(models.Model):
    """A shape or a list of units, with its name: no word about who made it."""

    class Kind(models.TextChoices):
        """How the area was made."""

        DRAWN = "drawn"
        UPLOADED = "uploaded"
        ASSEMBLED = "assembled"

    token = models.CharField(max_length=43, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120, blank=True)
    shape = models.BinaryField(null=True)
    unit_type = models.CharField(max_length=80, blank=True)
    unit_codes = models.TextField(blank=True)
    fit_method = models.CharField(max_length=10)
    sections = models.TextField(blank=True)
    comparators = models.TextField(blank=True)
    atlas_code = models.CharField(max_length=80)
    pack_hash = models.CharField(max_length=80)
    created = models.DateTimeField()
    named = models.DateTimeField(null=True)
    expires = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(
                    models.Q(shape__isnull=False, unit_codes="")
                    | (models.Q(shape__isnull=True) & ~models.Q(unit_codes=""))
                ),
                name="custom_area_is_a_shape_or_units",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["drawn", "uploaded", "assembled"]),
                name="custom_area_kind_is_known",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.token


class ToldSum(models.Model):
    """A sum of a protected release that was told of an area that somebody drew.

    Kept for as long as the release is: a later sum must not complete it into a small count.
    """

    atlas_code = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    release = models.CharField(max_length=80)
    indicator = models.CharField(max_length=120)
    unit_type = models.CharField(max_length=80)
    unit_codes = models.TextField()
    unit_shares = models.TextField()
    told = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("atlas_code", "number"), name="told_sums_stand_in_a_row"
            ),
        )

    def __str__(self) -> str:
        return f"{self.release} {self.indicator} {self.number}"


class ReleaseNotice(models.Model):
    """A notice about a release, from its operator; the last one of a release is in force.

    Rows are only ever added: they are their own history.
    """

    class Kind(models.TextChoices):
        """What is said of the release."""

        RECALLED = "recalled"
        SUPERSEDED = "superseded"
        LIFTED = "lifted"

    atlas_code = models.CharField(max_length=80)
    release = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason_fr = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    replaced_by = models.CharField(max_length=80, blank=True)
    given_by = models.CharField(max_length=120)
    given = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(kind="recalled")
                | (~models.Q(reason_fr="") & ~models.Q(reason_en="")),
                name="recalls_say_why_in_both_languages",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="superseded") | ~models.Q(replaced_by=""),
                name="superseded_by_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.release}: {self.kind}"


class ReleaseUse(models.Model):
    """Something that was kept, and a release that it was read with: an area, an edition...

    A register for everything that rests on releases: ``user_kind`` and ``user_key`` name the thing.
    """

    user_kind = models.CharField(max_length=40)
    user_key = models.CharField(max_length=80)
    atlas_code = models.CharField(max_length=80)
    release = models.CharField(max_length=80, db_index=True)
    pack_hash = models.CharField(max_length=80)
    noted = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user_kind", "user_key", "atlas_code", "release"),
                name="a_use_is_noted_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_kind} {self.user_key}: {self.release}"


class WrittenPortrait(models.Model):
    """A portrait that people write in: an area, a template, an order of sections.

    Who holds its address writes; nothing is known of who that is. Its figures are never kept: they
    are those of the atlas whenever it is read.
    """

    token = models.CharField(max_length=43, unique=True)
    atlas_code = models.CharField(max_length=80)
    area_key = models.CharField(max_length=250, blank=True)
    custom_token = models.CharField(max_length=43, blank=True)
    template = models.CharField(max_length=40)
    sections = models.TextField(blank=True)
    paper = models.CharField(max_length=10)
    created = models.DateTimeField()
    changed = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(area_key="") ^ models.Q(custom_token=""),
                name="written_portrait_is_of_one_area",
            ),
        )

    def __str__(self) -> str:
        return self.area_key or self.custom_token


class Paragraph(models.Model):
    """What somebody wrote, quoted or photographed, in a section of a portrait."""

    class Kind(models.TextChoices):
        """What it is."""

        TEXT = "text"
        QUOTE = "quote"
        PHOTO = "photo"

    portrait = models.ForeignKey(WrittenPortrait, models.CASCADE, related_name="paragraphs")
    section = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text_fr = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    by = models.CharField(max_length=200, blank=True)
    photo = models.BinaryField(null=True)
    photo_wide = models.PositiveIntegerField(default=0)
    photo_tall = models.PositiveIntegerField(default=0)
    written = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(text_fr="") | ~models.Q(text_en=""),
                name="paragraph_says_something",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="photo", photo__isnull=False)
                | (~models.Q(kind="photo") & models.Q(photo__isnull=True)),
                name="photo_paragraphs_have_photos",
            ),
        )

    def __str__(self) -> str:
        return self.text_fr[:40] or self.text_en[:40]


class Anchor(models.Model):
    """A figure that a paragraph rests on, as it read when somebody last read the two together."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="anchors")
    indicator = models.CharField(max_length=120)
    read_fr = models.CharField(max_length=120)
    read_en = models.CharField(max_length=120)
    read = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("paragraph", "indicator"), name="a_figure_is_anchored_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator}: {self.read_fr}"


class Edition(models.Model):
    """A portrait as it was published: its files never change; it may be withdrawn, not rewritten."""

    slug = models.CharField(max_length=43, unique=True)
    portrait = models.ForeignKey(
        WrittenPortrait, models.SET_NULL, null=True, related_name="editions"
    )
    number = models.PositiveIntegerField()
    title_fr = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    template = models.CharField(max_length=40)
    atlas_code = models.CharField(max_length=80)
    pack_hash = models.CharField(max_length=80)
    inputs_hash = models.CharField(max_length=64)
    releases = models.TextField(blank=True)
    method = models.CharField(max_length=80)
    made = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("portrait", "number"), name="editions_of_a_portrait_are_numbered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title_fr} ({self.number})"


class EditionFile(models.Model):
    """One file of an edition: a language, a form."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files")
    lang = models.CharField(max_length=2)
    form = models.CharField(max_length=10)
    content = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "lang", "form"), name="an_edition_has_each_file_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} {self.lang} {self.form}"
