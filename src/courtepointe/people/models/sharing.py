"""What crosses from a workspace to another, and who answers for a collective's money."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.people.models.workspaces import Workspace


class FiduciaryPeriod(models.Model):
    """An organisation answers for a collective's money, from a day to a day."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="fiduciaries")
    name = models.CharField(max_length=200)
    registration = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("fiduciary")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="a_fiduciary_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SharingAgreement(models.Model):
    """Who shows what to whom, for what, until when; offered by one side, accepted by the other."""

    class State(models.TextChoices):
        """Where it stands; it also ends by itself, on its last day."""

        OFFERED = "offered"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        REVOKED = "revoked"

    owner = models.ForeignKey(Workspace, models.CASCADE, related_name="shows")
    receiver = models.ForeignKey(Workspace, models.CASCADE, related_name="receives")
    what = models.CharField(max_length=40)
    purpose = models.TextField()
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    offered = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True
    )
    answered = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True
    )
    revoked = models.DateTimeField(null=True)
    why_revoked = models.TextField(blank=True)

    class Meta:
        verbose_name = _("sharing agreement")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")),
                name="an_agreement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(owner=models.F("receiver")),
                name="nobody_shares_with_themselves",
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner_id} → {self.receiver_id}: {self.what}"
