"""A survey, its questions, the sheets that came, what was found: no name, no address, no account."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

Q = models.Q
WORKSPACE = "people.Workspace"


class Survey(models.Model):
    """A survey of a portrait: drafted, open, closed. Once open its words do not change; a change is a new version.

    ``texts`` holds by language what `values.HEAD` names. ``token`` is the end of the public address: it is
    printed on posters, and can be replaced. ``margins`` holds by question and answer how many people live there.
    """

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    portrait = models.ForeignKey(
        "resilience.ResiliencePortrait", models.CASCADE, related_name="surveys"
    )
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    languages = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    found = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    follows = models.OneToOneField("self", models.SET_NULL, null=True, related_name="followed_by")
    opened = models.DateTimeField(null=True)
    closes_on = models.DateField(null=True)
    closed = models.DateTimeField(null=True)
    token = models.CharField(max_length=64, blank=True)
    consent_version = models.CharField(max_length=20, blank=True)
    margins = models.JSONField(default=dict)
    margins_source = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("survey")
        constraints = (
            models.UniqueConstraint(
                fields=("token",), condition=~Q(token=""), name="a_public_survey_link_is_one"
            ),
            models.CheckConstraint(
                condition=Q(closed=None) | Q(opened__isnull=False, closed__gte=models.F("opened")),
                name="a_survey_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SurveyQuestion(models.Model):
    """A question of a survey, in its place; ``answers`` is a list of code, texts, yes, groups."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    dimension = models.CharField(max_length=20)
    part = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10)
    about = models.BooleanField(default=False)
    texts = models.JSONField(default=dict)
    answers = models.JSONField(default=list)
    when_question = models.CharField(max_length=40, blank=True)
    when_answer = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("question of a survey")
        ordering = ("place", "pk")
        constraints = (
            models.UniqueConstraint(fields=("survey", "code"), name="a_question_is_asked_once"),
        )

    def __str__(self) -> str:
        return self.code


class Sheet(models.Model):
    """What somebody answered, by code. ``key`` tells a sheet that is sent twice; it comes from no person."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sheets")
    key = models.CharField(max_length=64)
    day = models.DateField()
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=10, blank=True)
    answers = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("answers to a survey")
        constraints = (
            models.UniqueConstraint(fields=("survey", "key"), name="a_sheet_is_kept_once"),
        )

    def __str__(self) -> str:
        return f"{self.survey_id} {self.day}"


class SurveyResult(models.Model):
    """What a survey found, as it was counted on a day: kept, never changed. The latest is read."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="results")
    made = models.DateTimeField()
    method = models.CharField(max_length=20)
    found = models.JSONField()

    class Meta:
        verbose_name = _("result of a survey")

    def __str__(self) -> str:
        return f"{self.survey_id} {self.made}"
