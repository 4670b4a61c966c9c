"""A hub, what it stands on, the agreements that it rests on."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

Q = models.Q


class Hub(models.Model):
    """A hub of a workspace; an ended one stays, with what it was.

    ``host`` is an organisation of the directory, by its identifier: it stays true when the record is
    merged with its double. ``link`` is a public address that the sign leads to. ``uid`` names the hub in
    what leaves the installation.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    form = models.CharField(max_length=20)
    way = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    host = models.UUIDField(null=True)
    territory = models.ForeignKey(
        "people.WorkspaceTerritory", models.SET_NULL, null=True, related_name="+"
    )
    serves = models.CharField(max_length=200, blank=True)
    aim = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    link = models.URLField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("hub")
        indexes = (models.Index(fields=("workspace", "name"), name="hubs_by_name"),)

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """What a hub stands on: a place, a member organisation, a vehicle.

    ``record`` is the directory's identifier; ``name`` is written where the directory does not know it.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    hub = models.ForeignKey(Hub, models.CASCADE, related_name="members")
    kind = models.CharField(max_length=20)
    record = models.UUIDField(null=True)
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("part of a hub")
        constraints = (
            models.UniqueConstraint(
                fields=("hub", "record"),
                condition=~Q(record=None),
                name="a_hub_holds_a_record_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.hub_id} {self.kind}"


class Commitment(models.Model):
    """What a member does in a mode, and the role that answers for it."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="commitments")
    mode = models.CharField(max_length=20)
    text = models.CharField(max_length=400)
    role = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("commitment of a member")
        constraints = (
            models.UniqueConstraint(fields=("member", "mode"), name="a_member_commits_once_a_mode"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.mode}"


class Agreement(models.Model):
    """An agreement, from a day to a day; ``ended`` where it was ended before."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    hub = models.ForeignKey(Hub, models.CASCADE, related_name="agreements")
    partner = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    signed = models.DateField()
    until = models.DateField(null=True)
    ended = models.DateField(null=True)

    class Meta:
        verbose_name = _("agreement of a hub")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("signed")),
                name="an_agreement_of_a_hub_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.partner
