"""A resilience portrait of a territory, and what its neighbourhood adds to the framework."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

Q = models.Q


class ResiliencePortrait(models.Model):
    """An edition of a territory's portrait: open while people fill it, closed once it is agreed.

    ``framework`` is the version of the dimensions that it is read by. ``follows`` is the edition before
    it, whose goalposts it takes over. ``uid`` names it in what leaves the installation.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    territory = models.ForeignKey(
        "people.WorkspaceTerritory", models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    framework = models.CharField(max_length=20)
    follows = models.OneToOneField("self", models.SET_NULL, null=True, related_name="followed_by")
    begun = models.DateField()
    closed = models.DateField(null=True)

    class Meta:
        verbose_name = _("resilience portrait")
        indexes = (models.Index(fields=("workspace", "begun"), name="resilience_by_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(closed=None) | Q(closed__gte=models.F("begun")),
                name="a_portrait_closes_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.name


class OwnPart(models.Model):
    """What a neighbourhood adds to the framework: a dimension of its own, or a part of a dimension.

    Its code, ``own-<number>``, stands wherever a code of the framework may. It is left out where
    neighbourhoods are read side by side. ``dimension`` is empty for a dimension.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    dimension = models.CharField(max_length=20, blank=True)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    about_fr = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    ended = models.DateField(null=True)

    class Meta:
        verbose_name = _("part of a neighbourhood’s own framework")

    def __str__(self) -> str:
        return self.name_fr
