"""What a hub shows to everyone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtepointe.hubs.models.hubs import Hub


class HubPage(models.Model):
    """The public page of a hub: closed until somebody opens it, and closed again at once.

    ``name`` is the end of its address. It stays once given, whatever the hub is called later: it is
    printed on signs. ``shown_since`` is None while the page is closed.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    hub = models.OneToOneField(Hub, models.CASCADE, related_name="page")
    name = models.SlugField(max_length=80, unique=True)
    opening = models.CharField(max_length=400, blank=True)
    arriving = models.CharField(max_length=400, blank=True)
    shown_since = models.DateTimeField(null=True)
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("public page of a hub")
        constraints = (
            models.CheckConstraint(
                condition=Q(shown_by=None) | Q(shown_since__isnull=False),
                name="who_shows_a_hub_shows_it_since_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.name
