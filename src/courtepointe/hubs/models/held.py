"""What a hub holds: capacities, facts about its place, power, the box."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.hubs.models.hubs import Hub

Q = models.Q


class Capacity(models.Model):
    """How many a hub can take of something, in the unit of its code; who verified it, by role."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    hub = models.ForeignKey(Hub, models.CASCADE, related_name="capacities")
    code = models.CharField(max_length=30)
    maximum = models.PositiveIntegerField()
    available = models.PositiveIntegerField(null=True)
    verified_on = models.DateField(null=True)
    verifier = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("capacity of a hub")
        constraints = (
            models.UniqueConstraint(fields=("hub", "code"), name="a_hub_counts_a_capacity_once"),
            models.CheckConstraint(
                condition=Q(available=None) | Q(available__lte=models.F("maximum")),
                name="a_hub_has_no_more_than_its_maximum",
            ),
        )

    def __str__(self) -> str:
        return f"{self.maximum} {self.code}"


class Fact(models.Model):
    """Whether a hub's place has something; no row where nobody looked."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    hub = models.ForeignKey(Hub, models.CASCADE, related_name="facts")
    code = models.CharField(max_length=30)
    has = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    verified_on = models.DateField()
    verifier = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("fact about a hub’s place")
        constraints = (
            models.UniqueConstraint(fields=("hub", "code"), name="a_hub_says_a_fact_once"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.has}"


class Power(models.Model):
    """What a hub draws and what it has without the network; null where it is not known, 0 where none.

    kW, kWh and hours as in `courtepointe.core.autonomy.Power`; depth and efficiency in percent. ``uses``
    says what draws power from one hour to another, in place of ``load_kw``: name, from_h, to_h, load_kw.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    hub = models.OneToOneField(Hub, models.CASCADE, related_name="power")
    load_kw = models.FloatField(null=True)
    uses = models.JSONField(default=list, blank=True)
    battery_kwh = models.FloatField(null=True)
    depth_percent = models.PositiveSmallIntegerField(default=80)
    efficiency_percent = models.PositiveSmallIntegerField(default=90)
    sun_kwp = models.FloatField(null=True)
    generator_kw = models.FloatField(null=True)
    fuel_h = models.FloatField(null=True)
    tested_on = models.DateField(null=True)
    tested_h = models.FloatField(null=True)
    verifier = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("power of a hub")

    def __str__(self) -> str:
        return f"{self.hub_id}"


class KitItem(models.Model):
    """A line of the box: of the catalogue by its ``code``, or the hub's own by its ``name``."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    hub = models.ForeignKey(Hub, models.CASCADE, related_name="kit")
    code = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=120, blank=True)
    wanted = models.PositiveIntegerField()
    check_days = models.PositiveSmallIntegerField()
    held = models.PositiveIntegerField(null=True)
    expires = models.DateField(null=True)
    checked_on = models.DateField(null=True)
    verifier = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("item of a hub’s box")
        constraints = (
            models.UniqueConstraint(
                fields=("hub", "code", "name"), name="a_box_lists_an_item_once"
            ),
            models.CheckConstraint(condition=~Q(code="", name=""), name="an_item_has_a_name"),
        )

    def __str__(self) -> str:
        return self.code or self.name
