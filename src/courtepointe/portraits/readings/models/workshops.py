"""A workshop on a portrait: what was noted, hands that were counted, votes that are counts alone."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

Q = models.Q


class Workshop(models.Model):
    """A session on a portrait, dimension by dimension; telephones join with ``code`` while it is open."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    portrait = models.ForeignKey(
        "resilience.ResiliencePortrait", models.CASCADE, related_name="workshops"
    )
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=8, unique=True)
    salt = models.UUIDField(default=uuid4, editable=False)
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("workshop on a portrait")
        verbose_name_plural = _("workshops on portraits")

    def __str__(self) -> str:
        return self.name


class WorkshopNote(models.Model):
    """What was said of a dimension, as the facilitator noted it; ``uid`` is of the device that kept it."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="notes")
    uid = models.UUIDField(unique=True)
    dimension = models.CharField(max_length=20)
    typed = models.DateTimeField()
    text = models.TextField()

    class Meta:
        verbose_name = _("note of a workshop")

    def __str__(self) -> str:
        return f"{self.dimension} {self.typed:%H:%M}"


class HandsCounted(models.Model):
    """Hands that were counted in the room, once for each state; a later count replaces an earlier one."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="hands")
    uid = models.UUIDField(unique=True)
    dimension = models.CharField(max_length=20)
    typed = models.DateTimeField()
    present = models.PositiveSmallIntegerField()
    fragile = models.PositiveSmallIntegerField()
    absent = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("hands counted in a workshop")
        verbose_name_plural = _("hands counted in workshops")

    def __str__(self) -> str:
        return f"{self.dimension} {self.present}-{self.fragile}-{self.absent}"


class VoteCount(models.Model):
    """How many telephones voted for a state of a dimension: a count, and nothing of who."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="counts")
    dimension = models.CharField(max_length=20)
    state = models.CharField(max_length=10)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("votes counted in a workshop")
        verbose_name_plural = _("votes counted in workshops")
        constraints = (
            models.UniqueConstraint(
                fields=("workshop", "dimension", "state"), name="votes_are_counted_once_a_state"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dimension} {self.state}"


class VoteCast(models.Model):
    """That a telephone voted on a dimension, not what for; destroyed when the workshop closes."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="casts")
    dimension = models.CharField(max_length=20)
    device = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("telephone that voted")
        verbose_name_plural = _("telephones that voted")
        constraints = (
            models.UniqueConstraint(
                fields=("workshop", "dimension", "device"), name="a_telephone_votes_once"
            ),
        )

    def __str__(self) -> str:
        return self.dimension
