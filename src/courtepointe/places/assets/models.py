"""Contributions to the map of a neighbourhood, their photographs, files that wait to be taken in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Contribution(models.Model):
    """An asset, a note on a place or an observation of a walk, from its proposal to its withdrawal.

    What was said is held by question, as `courtepointe.places.collecting` reads it: the history then
    tells that it changed, and never repeats it. A contribution that was withdrawn is empty but for
    what names the filled form, so that the same file brought again does not bring it back.
    """

    class Kind(models.TextChoices):
        """What it is."""

        ASSET = "asset"
        VULNERABILITY = "vulnerability"
        OBSERVATION = "observation"

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        MERGED = "merged"
        WITHDRAWN = "withdrawn"

    class Visibility(models.TextChoices):
        """Who may see it once it is accepted, from the narrowest to the widest."""

        REVIEWERS = "reviewers"
        WORKSPACE = "workspace"
        PARTNERS = "partners"
        PUBLIC = "public"

    class Source(models.TextChoices):
        """How it came."""

        HAND = "hand"
        PHONE = "phone"
        WORKSHOP = "workshop"

    class How(models.TextChoices):
        """How consent was given."""

        ONLINE = "online"
        PHONE = "phone"
        PAPER = "paper"
        SPOKEN = "spoken"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    form = models.CharField(max_length=40)
    form_version = models.CharField(max_length=40, blank=True)
    category = models.JSONField(default=list)
    is_person = models.BooleanField(default=False)
    day = models.DateField(null=True)
    texts = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    silences = models.JSONField(default=dict)
    point = models.JSONField(null=True)
    direction = models.CharField(max_length=20, blank=True)
    confidence = models.CharField(max_length=20, blank=True)
    visibility = models.CharField(max_length=9, choices=Visibility.choices)
    consent_version = models.CharField(max_length=40)
    consent_on = models.DateField()
    consent_how = models.CharField(max_length=6, choices=How.choices)
    consent_withdrawn = models.DateTimeField(null=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    source_key = models.CharField(max_length=120)
    source_ids = models.JSONField(default=list)
    source_turn = models.PositiveIntegerField(default=0)
    source_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    refusal = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    reviewed = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("contribution")
        indexes = (
            models.Index(
                fields=("workspace", "state", "kind"), name="contributions_of_a_workspace"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "source", "source_key", "source_turn"),
                name="a_filled_form_contributes_once",
            ),
            models.CheckConstraint(
                condition=Q(is_person=False) | Q(point__isnull=True),
                name="a_person_has_no_point",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""), name="a_refusal_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(consent_withdrawn__isnull=False),
                name="a_withdrawal_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(point__isnull=True, by__isnull=True),
                name="what_is_withdrawn_is_nobodys",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.state}"


class ContributionPhoto(models.Model):
    """A photograph of a contribution, without what its file told; who is seen on it agreed, or nobody is."""

    class Seen(models.TextChoices):
        """Whether somebody can be recognised."""

        UNKNOWN = "unknown"
        NOBODY = "nobody"
        AGREED = "agreed"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="photos")
    name = models.CharField(max_length=120)
    picture = models.BinaryField()
    wide = models.PositiveIntegerField()
    tall = models.PositiveIntegerField()
    people_seen = models.CharField(max_length=7, choices=Seen.choices, default=Seen.UNKNOWN)
    made = models.DateTimeField()

    class Meta:
        verbose_name = _("photo")
        constraints = (
            models.UniqueConstraint(fields=("contribution", "name"), name="a_photo_comes_once"),
        )

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.name}"


class FieldDraft(models.Model):
    """Files of filled forms that somebody brought, kept sealed for a day while they look at them."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form = models.CharField(max_length=40)
    files = models.JSONField(default=list)
    content = models.BinaryField()
    made = models.DateTimeField()
    expires = models.DateTimeField()

    class Meta:
        verbose_name = _("filled forms that wait")

    def __str__(self) -> str:
        return f"{self.workspace_id} {self.form} {self.made}"


class PrintedSheets(models.Model):
    """Sheets printed for a mapping workshop: by their record a square is found on the ground again."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    area = models.CharField(max_length=250)
    record = models.TextField()
    made = models.DateTimeField()

    class Meta:
        verbose_name = _("sheets of a workshop")

    def __str__(self) -> str:
        return self.area


class SheetCard(models.Model):
    """A card cut from a photographed sheet, until two people keyed it alike: then its picture is destroyed."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    sheets = models.ForeignKey(PrintedSheets, models.CASCADE, related_name="cards")
    code = models.CharField(max_length=20)
    picture = models.BinaryField(null=True)
    read = models.JSONField(default=dict)
    first = models.JSONField(null=True)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    second = models.JSONField(null=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    is_done = models.BooleanField(default=False)
    made = models.DateTimeField()

    class Meta:
        verbose_name = _("card of a workshop")
        constraints = (
            models.UniqueConstraint(fields=("sheets", "code"), name="a_card_is_cut_once"),
            models.CheckConstraint(
                condition=models.Q(is_done=False)
                | models.Q(picture__isnull=True, first__isnull=True, second__isnull=True),
                name="what_is_keyed_is_not_kept_twice",
            ),
        )

    def __str__(self) -> str:
        return self.code


class CardDraft(models.Model):
    """What somebody began to key of a card: theirs alone, until they hand it in or the card is keyed."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    card = models.ForeignKey(SheetCard, models.CASCADE, related_name="drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    values = models.JSONField(default=dict)
    changed = models.DateTimeField()

    class Meta:
        verbose_name = _("card that is being keyed")
        constraints = (
            models.UniqueConstraint(fields=("card", "by"), name="one_draft_of_a_card_each"),
        )

    def __str__(self) -> str:
        return f"{self.card_id} {self.by_id}"
