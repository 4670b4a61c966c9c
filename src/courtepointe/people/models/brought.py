"""Tables that people bring: a draft while it is looked at, and what is remembered of its headings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.people.models.workspaces import Workspace


class TableDraft(models.Model):
    """A file that somebody brought and has not taken in yet: sealed, theirs alone, for a day."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    shape = models.CharField(max_length=40)
    file = models.CharField(max_length=200)
    content = models.BinaryField()
    sheet = models.CharField(max_length=120, blank=True)
    place = models.PositiveIntegerField(null=True)
    matched = models.TextField(blank=True)
    made = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("table brought")

    def __str__(self) -> str:
        return self.file


class RememberedHeadings(models.Model):
    """Which heading is which field, as a workspace said it last."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="remembered")
    shape = models.CharField(max_length=40)
    told = models.TextField()
    changed = models.DateTimeField()

    class Meta:
        verbose_name = _("remembered headings")
        constraints = (
            models.UniqueConstraint(fields=("workspace", "shape"), name="headings_remembered_once"),
        )

    def __str__(self) -> str:
        return self.shape
