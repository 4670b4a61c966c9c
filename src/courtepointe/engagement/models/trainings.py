"""Trainings, their sessions, who takes part under which code, and what attests it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.engagement.models.meetings import State
from courtepointe.engagement.models.volunteers import Volunteer

Q = models.Q


class Course(models.Model):
    """A training that a workspace gives: one of the catalogue, or its own.

    ``months`` is how long an attestation holds; 0 where it does not expire.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    catalogue_code = models.CharField(max_length=40, blank=True)
    title_fr = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    level = models.CharField(max_length=20)
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    months = models.PositiveSmallIntegerField()
    skills = models.JSONField(default=list)
    learnt_fr = models.JSONField(default=list)
    learnt_en = models.JSONField(default=list)
    retired = models.DateField(null=True)

    class Meta:
        verbose_name = _("training")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "catalogue_code"),
                condition=~Q(catalogue_code=""),
                name="a_training_is_taken_once",
            ),
        )

    def __str__(self) -> str:
        return self.title_fr


class TrainingSession(models.Model):
    """One time that a training is given."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    course = models.ForeignKey(Course, models.RESTRICT, related_name="sessions")
    starts = models.DateTimeField(db_index=True)
    ends = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    access = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    places = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField()

    class Meta:
        verbose_name = _("session of a training")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("starts")), name="a_session_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="a_session_has_a_place"),
        )

    def __str__(self) -> str:
        return f"{self.course_id} {self.starts:%Y-%m-%d}"


class Enrolment(models.Model):
    """A volunteer takes part in a session; ``attended`` is null until it is known."""

    class State(models.TextChoices):
        """Whether there is a place."""

        CONFIRMED = "confirmed"
        WAITING = "waiting"
        CANCELLED = "cancelled"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="enrolments")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="enrolments")
    state = models.CharField(max_length=10, choices=State.choices)
    attended = models.BooleanField(null=True)
    made = models.DateTimeField()

    class Meta:
        verbose_name = _("enrolment")
        constraints = (
            models.UniqueConstraint(
                fields=("session", "volunteer"), name="somebody_enrols_in_a_session_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.volunteer_id}"


class Attestation(models.Model):
    """A training was followed. No name is kept: whoever holds the paper holds the code.

    It stays verifiable after the volunteer's record is destroyed.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    course = models.ForeignKey(Course, models.RESTRICT, related_name="attestations")
    enrolment = models.OneToOneField(
        Enrolment, models.SET_NULL, null=True, related_name="attestation"
    )
    code = models.CharField(max_length=10, unique=True)
    attended = models.DateField()
    issued = models.DateField()
    until = models.DateField(null=True)
    withdrawn = models.DateTimeField(null=True)
    why_withdrawn = models.TextField(blank=True)

    class Meta:
        verbose_name = _("attestation")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("issued")),
                name="an_attestation_holds_a_while",
            ),
        )

    def __str__(self) -> str:
        return self.code
