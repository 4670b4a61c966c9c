"""Where evidence comes from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

Q = models.Q


class Source(models.Model):
    """An interview, a workshop, a photograph, a document: its text, who agreed to what, until when it is kept.

    ``place`` is a zone, never an address; ``voices`` counts people by group of the lens, never names.
    ``consent`` is empty until somebody agreed: the source is then closed. ``keep_until`` is the last day
    of its text and its picture; what was counted stays.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    portrait = models.ForeignKey("resilience.ResiliencePortrait", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    origin = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    picture = models.BinaryField(null=True)
    wide = models.PositiveIntegerField(null=True)
    tall = models.PositiveIntegerField(null=True)
    consent = models.CharField(max_length=10, blank=True)
    consent_day = models.DateField(null=True)
    consent_version = models.PositiveIntegerField(null=True)
    may_quote = models.BooleanField(default=False)
    withdrawn = models.DateTimeField(null=True)
    keep_until = models.DateField()
    voices = models.JSONField(default=dict)
    made = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("source of evidence")
        indexes = (models.Index(fields=("portrait", "day"), name="evidence_by_day"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(consent="") | Q(may_quote=False),
                name="nothing_is_quoted_without_consent",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=None) | Q(text="", picture=None, may_quote=False),
                name="what_was_withdrawn_is_empty",
            ),
        )

    def __str__(self) -> str:
        return self.title
