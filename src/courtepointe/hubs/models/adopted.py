"""What a hub takes from a model, and the shared self-assessment."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.hubs.models.hubs import Hub


class Adoption(models.Model):
    """A hub adopted one of the models: its checklist was copied on that day."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    hub = models.ForeignKey(Hub, models.CASCADE, related_name="adoptions")
    model_code = models.CharField(max_length=30)
    adopted = models.DateField()

    class Meta:
        verbose_name = _("adoption of a model")
        constraints = (
            models.UniqueConstraint(fields=("hub", "model_code"), name="a_model_is_adopted_once"),
        )

    def __str__(self) -> str:
        return self.model_code


class AdoptedItem(models.Model):
    """A line of the copied checklist: ``code`` of the model's, empty for one's own.

    ``own_text`` says it otherwise; ``dropped`` says why it was left out.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="items")
    code = models.CharField(max_length=40, blank=True)
    text_fr = models.CharField(max_length=400, blank=True)
    text_en = models.CharField(max_length=400, blank=True)
    own_text = models.CharField(max_length=400, blank=True)
    dropped = models.CharField(max_length=400, blank=True)
    done_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("line of an adopted checklist")

    def __str__(self) -> str:
        return self.own_text or self.text_fr


class Assessment(models.Model):
    """A round of the shared self-assessment, of the workspace; open until it is closed."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    opened = models.DateField()
    closed = models.DateField(null=True)

    class Meta:
        verbose_name = _("self-assessment")

    def __str__(self) -> str:
        return self.name


class Answered(models.Model):
    """Somebody answered a round, once; what they said stands elsewhere, without them."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answered")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("participation in a self-assessment")
        constraints = (
            models.UniqueConstraint(
                fields=("assessment", "account"), name="somebody_answers_a_round_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.account_id}"


class AnswerSheet(models.Model):
    """Answers of one person who is not named, by question; on paper or on the site."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="sheets")
    answers = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("answer sheet")

    def __str__(self) -> str:
        return f"{self.assessment_id}"
