"""How a hub is run: keys by role, roles, modes, exercises and openings. No name of anybody."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.hubs.models.hubs import Hub

Q = models.Q


class Keys(models.Model):
    """How many keys a role holds."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    hub = models.ForeignKey(Hub, models.CASCADE, related_name="keys")
    role = models.CharField(max_length=20)
    count = models.PositiveSmallIntegerField()
    verified_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("keys of a hub")
        verbose_name_plural = _("keys of hubs")
        constraints = (
            models.UniqueConstraint(fields=("hub", "role"), name="keys_are_counted_once_a_role"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.count}"


class Post(models.Model):
    """A role of an open hub: how many hold it, how many of them are trained; null: not known."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    hub = models.ForeignKey(Hub, models.CASCADE, related_name="posts")
    role = models.CharField(max_length=20)
    filled = models.PositiveSmallIntegerField(null=True)
    trained = models.PositiveSmallIntegerField(null=True)
    verified_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("role of a hub")
        constraints = (
            models.UniqueConstraint(fields=("hub", "role"), name="a_role_stands_once_in_a_hub"),
            models.CheckConstraint(
                condition=Q(trained=None) | Q(filled=None) | Q(trained__lte=models.F("filled")),
                name="those_trained_hold_the_role",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.filled}"


class Mode(models.Model):
    """What starts a mode of a hub, and which role decides."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    hub = models.ForeignKey(Hub, models.CASCADE, related_name="modes")
    mode = models.CharField(max_length=20)
    criteria = models.TextField()
    decides = models.CharField(max_length=20)
    decided_by = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("mode of a hub")
        constraints = (
            models.UniqueConstraint(fields=("hub", "mode"), name="a_mode_is_written_once"),
        )

    def __str__(self) -> str:
        return self.mode


class Exercise(models.Model):
    """A hub was opened, for practice or for good; ``lag_min``: from the word to the open door."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    hub = models.ForeignKey(Hub, models.CASCADE, related_name="exercises")
    held = models.DateField()
    is_real = models.BooleanField(default=False)
    scenario = models.CharField(max_length=200)
    people = models.PositiveIntegerField(null=True)
    lag_min = models.PositiveIntegerField(null=True)
    lessons = models.TextField(blank=True)

    class Meta:
        verbose_name = _("exercise or opening of a hub")

    def __str__(self) -> str:
        return f"{self.held} {self.scenario}"
