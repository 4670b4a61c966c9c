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
