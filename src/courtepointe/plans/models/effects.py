"""What is expected of an action, and what was seen: apart, and never overwritten."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.plans.models.actions import Action

Q = models.Q


class Effect(models.Model):
    """An effect that is expected: an indicator by its code, or one's own words; which way, by when, why.

    One that is revised stays: another replaces it.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    action = models.ForeignKey(Action, models.CASCADE, related_name="effects")
    indicator = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=300, blank=True)
    direction = models.CharField(max_length=20)
    by_day = models.DateField(null=True)
    why = models.TextField(blank=True)
    made = models.DateField()
    replaces = models.OneToOneField("self", models.SET_NULL, null=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("expected effect")
        constraints = (
            models.CheckConstraint(
                condition=~Q(indicator="") | ~Q(words=""), name="an_effect_names_what_moves"
            ),
        )

    def __str__(self) -> str:
        return self.words or self.indicator


class Result(models.Model):
    """What was seen of an action, on a day, by a role; with what shows it: an address, a source of evidence.

    One that is corrected stays: another replaces it, and says why.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    action = models.ForeignKey(Action, models.CASCADE, related_name="results")
    effect = models.ForeignKey(Effect, models.SET_NULL, null=True, related_name="results")
    seen_on = models.DateField()
    text = models.TextField()
    direction = models.CharField(max_length=20, blank=True)
    seen_by = models.CharField(max_length=120)
    link = models.URLField(max_length=400, blank=True)
    source = models.ForeignKey("evidence.Source", models.SET_NULL, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.SET_NULL, null=True, related_name="replaced_by")
    why = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("result of an action")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="a_result_says_something"),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(why=""), name="a_correction_says_why"
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]
