"""What was noted in sources, by whom, and read a second time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.portraits.evidence.models.sources import Source

Q = models.Q


class Passage(models.Model):
    """A piece of a source's text: the places of its first letter and of the one after its last.

    It holds no words: they end with the text, and so do the places.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("passage")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "start", "end"), name="a_passage_is_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(end__gt=models.F("start")),
                name="a_passage_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id}: {self.start}–{self.end}"


class Code(models.Model):
    """An entry of the codebook that a neighbourhood adds, in a dimension or beside them.

    It stands in codings as ``code-<number>``.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    dimension = models.CharField(max_length=20, blank=True)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    definition = models.TextField()
    use_when = models.TextField(blank=True)
    use_not = models.TextField(blank=True)
    ended = models.DateField(null=True)

    class Meta:
        verbose_name = _("entry of the codebook")

    def __str__(self) -> str:
        return self.name_fr


class Coding(models.Model):
    """What one coder noted of a passage: of which dimension or own code it tells, in which direction.

    ``was`` holds the strengths before, each with its moment, so that they are undone in turn. ``stands`` is
    false for what a discussion after two readings did not keep: the row stays, and is not counted.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="codings")
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    dimension = models.CharField(max_length=20, blank=True)
    part = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=20, blank=True)
    direction = models.CharField(max_length=20)
    strength = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    stands = models.BooleanField(default=True)
    made = models.DateTimeField()
    touched = models.DateTimeField()
    was = models.JSONField(default=list)

    class Meta:
        verbose_name = _("code of a passage")
        indexes = (models.Index(fields=("workspace", "dimension"), name="codings_by_dimension"),)
        constraints = (
            models.UniqueConstraint(
                fields=("passage", "coder", "dimension", "code", "direction"),
                name="a_coder_says_it_once",
            ),
            models.CheckConstraint(
                condition=~Q(dimension="") | ~Q(code=""), name="a_coding_names_a_code"
            ),
            models.CheckConstraint(
                condition=Q(strength__gte=1, strength__lte=3), name="strength_is_one_to_three"
            ),
        )

    def __str__(self) -> str:
        return f"{self.passage_id}: {self.dimension} {self.direction}"


class Round(models.Model):
    """A second reading of passages by somebody who does not see what the first coder noted.

    ``passages`` are the numbers of those read twice; ``settled`` of those that were talked over since.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, models.CASCADE, related_name="rounds")
    first = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    passages = models.JSONField(default=list)
    settled = models.JSONField(default=list)
    begun = models.DateTimeField()
    done = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("second reading")
        constraints = (
            models.UniqueConstraint(
                fields=("source",), condition=Q(done=None), name="one_second_reading_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(first=models.F("second")), name="nobody_reads_twice_themselves"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.begun}"
