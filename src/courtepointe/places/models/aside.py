"""What stands beside the records: sources, proposals, likely doubles, imports that wait."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.people.sealed import SealedText
from courtepointe.places.models.records import Entry, Part


class Source(models.Model):
    """Where fields come from: a file, an atlas; on which day what it says was true."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=400)
    file = models.CharField(max_length=250, blank=True)
    dated = models.DateField(null=True)
    taken = models.DateTimeField()

    class Meta:
        verbose_name = _("source")

    def __str__(self) -> str:
        return self.name


class Proposal(models.Model):
    """A value for a field that a person verified: it waits for a person, and overwrites nothing."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open"
        TAKEN = "taken"
        LEFT = "left"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    holder = models.ForeignKey(Entry, models.CASCADE, related_name="proposals", null=True)
    part = models.ForeignKey(Part, models.CASCADE, related_name="proposals", null=True)
    field = models.CharField(max_length=60)
    value = SealedText()
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=5, choices=State.choices, default=State.OPEN)

    class Meta:
        verbose_name = _("proposal")
        indexes = (models.Index(fields=("workspace", "state"), name="proposals_by_state"),)

    def __str__(self) -> str:
        return f"{self.field} {self.state}"


class Candidate(models.Model):
    """Two records that may be one, why, and what a person decided; it outlives a merged record."""

    class Decision(models.TextChoices):
        """What was said of it; ``later`` puts it at the end."""

        NONE = ""
        SAME = "same"
        DIFFERENT = "different"
        LATER = "later"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    table = models.CharField(max_length=30)
    first = models.UUIDField()
    second = models.UUIDField()
    probability = models.FloatField()
    distance_m = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    decision = models.CharField(
        max_length=10, choices=Decision.choices, default=Decision.NONE, blank=True
    )
    decided = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("likely double")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "table", "first", "second"), name="a_pair_stands_once"
            ),
        )
        indexes = (
            models.Index(fields=("workspace", "decision", "-probability"), name="pairs_to_decide"),
        )

    def __str__(self) -> str:
        return f"{self.first} {self.second}"


class Waiting(models.Model):
    """An import that somebody looks at before it is done: read, without a fault, sealed."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=400)
    file = models.CharField(max_length=250, blank=True)
    dated = models.DateField(null=True)
    visibility = models.CharField(max_length=10)
    told = SealedText()

    class Meta:
        verbose_name = _("import that waits")

    def __str__(self) -> str:
        return self.name
