"""What a priority or an action comes from: the first links of the chain."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from courtepointe.plans.models.actions import Action
from courtepointe.plans.models.priorities import Priority

Q = models.Q


class Ground(models.Model):
    """A reading, or a passage of a source, from which a priority or an action comes.

    ``kind`` says what it was, and stays when the row that it points to is gone.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    priority = models.ForeignKey(Priority, models.CASCADE, null=True, related_name="grounds")
    action = models.ForeignKey(Action, models.CASCADE, null=True, related_name="grounds")
    kind = models.CharField(max_length=20)
    reading = models.ForeignKey("readings.Reading", models.SET_NULL, null=True, related_name="+")

    passage = models.ForeignKey("evidence.Passage", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("what an action comes from")
        verbose_name_plural = _("what actions come from")
        constraints = (
            models.CheckConstraint(
                condition=Q(priority=None, action__isnull=False)
                | Q(priority__isnull=False, action=None),
                name="a_ground_is_of_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=(of, kind), name=f"a_ground_of_{of}_stands_once_by_{kind}"
                )
                for of in ("priority", "action")
                for kind in ("reading", "passage")
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.reading_id or self.passage_id}"
