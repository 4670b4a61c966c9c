"""A question asked of the streets and the people, and its answer, as they were found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Study(models.Model):
    """Where the next hubs could stand, or what holds when things fail: asked once, kept with its answer.

    ``asked`` holds all that the answer follows from but the atlas: names and points as they were then.
    ``pack`` and ``method`` say with which atlas and which version of the programme; the same four give
    the same answer, whose mark is ``digest``. ``progress`` is what the search tells while it runs.
    """

    class State(models.TextChoices):
        """Where a study stands."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    asked = models.JSONField()
    seed = models.PositiveBigIntegerField(default=1)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    progress = models.JSONField(default=dict)
    stop_asked = models.BooleanField(default=False)
    beat = models.DateTimeField(null=True)
    pack = models.CharField(max_length=120, blank=True)
    method = models.CharField(max_length=120, blank=True)
    result = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    fault = models.JSONField(null=True)
    made = models.DateTimeField()
    started = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("study of hubs")
        indexes = (models.Index(fields=("workspace", "made"), name="studies_by_day"),)

    def __str__(self) -> str:
        return self.title
