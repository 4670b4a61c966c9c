"""Calendars that programs follow, at addresses that cannot be guessed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarFeed(models.Model):
    """An address of a workspace's calendar, kept only as a hash.

    It gives as long as who asked for it has a seat; whoever lost it asks for another.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    label = models.CharField(max_length=120)
    lang = models.CharField(max_length=2)
    secret = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("address of the calendar")

    def __str__(self) -> str:
        return self.label
