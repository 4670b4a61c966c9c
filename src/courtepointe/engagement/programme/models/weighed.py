"""What the programme is weighed by: questions, findings, risks; and what is celebrated."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.engagement.programme.models.path import WORKSPACE, Run


class Question(models.Model):
    """A question that the evaluation of the programme answers."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, models.CASCADE, related_name="questions")
    text = models.CharField(max_length=300)
    users = models.CharField(max_length=200)
    use = models.CharField(max_length=300)
    method = models.CharField(max_length=20)
    on = models.DateField(null=True)
    carrier = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("evaluation question")

    def __str__(self) -> str:
        return self.text


class Finding(models.Model):
    """What an evaluation found, how strongly, and what it changes."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, models.CASCADE, related_name="findings")
    question = models.ForeignKey(Question, models.CASCADE, related_name="findings")
    text = models.TextField()
    strength = models.CharField(max_length=10)
    changes = models.TextField(blank=True)
    state = models.CharField(max_length=10)
    on = models.DateField()

    class Meta:
        verbose_name = _("finding of the evaluation")

    def __str__(self) -> str:
        return self.text[:60]


class Risk(models.Model):
    """What could keep the programme from its aim."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, models.CASCADE, related_name="risks")
    text = models.CharField(max_length=300)
    chance = models.CharField(max_length=10)
    weight = models.CharField(max_length=10)
    response = models.TextField(blank=True)
    carrier = models.CharField(max_length=20, blank=True)
    review_on = models.DateField(null=True)
    state = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("risk of the programme")

    def __str__(self) -> str:
        return self.text


class Achievement(models.Model):
    """What was achieved, who took part as counts, how it was celebrated."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, models.CASCADE, related_name="achievements")
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    on = models.DateField()
    residents = models.PositiveIntegerField(null=True)
    volunteers = models.PositiveIntegerField(null=True)
    organisations = models.PositiveIntegerField(null=True)
    visibility = models.CharField(max_length=10)
    celebrated = models.TextField(blank=True)
    celebrated_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("achievement")

    def __str__(self) -> str:
        return self.title
