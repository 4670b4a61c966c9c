"""Missions, calls and their answers, thanks."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.engagement.models.volunteers import Volunteer, Zone

Q = models.Q


class Mission(models.Model):
    """Something to do together: what, where, when, how many, with which skills."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open"
        FILLED = "filled"
        DONE = "done"
        CANCELLED = "cancelled"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    zone = models.ForeignKey(Zone, models.SET_NULL, null=True, related_name="missions")
    place = models.CharField(max_length=200, blank=True)
    starts = models.DateTimeField(db_index=True)
    ends = models.DateTimeField()
    people_needed = models.PositiveSmallIntegerField()
    skills = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    people_came = models.PositiveSmallIntegerField(null=True)
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField()

    class Meta:
        verbose_name = _("mission")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("starts")), name="a_mission_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(people_needed__gte=1), name="a_mission_needs_people"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Call(models.Model):
    """Volunteers were called: by whom, by which criteria, until it was closed."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    mission = models.ForeignKey(Mission, models.CASCADE, null=True, related_name="calls")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    made = models.DateTimeField()
    skills = models.JSONField(default=list)
    any_skill = models.BooleanField(default=False)
    languages = models.JSONField(default=list)
    slots = models.JSONField(default=list)
    zone = models.ForeignKey(Zone, models.SET_NULL, null=True, related_name="+")
    steps = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField()
    found = models.PositiveIntegerField()
    closed = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("call to volunteers")

    def __str__(self) -> str:
        return f"{self.workspace_id} {self.made}"


class CallAnswer(models.Model):
    """A volunteer who was called, in their place, and what they said."""

    class Answer(models.TextChoices):
        """What was said."""

        NONE = "none"
        YES = "yes"
        NO = "no"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    call = models.ForeignKey(Call, models.CASCADE, related_name="answers")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="answers")
    place = models.PositiveIntegerField()
    answer = models.CharField(max_length=4, choices=Answer.choices, default=Answer.NONE)
    answered = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("answer to a call")
        constraints = (
            models.UniqueConstraint(
                fields=("call", "volunteer"), name="a_call_reaches_somebody_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.call_id} {self.place}: {self.answer}"


class Recognition(models.Model):
    """Thanks, given to a volunteer."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="recognitions")
    mission = models.ForeignKey(Mission, models.SET_NULL, null=True, related_name="recognitions")
    kind = models.CharField(max_length=20)
    text = models.CharField(max_length=400, blank=True)
    given = models.DateField()

    class Meta:
        verbose_name = _("thanks")

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.kind}"
