"""The history of every write."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from courtepointe.people.models.workspaces import Workspace


class HistoryRow(models.Model):
    """Somebody wrote: what, when, why, before and after. Rows are added, and never changed.

    ``before`` and ``after`` hold only the fields that differ; a contact is in them as it is in its
    own table, sealed. What is destroyed by law leaves its row, emptied.
    """

    class Verb(models.TextChoices):
        """What was done."""

        CREATED = "created"
        CHANGED = "changed"
        REMOVED = "removed"
        UNDONE = "undone"
        DESTROYED = "destroyed"

    workspace = models.ForeignKey(Workspace, models.CASCADE, null=True, related_name="history")
    what = models.CharField(max_length=80)
    key = models.CharField(max_length=40)
    verb = models.CharField(max_length=10, choices=Verb.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    why = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    batch = models.CharField(max_length=43, blank=True, db_index=True)

    class Meta:
        indexes = (
            models.Index(fields=("workspace", "-at"), name="history_of_a_workspace"),
            models.Index(fields=("what", "key"), name="history_of_a_thing"),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.key}: {self.verb}"
