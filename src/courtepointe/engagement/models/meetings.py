"""Meetings, what is on their agenda, who was there, what was decided."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.engagement.models.committees import Committee, Seat

Q = models.Q


class State(models.TextChoices):
    """Where a meeting, an activity or a session stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Meeting(models.Model):
    """A meeting; ``uid`` and ``sequence`` are what calendars know it by."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    committee = models.ForeignKey(Committee, models.CASCADE, null=True, related_name="meetings")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    starts = models.DateTimeField(db_index=True)
    ends = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    access = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    minutes = models.TextField(blank=True)
    guests = models.PositiveSmallIntegerField(default=0)
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField()

    class Meta:
        verbose_name = _("meeting")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("starts")), name="a_meeting_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """One item of a meeting; ``notes`` are its part of the minutes."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    length_min = models.PositiveSmallIntegerField(default=0)
    led_by = models.CharField(max_length=120, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        verbose_name = _("item of an agenda")

    def __str__(self) -> str:
        return self.title


class Presence(models.Model):
    """Whether a seat was at a meeting."""

    class Status(models.TextChoices):
        """How a seat stood."""

        EXPECTED = "expected"
        PRESENT = "present"
        EXCUSED = "excused"
        ABSENT = "absent"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="presences")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="presences")
    status = models.CharField(max_length=10, choices=Status.choices)

    class Meta:
        verbose_name = _("presence at a meeting")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "seat"), name="a_seat_is_present_once"),
        )

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.status}"


class Decision(models.Model):
    """What was decided, what it changes, when it is looked at again. It is never rewritten.

    A decision that changes is revised: a new one replaces it.
    """

    class State(models.TextChoices):
        """Whether it holds."""

        IN_FORCE = "in_force"
        REVISED = "revised"
        ENDED = "ended"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, related_name="decisions")
    committee = models.ForeignKey(Committee, models.SET_NULL, null=True, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    taken = models.DateField()
    text = models.TextField()
    changes = models.TextField(blank=True)
    review = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.IN_FORCE)
    replaces = models.OneToOneField("self", models.SET_NULL, null=True, related_name="replaced_by")
    ended = models.DateField(null=True)
    why_ended = models.TextField(blank=True)

    class Meta:
        verbose_name = _("decision")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "year", "number"), name="decisions_are_numbered_by_year"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_decision_says_something"),
            models.CheckConstraint(
                condition=Q(state="in_force", ended=None)
                | (~Q(state="in_force") & Q(ended__isnull=False)),
                name="a_decision_that_ended_has_a_day",
            ),
        )
        indexes = (models.Index(fields=("workspace", "state", "review"), name="decisions_due"),)

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"
