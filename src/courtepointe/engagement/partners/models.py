"""Organisations, waves of the survey, who is asked in each, and the ties that they name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

WORKSPACE = "people.Workspace"


class Partner(models.Model):
    """An organisation that a workspace works with; one that is no longer there stays, inactive."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="partners")
    code = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=80, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("partner organisation")
        constraints = (
            models.UniqueConstraint(fields=("workspace", "code"), name="a_partner_has_its_code"),
        )

    def __str__(self) -> str:
        return self.name


class Wave(models.Model):
    """A time at which organisations are asked whom they work with, in the words of one version."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="network_waves")
    name = models.CharField(max_length=80)
    text_version = models.CharField(max_length=20)
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("wave of the network survey")
        constraints = (
            models.UniqueConstraint(fields=("workspace", "name"), name="a_wave_is_named_once"),
            models.CheckConstraint(
                condition=models.Q(closed=None) | models.Q(closed__gte=models.F("opened")),
                name="a_wave_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Asked(models.Model):
    """An organisation in a wave: its link, kept as a hash, and when and in which role somebody answered.

    Who is not asked in a wave is not in its network; who is asked and silent is unknown, not alone.
    """

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="asked")
    partner = models.ForeignKey(Partner, models.RESTRICT, related_name="asked")
    secret = models.CharField(max_length=64, blank=True)
    answered = models.DateTimeField(null=True)
    role = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("organisation asked in a wave")
        constraints = (
            models.UniqueConstraint(fields=("wave", "partner"), name="asked_once_a_wave"),
            models.UniqueConstraint(
                fields=("secret",), condition=~models.Q(secret=""), name="a_survey_link_is_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.wave_id} {self.partner_id}"


class Tie(models.Model):
    """An organisation names another in a wave; trust is read only with the right to it."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="ties")
    from_partner = models.ForeignKey(Partner, models.RESTRICT, related_name="named")
    to_partner = models.ForeignKey(Partner, models.RESTRICT, related_name="named_by")
    kind = models.CharField(max_length=20, blank=True)
    frequency = models.PositiveSmallIntegerField(null=True)
    trust = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("tie between partners")
        constraints = (
            models.UniqueConstraint(
                fields=("wave", "from_partner", "to_partner", "kind"), name="a_tie_is_named_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_partner=models.F("to_partner")),
                name="nobody_is_its_own_partner",
            ),
        )

    def __str__(self) -> str:
        return f"{self.wave_id}: {self.from_partner_id} {self.to_partner_id}"
