"""Personal information: what people agreed to, what they asked, what went wrong, what was destroyed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.people.models.workspaces import Workspace
from courtepointe.people.sealed import SealedText

ACCOUNT = settings.AUTH_USER_MODEL


class ConsentRecord(models.Model):
    """Somebody agreed to a text, for a purpose; the text is kept by its version and its hash.

    It is about a row of a room, or about no row at all: then ``who`` alone says whose it is, by a pseudonym or a
    code. ``covers`` says what exactly, in the words of the paper.
    """

    class How(models.TextChoices):
        """How it was given."""

        ONLINE = "online"
        WRITTEN = "written"
        SPOKEN = "spoken"

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="consents")
    subject_kind = models.CharField(max_length=80, blank=True)
    subject_key = models.CharField(max_length=40, blank=True)
    who = SealedText(blank=True)
    who_print = models.CharField(max_length=64, blank=True, db_index=True)
    covers = SealedText(blank=True)
    text = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    text_hash = models.CharField(max_length=64)
    lang = models.CharField(max_length=2)
    how = models.CharField(max_length=10, choices=How.choices)
    by_guardian = models.BooleanField(default=False)
    witness = SealedText(blank=True)
    kept_at = SealedText(blank=True)
    given = models.DateTimeField()
    until = models.DateField(null=True)
    noted_by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, related_name="+")
    withdrawn = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("consent")
        indexes = (models.Index(fields=("subject_kind", "subject_key"), name="consents_of_one"),)
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "subject_kind", "subject_key", "who_print", "text"),
                condition=models.Q(withdrawn=None),
                name="one_living_consent_a_text",
            ),
            models.CheckConstraint(
                condition=~models.Q(subject_kind="") | ~models.Q(who_print=""),
                name="a_consent_is_somebodys",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_key}: {self.text} {self.version}"


class Destruction(models.Model):
    """A line of the log of destruction: how many things of which kind, by which rule; never what."""

    class Because(models.TextChoices):
        """What called for it."""

        RETENTION = "retention"
        WITHDRAWAL = "withdrawal"
        REQUEST = "request"

    workspace = models.ForeignKey(
        Workspace, models.SET_NULL, null=True, related_name="destructions"
    )
    because = models.CharField(max_length=10, choices=Because.choices)
    rule = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=80)
    then = models.CharField(max_length=10)
    count = models.PositiveIntegerField()
    beside = models.JSONField(default=dict)
    by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("destruction")

    def __str__(self) -> str:
        return f"{self.what}: {self.count} {self.then}"


class DestructionRun(models.Model):
    """When all that was due in the installation was ended last; the one row is written again at each run."""

    at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("run of the daily destruction")

    def __str__(self) -> str:
        return f"{self.at}: {self.count}"


class SubjectRequest(models.Model):
    """A person asks to read, correct, take away, destroy or hide what is held on them."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open"
        ANSWERED = "answered"
        REFUSED = "refused"

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=20)
    account = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, related_name="+")
    name = SealedText()
    contact = SealedText(blank=True)
    contact_print = models.CharField(max_length=64, blank=True, db_index=True)
    detail = SealedText(blank=True)
    received = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    noted_by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, related_name="+")
    gathered = models.DateTimeField(null=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, related_name="+")
    reason = SealedText(blank=True)

    class Meta:
        verbose_name = _("request about personal information")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="open") ^ models.Q(answered__isnull=False),
                name="a_request_is_open_or_answered",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.received}"


class RequestSearch(models.Model):
    """Words that were looked for in a workspace's own texts for a request, how many rows hold them, what was done."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    request = models.ForeignKey(SubjectRequest, models.CASCADE, related_name="searches")
    words = SealedText()
    found = models.JSONField(default=dict)
    done = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("search for a request")

    def __str__(self) -> str:
        return f"{self.request_id} {self.at}"


class Incident(models.Model):
    """An incident of confidentiality, as the register that the law asks for tells it."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="incidents")
    discovered = models.DateField()
    happened = models.CharField(max_length=200, blank=True)
    what = SealedText()
    data = SealedText(blank=True)
    people_count = models.PositiveIntegerField(null=True)
    sensitivity = SealedText(blank=True)
    consequences = SealedText(blank=True)
    likelihood = SealedText(blank=True)
    is_serious = models.BooleanField(null=True)
    cai_told = models.DateField(null=True)
    people_told = models.DateField(null=True)
    public_notice = SealedText(blank=True)
    measures = SealedText(blank=True)
    noted = models.DateTimeField()
    noted_by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("incident of confidentiality")

    def __str__(self) -> str:
        return f"{self.workspace_id} {self.discovered}"


class ExportRequest(models.Model):
    """Somebody asks to take a list of contacts away; another person agrees; it is taken once, soon."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="export_requests")
    what = models.CharField(max_length=40)
    why = models.TextField()
    count = models.PositiveIntegerField()
    asked_by = models.ForeignKey(ACCOUNT, models.CASCADE, related_name="+")
    asked = models.DateTimeField()
    expires = models.DateTimeField()
    approved_by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, related_name="+")
    approved = models.DateTimeField(null=True)
    refused = models.DateTimeField(null=True)
    taken = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("export of contacts")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("asked_by")),
                name="nobody_approves_their_own_export",
            ),
            models.CheckConstraint(
                condition=models.Q(taken=None) | models.Q(approved__isnull=False),
                name="what_is_taken_was_approved",
            ),
        )

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"
