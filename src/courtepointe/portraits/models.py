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
