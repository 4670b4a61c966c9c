"""Workspaces, who is in them, who is asked to join."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.people.sealed import SealedText


class Workspace(models.Model):
    """A round-table, an agent's sector, a funder, a city service: what it holds is its own."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20)
    purpose = models.TextField(blank=True)
    is_legal_person = models.BooleanField(default=True)
    officer_title = models.CharField(max_length=160, blank=True)
    officer_contact = models.CharField(max_length=254, blank=True)
    created = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("workspace")

    def __str__(self) -> str:
        return self.name


class WorkspaceTerritory(models.Model):
    """An area of an atlas on which a workspace stands."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="territories")
    atlas_code = models.CharField(max_length=80)
    area_key = models.CharField(max_length=250)
    name = models.CharField(max_length=250)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        verbose_name = _("territory")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "atlas_code", "area_key"), name="a_territory_is_named_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="a_territory_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's seat in a workspace; an ended one stays, so that the history can be read."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships"
    )
    roles = models.JSONField(default=list)
    joined = models.DateTimeField()
    until = models.DateField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("seat")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "account"),
                condition=models.Q(ended=None),
                name="one_seat_a_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.workspace_id} {self.account_id}"


class Invitation(models.Model):
    """Somebody is asked to join: the link's secret is kept only as a hash, and serves once."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    label = SealedText()
    roles = models.JSONField(default=list)
    until = models.DateField(null=True)
    secret = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True
    )
    revoked = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return f"{self.workspace_id} {self.made}"
