"""Organisations, services and places, what belongs to them, what they can hold."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.people.sealed import SealedText


class Told(models.Model):
    """What a record of HSDS says, field by field, and who said it.

    ``values`` holds the standard's fields but for the identifier and for what tells of a person,
    which is in ``private``, sealed; ``more`` what the standard does not know. ``sources`` says of
    each field (``*``: of those not named) its source, its day, who verified it and when.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    table = models.CharField(max_length=30)
    uid = models.UUIDField()
    values = models.JSONField(default=dict)
    more = models.JSONField(default=dict)
    private = SealedText(default="", blank=True)
    sources = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.table} {self.uid}"


class Entry(Told):
    """An organisation, a programme, a service, a place, or a service at a place.

    What follows ``closed`` is found from the rest, for lists: the organisation (of a service at a
    place: the service) and the place, a name folded for search, the area of the atlas in which the
    point lies, whether a label that was published names another.
    """

    class Visibility(models.TextChoices):
        """Who may see a record besides the workspace."""

        WORKSPACE = "workspace"
        PARTNERS = "partners"
        PUBLIC = "public"

    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.WORKSPACE
    )
    awaits_review = models.BooleanField(default=False)
    closed = models.DateField(null=True)
    owner = models.UUIDField(null=True)
    place = models.UUIDField(null=True)
    folded = models.CharField(max_length=300)
    is_located = models.BooleanField(default=False)
    area_key = models.CharField(max_length=250, blank=True)
    area_name = models.CharField(max_length=250, blank=True)
    disagrees = models.BooleanField(default=False)
    verified_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("record of the directory")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "table", "uid"), name="a_record_stands_once"
            ),
        )
        indexes = (
            models.Index(fields=("workspace", "folded", "id"), name="directory_by_name"),
            models.Index(fields=("visibility", "folded", "id"), name="directory_public_by_name"),
            models.Index(fields=("workspace", "area_key"), name="directory_by_area"),
            models.Index(fields=("workspace", "owner"), name="directory_by_owner"),
            models.Index(fields=("workspace", "place"), name="directory_by_place"),
        )


class Part(Told):
    """What belongs to a record: an address, a telephone, hours, a language, a contact person.

    Of a contact person, what is sealed cannot be compared: fingerprints can (`places.marks`).
    """

    holder = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="parts")
    key = models.CharField(max_length=80, blank=True)
    contact_print = models.CharField(max_length=64, blank=True, default="")
    name_print = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("detail of a record")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "table", "uid"), name="a_detail_stands_once"
            ),
        )
        indexes = (models.Index(fields=("workspace", "table", "key"), name="details_by_key"),)


class Capacity(models.Model):
    """How many a place or a service can take, in a unit; who verified it, when."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    holder = models.ForeignKey(Entry, models.CASCADE, related_name="capacities")
    unit = models.CharField(max_length=60)
    maximum = models.PositiveIntegerField()
    available = models.PositiveIntegerField(null=True)
    verified_on = models.DateField(null=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("capacity")
        constraints = (
            models.UniqueConstraint(fields=("holder", "unit"), name="a_unit_is_counted_once"),
            models.CheckConstraint(
                condition=models.Q(available=None) | models.Q(available__lte=models.F("maximum")),
                name="no_more_is_available_than_there_is",
            ),
        )

    def __str__(self) -> str:
        return f"{self.maximum} {self.unit}"
