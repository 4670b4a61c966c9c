"""What a neighbourhood decides to begin with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Priority(models.Model):
    """A priority of a portrait, in a dimension; one that was set aside stays, with the day."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    portrait = models.ForeignKey("resilience.ResiliencePortrait", models.CASCADE, related_name="+")
    dimension = models.CharField(max_length=20)
    part = models.CharField(max_length=40, blank=True)
    statement = models.CharField(max_length=400)
    why = models.TextField(blank=True)
    made = models.DateField()
    ended = models.DateField(null=True)

    class Meta:
        verbose_name = _("priority")
        indexes = (models.Index(fields=("portrait", "dimension"), name="priorities_by_dimension"),)

    def __str__(self) -> str:
        return self.statement
