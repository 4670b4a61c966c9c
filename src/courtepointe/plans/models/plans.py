"""The community resilience plan of a territory: written, adopted by a decision, followed by another."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

Q = models.Q


class ResiliencePlan(models.Model):
    """A version of the plan of a portrait's territory.

    ``frozen`` is the copy that the decision adopted, ``digest`` its mark: neither is written again.
    ``comes_from`` is the version before.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    portrait = models.ForeignKey("resilience.ResiliencePortrait", models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    decision = models.ForeignKey(
        "engagement.Decision", models.RESTRICT, null=True, related_name="+"
    )
    adopted = models.DateField(null=True)
    frozen = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    closed = models.DateField(null=True)
    comes_from = models.OneToOneField("self", models.SET_NULL, null=True, related_name="next")

    class Meta:
        verbose_name = _("community resilience plan")
        constraints = (
            models.UniqueConstraint(
                fields=("portrait", "version"), name="plans_of_a_portrait_are_numbered"
            ),
            models.UniqueConstraint(
                fields=("portrait",),
                condition=Q(state="in_force"),
                name="a_portrait_has_one_plan_in_force",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", decision=None, frozen=None, digest="")
                | (~Q(state="draft") & Q(decision__isnull=False, frozen__isnull=False)),
                name="an_adopted_plan_has_its_decision_and_its_copy",
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gte=models.F("starts")),
                name="a_plan_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class PlanText(models.Model):
    """What the neighbourhood wrote in a section of its plan."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    plan = models.ForeignKey(ResiliencePlan, models.CASCADE, related_name="texts")
    section = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        verbose_name = _("section of a plan")
        constraints = (
            models.UniqueConstraint(fields=("plan", "section"), name="a_section_is_written_once"),
        )

    def __str__(self) -> str:
        return self.section
