"""What people read together of a dimension, and what residents reply to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

Q = models.Q


class Reading(models.Model):
    """A version of what is read together of a dimension: never rewritten, a new one supersedes it.

    ``validated_by`` is a group of people, by its name or its role, with how many they were; it stands
    with the day, and with the meeting or the decision where there was one.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    portrait = models.ForeignKey(
        "resilience.ResiliencePortrait", models.CASCADE, related_name="readings"
    )
    dimension = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    number_view = models.TextField(blank=True)
    local_view = models.TextField(blank=True)
    agreement = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    text_fr = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    written = models.DateField()
    superseded = models.DateField(null=True)
    validated = models.DateField(null=True)
    validated_by = models.CharField(max_length=200, blank=True)
    people = models.PositiveIntegerField(null=True)
    meeting = models.ForeignKey("engagement.Meeting", models.SET_NULL, null=True, related_name="+")
    decision = models.ForeignKey(
        "engagement.Decision", models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("shared reading")
        constraints = (
            models.UniqueConstraint(
                fields=("portrait", "dimension", "version"), name="readings_are_numbered"
            ),
            models.UniqueConstraint(
                fields=("portrait", "dimension"),
                condition=Q(superseded=None),
                name="one_reading_of_a_dimension_stands",
            ),
            models.CheckConstraint(
                condition=Q(validated=None) | ~Q(validated_by=""),
                name="a_validated_reading_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(validated=None) | ~Q(text_fr="", text_en=""),
                name="a_validated_reading_says_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.dimension} {self.version}"


class KeptScore(models.Model):
    """What the numbers of a dimension said when a version of its reading was validated: kept, never reckoned.

    ``beside`` is what stands beside other neighbourhoods: without the indicators that a neighbourhood added. The other
    fields are as in the scores of a portrait (``resilience.ScoreRow``).
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="scores")
    beside = models.BooleanField()
    numbers = models.JSONField()
    used = models.JSONField()
    method = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    seed = models.PositiveBigIntegerField()
    releases = models.JSONField(default=list)
    made = models.DateTimeField()

    class Meta:
        verbose_name = _("score kept with a validated reading")
        verbose_name_plural = _("scores kept with validated readings")
        constraints = (
            models.UniqueConstraint(
                fields=("reading", "beside"), name="a_validated_reading_keeps_its_score_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reading_id} {self.made:%Y-%m-%d}"


class Reply(models.Model):
    """What a resident answers to a figure or to a reading; shown beside it once somebody reviewed it.

    ``told_by`` is a role in words, never a name. ``agreed`` is the consent to be shown, with the text
    that was read; without it, only those who review read it. It is destroyed on ``expires``.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        SHOWN = "shown"
        DECLINED = "declined"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    portrait = models.ForeignKey(
        "resilience.ResiliencePortrait", models.CASCADE, related_name="replies"
    )
    dimension = models.CharField(max_length=20)
    about = models.CharField(max_length=10)
    text = models.TextField()
    told_by = models.CharField(max_length=120, blank=True)
    came = models.CharField(max_length=10)
    agreed = models.BooleanField()
    consent_version = models.PositiveSmallIntegerField(null=True)
    consent_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    received = models.DateField()
    reviewed = models.DateField(null=True)
    why = models.CharField(max_length=400, blank=True)
    expires = models.DateField()

    class Meta:
        verbose_name = _("reply of a resident")
        verbose_name_plural = _("replies of residents")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="shown") | Q(agreed=True),
                name="only_a_reply_that_agreed_is_shown",
            ),
        )
        indexes = (models.Index(fields=("portrait", "dimension"), name="replies_by_dimension"),)

    def __str__(self) -> str:
        return f"{self.dimension} {self.received}"
