"""Activities: who registers with how little, what they need, what it costs, how many came."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.engagement.models.meetings import State
from courtepointe.people.sealed import SealedText

Q = models.Q


class Activity(models.Model):
    """An activity or a thematic event.

    ``token`` is the address by which anybody registers; ``places`` is null where there is no limit.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    theme = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    starts = models.DateTimeField(db_index=True)
    ends = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    access = models.TextField(blank=True)
    places = models.PositiveIntegerField(null=True)
    needs = models.JSONField(default=list)
    is_open = models.BooleanField(default=False)
    closes = models.DateTimeField()
    token = models.CharField(max_length=43, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField()

    class Meta:
        verbose_name = _("activity")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("starts")), name="an_activity_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Registration(models.Model):
    """Somebody comes: a first name or a pseudonym, how many people, and until when that is kept.

    Whoever registered holds a secret address to change their mind; it is kept only as a hash.
    """

    class State(models.TextChoices):
        """Whether there is a place."""

        CONFIRMED = "confirmed"
        WAITING = "waiting"
        CANCELLED = "cancelled"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="registrations")
    name = SealedText()
    people = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    consent = models.CharField(max_length=40)
    secret = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    destroy_on = models.DateField(db_index=True)

    class Meta:
        verbose_name = _("registration")
        constraints = (
            models.CheckConstraint(
                condition=Q(people__range=(1, 30)), name="somebody_registers_a_few"
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} {self.pk}"


class RegistrationNeed(models.Model):
    """What those of a registration need, how many of them, in which language where it matters."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="needs")
    need = models.CharField(max_length=20)
    language = models.CharField(max_length=10, blank=True)
    count = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("need of a registration")
        constraints = (
            models.UniqueConstraint(
                fields=("registration", "need", "language"), name="a_need_is_told_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.need} {self.count}"


class AttendanceCount(models.Model):
    """How many of a group came."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendance")
    group = models.CharField(max_length=20)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("attendance")
        constraints = (
            models.UniqueConstraint(fields=("activity", "group"), name="a_group_is_counted_once"),
        )

    def __str__(self) -> str:
        return f"{self.group}: {self.count}"


class Cost(models.Model):
    """What an activity, or a session of a training, costs, in Canadian dollars."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, related_name="costs")
    session = models.ForeignKey(
        "engagement.TrainingSession", models.CASCADE, null=True, related_name="costs"
    )
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=200, blank=True)
    planned_cad = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    actual_cad = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        verbose_name = _("cost")
        constraints = (
            models.CheckConstraint(
                condition=Q(activity=None) ^ Q(session=None), name="a_cost_is_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(planned_cad__gte=0) | Q(planned_cad=None),
                name="a_planned_cost_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(planned_cad__isnull=False) | Q(actual_cad__isnull=False),
                name="a_cost_is_planned_or_actual",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.planned_cad}"
