"""A run of the programme: its stages, its phases, its news."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

WORKSPACE = "people.Workspace"


class Run(models.Model):
    """A sector's run of the programme; one runs at a time."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="programme_runs")
    name = models.CharField(max_length=160)
    starts = models.DateField()
    ends = models.DateField()
    closed = models.DateField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("run of the programme")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace",),
                condition=models.Q(closed=None),
                name="one_run_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="a_run_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return self.name


class StageCard(models.Model):
    """A stage of the path in a run: of the path's own, by its code; or of the sector's own, by its title."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, models.CASCADE, related_name="cards")
    strand = models.CharField(max_length=20)
    stage = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=160, blank=True)
    asks = models.TextField(blank=True)
    state = models.CharField(max_length=10, default="todo")
    why_aside = models.CharField(max_length=500, blank=True)
    carrier = models.CharField(max_length=20, blank=True)
    due = models.DateField(null=True)
    began = models.DateField(null=True)
    done_on = models.DateField(null=True)
    evidence = models.TextField(blank=True)

    class Meta:
        verbose_name = _("stage of the path")
        constraints = (
            models.UniqueConstraint(
                fields=("run", "stage"),
                condition=~models.Q(stage=""),
                name="a_stage_has_one_card_a_run",
            ),
            models.CheckConstraint(
                condition=~(models.Q(stage="") & models.Q(title="")),
                name="a_stage_is_named",
            ),
        )

    def __str__(self) -> str:
        return self.stage or self.title


class News(models.Model):
    """A note of what happened, on a stage or on the whole; it is added, and never changed."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, models.CASCADE, related_name="news")
    card = models.ForeignKey(StageCard, models.CASCADE, related_name="news", null=True)
    on = models.DateField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    written = models.DateTimeField()
    corrects = models.ForeignKey("self", models.SET_NULL, related_name="+", null=True)

    class Meta:
        verbose_name = _("note of the path")

    def __str__(self) -> str:
        return f"{self.on}"


class Phase(models.Model):
    """A part of the chronology: planned, and as it was."""

    workspace = models.ForeignKey(WORKSPACE, models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, models.CASCADE, related_name="phases")
    code = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=160, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    began = models.DateField(null=True)
    ended = models.DateField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("phase of the programme")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")),
                name="a_phase_is_planned_to_end_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(began=None)
                | models.Q(ended=None)
                | models.Q(ended__gte=models.F("began")),
                name="a_phase_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.title or self.code
