"""Volunteers and pivot citizens under codes; contacts apart, sealed; zones rather than addresses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.people.sealed import SealedText

Q = models.Q


class Zone(models.Model):
    """A part of a workspace's territory, by a name that people use."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    area_key = models.CharField(max_length=250, blank=True)

    class Meta:
        verbose_name = _("zone")
        constraints = (
            models.UniqueConstraint(fields=("workspace", "code"), name="a_zone_has_one_code"),
            models.UniqueConstraint(fields=("workspace", "name"), name="a_zone_has_one_name"),
        )

    def __str__(self) -> str:
        return self.name


class ZoneTouch(models.Model):
    """Two zones touch; kept once, the smaller number first."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    one = models.ForeignKey(Zone, models.CASCADE, related_name="+")
    other = models.ForeignKey(Zone, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("zones that touch")
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="two_zones_touch_once"),
            models.CheckConstraint(
                condition=Q(one__lt=models.F("other")), name="zones_that_touch_are_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"


class Volunteer(models.Model):
    """A volunteer, under a code in place of a name.

    ``skills``, ``languages`` and ``slots`` are codes in alphabetical order, with a space between:
    30,000 rows are read at once, and the same set is the same text. Where consent was withdrawn the
    row is gone.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    code = models.CharField(max_length=10)
    zone = models.ForeignKey(Zone, models.SET_NULL, null=True, related_name="volunteers")
    skills = models.TextField(blank=True)
    languages = models.TextField(blank=True)
    slots = models.TextField(blank=True)
    consent = models.CharField(max_length=40)
    consented = models.DateField()
    keep_until = models.DateField(db_index=True)
    paused = models.BooleanField(default=False)
    last_called = models.DateField(null=True)

    class Meta:
        verbose_name = _("volunteer")
        constraints = (
            models.UniqueConstraint(fields=("workspace", "code"), name="a_volunteer_has_one_code"),
            models.CheckConstraint(
                condition=Q(keep_until__gt=models.F("consented")), name="nobody_is_kept_for_ever"
            ),
        )

    def __str__(self) -> str:
        return self.code


class VolunteerContact(models.Model):
    """How to reach a volunteer: sealed, apart, for who has the right to contacts."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    volunteer = models.OneToOneField(Volunteer, models.CASCADE, related_name="contact")
    contact = SealedText()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("volunteer’s contact")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "fingerprint"), name="a_contact_is_one_volunteers"
            ),
        )

    def __str__(self) -> str:
        return str(self.volunteer_id)


class Pivot(models.Model):
    """A volunteer who links a floor, a street or a community, from a day to a day."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="pivot_roles")
    role = models.CharField(max_length=20)
    zone = models.ForeignKey(Zone, models.SET_NULL, null=True, related_name="pivots")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        verbose_name = _("pivot citizen")
        constraints = (
            models.UniqueConstraint(
                fields=("volunteer", "role"),
                condition=Q(until=None),
                name="a_pivot_has_a_role_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="a_pivot_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.role}"
