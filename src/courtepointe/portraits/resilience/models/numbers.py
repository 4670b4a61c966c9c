"""What a portrait counts: its indicators, their goalposts, what was observed, what it adds up to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.portraits.resilience.models.portraits import ResiliencePortrait

Q = models.Q


class Indicator(models.Model):
    """An indicator of an edition: a suggestion that was chosen, or one of the neighbourhood's own.

    ``code`` is the suggestion's, or ``own.<letters>``: editions are compared by it. ``source`` says where
    its figures come from: ``atlas:<code>``, ``survey:<code>``, ``known:<code>``, ``typed``. ``left_out``
    is the day since which it does not count, ``left_why`` the reason.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    portrait = models.ForeignKey(ResiliencePortrait, models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=60)
    dimension = models.CharField(max_length=20)
    part = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    question_fr = models.CharField(max_length=400, blank=True)
    question_en = models.CharField(max_length=400, blank=True)
    unit = models.CharField(max_length=20)
    base = models.CharField(max_length=20)
    asset = models.BooleanField()
    refreshed = models.CharField(max_length=20)
    licence = models.CharField(max_length=200, blank=True)
    weight = models.FloatField(default=1.0)
    left_out = models.DateField(null=True)
    left_why = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("indicator of a resilience portrait")
        constraints = (
            models.UniqueConstraint(
                fields=("portrait", "code"), name="a_portrait_counts_an_indicator_once"
            ),
            models.CheckConstraint(condition=Q(weight__gte=0), name="no_weight_is_below_zero"),
            models.CheckConstraint(
                condition=Q(left_out=None) | ~Q(left_why=""), name="left_out_with_a_reason"
            ),
        )

    def __str__(self) -> str:
        return self.name_fr


class Goalposts(models.Model):
    """What 0 and 100 mean of an indicator, since a day; the newest line counts, the others stay.

    ``low`` and ``high`` stand before ``polarity``: 1 where more is better, -1 where less is. A line that follows an edition is copied as it is, ``since`` with it: editions whose lines agree
    are read on the same scale.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="goalposts")
    low = models.FloatField()
    high = models.FloatField()
    polarity = models.SmallIntegerField()
    why_fr = models.CharField(max_length=400)
    why_en = models.CharField(max_length=400, blank=True)
    since = models.DateField()

    class Meta:
        verbose_name = _("goalposts of an indicator")
        constraints = (
            models.CheckConstraint(
                condition=Q(low__lt=models.F("high")), name="goalposts_stand_apart"
            ),
            models.CheckConstraint(
                condition=Q(polarity__in=(-1, 1)), name="more_is_better_or_less_is"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.low}–{self.high}"


class Observation(models.Model):
    """What was found of an indicator, of everybody or of a group; never changed, only followed.

    ``value`` is empty where ``status`` says why there is none. ``interval`` says where ``low`` and
    ``high`` come from. ``taken`` is the release that it was read from, ``digest`` the mark of the
    atlas, or of the survey's results.
    ``supersedes`` is what it takes the place of: the same group and period, said before.
    """

    CLOSES_WITH: ClassVar[str] = "indicator__portrait__closed"
    """An import into an edition that was closed since is not undone."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="observations")
    group = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=40)
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    interval = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    coverage = models.FloatField(null=True)
    source = models.CharField(max_length=400)
    taken = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=120, blank=True)
    supersedes = models.OneToOneField(
        "self", models.SET_NULL, null=True, related_name="superseded_by"
    )
    made = models.DateTimeField()

    class Meta:
        verbose_name = _("observation of an indicator")
        indexes = (
            models.Index(fields=("indicator", "group", "period"), name="observations_by_period"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(low=None, high=None)
                | Q(low__isnull=False, high__isnull=False, high__gte=models.F("low")),
                name="an_interval_has_two_ends",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period} {self.status}"


class ScoreRow(models.Model):
    """What the numbers of a dimension say together, as it was reckoned on a day: kept, never changed.

    ``used`` holds the observations and goalposts that it rests on, by indicator; ``method`` and
    ``digest`` say by which rule, ``seed`` by which draws, ``releases`` of which editions of the sources.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    portrait = models.ForeignKey(ResiliencePortrait, models.CASCADE, related_name="scores")
    dimension = models.CharField(max_length=20)
    numbers = models.JSONField()
    used = models.JSONField()
    method = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    seed = models.PositiveBigIntegerField()
    releases = models.JSONField(default=list)
    made = models.DateTimeField()

    class Meta:
        verbose_name = _("score of a dimension")
        indexes = (models.Index(fields=("portrait", "made"), name="scores_by_day"),)

    def __str__(self) -> str:
        return f"{self.portrait_id} {self.dimension}"
