"""An action, who has a part in it, and what it is followed by elsewhere in the workspace."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.plans.models.priorities import Priority

Q = models.Q


class Action(models.Model):
    """An action: what, who, by when, done when.

    ``lead`` is an organisation of the directory by its identifier, ``role`` a post where there is none.
    ``beside`` is what the institution ``beside_by`` does on its side. ``read`` is what was read of the
    dimension before. ``suggested`` is the suggested action that it comes from, ``learned_from`` the
    workspace. ``uid`` names it in what leaves the installation.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    portrait = models.ForeignKey("resilience.ResiliencePortrait", models.CASCADE, related_name="+")
    priority = models.ForeignKey(Priority, models.SET_NULL, null=True, related_name="actions")
    dimension = models.CharField(max_length=20)
    part = models.CharField(max_length=40, blank=True)
    read = models.CharField(max_length=20, blank=True)
    statement = models.CharField(max_length=400)
    about = models.TextField(blank=True)
    bearer = models.CharField(max_length=20)
    lead = models.UUIDField(null=True)
    role = models.CharField(max_length=120, blank=True)
    beside = models.CharField(max_length=400, blank=True)
    beside_by = models.CharField(max_length=200, blank=True)
    means = models.CharField(max_length=400, blank=True)
    cost = models.CharField(max_length=20, blank=True)
    horizon = models.CharField(max_length=20)
    due = models.DateField(null=True)
    done = models.DateField(null=True)
    state = models.CharField(max_length=20)
    suggested = models.CharField(max_length=40, blank=True)
    learned_from = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("action")
        indexes = (models.Index(fields=("workspace", "state", "due"), name="actions_due"),)
        constraints = (
            models.CheckConstraint(condition=~Q(statement=""), name="an_action_says_something"),
            models.CheckConstraint(
                condition=Q(state="completed", done__isnull=False)
                | (~Q(state="completed") & Q(done=None)),
                name="a_completed_action_has_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.statement


class ActionPartner(models.Model):
    """An organisation that has a part in an action; ``name`` where the directory does not know it."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    action = models.ForeignKey(Action, models.CASCADE, related_name="partners")
    record = models.UUIDField(null=True)
    name = models.CharField(max_length=200, blank=True)
    does = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("partner of an action")
        constraints = (
            models.UniqueConstraint(
                fields=("action", "record"),
                condition=~Q(record=None),
                name="a_record_is_partner_of_an_action_once",
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.record)


class ActionLink(models.Model):
    """What an action is followed by: a hub, a session, an activity, an exercise.

    ``name`` is what it was called on the day; it stays when what it names is deleted.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    action = models.ForeignKey(Action, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    hub = models.ForeignKey("hubs.Hub", models.SET_NULL, null=True, related_name="+")
    session = models.ForeignKey(
        "engagement.TrainingSession", models.SET_NULL, null=True, related_name="+"
    )
    activity = models.ForeignKey(
        "engagement.Activity", models.SET_NULL, null=True, related_name="+"
    )
    exercise = models.ForeignKey("hubs.Exercise", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("link of an action")
        constraints = tuple(
            models.UniqueConstraint(
                fields=("action", kind),
                condition=Q(**{f"{kind}__isnull": False}),
                name=f"an_action_is_linked_once_to_a_{kind}",
            )
            for kind in ("hub", "session", "activity", "exercise")
        )

    def __str__(self) -> str:
        return self.name
