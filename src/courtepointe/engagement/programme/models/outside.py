"""What leaves the sector: messages, and what is handed on to other neighbourhoods."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.engagement.programme.models.path import WORKSPACE, Run


class Communication(models.Model):
    """A line of the communications plan."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, models.CASCADE, related_name="communications")
    audience = models.CharField(max_length=20)
    message = models.TextField()
    channel = models.CharField(max_length=20)
    languages = models.JSONField(default=list)
    on = models.DateField(null=True)
    carrier = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10)
    sent_on = models.DateField(null=True)
    seen_after = models.TextField(blank=True)

    class Meta:
        verbose_name = _("line of the communications plan")

    def __str__(self) -> str:
        return self.message[:60]


class Transfer(models.Model):
    """An activity that hands something on to another neighbourhood."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, models.CASCADE, related_name="transfers")
    what = models.CharField(max_length=200)
    to_whom = models.CharField(max_length=200)
    way = models.CharField(max_length=20)
    on = models.DateField(null=True)
    state = models.CharField(max_length=10)
    outcome = models.TextField(blank=True)
    lesson = models.TextField(blank=True)

    class Meta:
        verbose_name = _("transfer to another neighbourhood")

    def __str__(self) -> str:
        return self.what
