"""Committees, who sits in them, and how they were chosen."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

Q = models.Q


class Committee(models.Model):
    """A committee of a workspace; an ended one stays, with what it decided."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    quorum_percent = models.PositiveSmallIntegerField(null=True)
    begins = models.DateField()
    ended = models.DateField(null=True)

    class Meta:
        verbose_name = _("committee")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended=None) | Q(ended__gte=models.F("begins")),
                name="a_committee_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent=None) | Q(quorum_percent__range=(1, 100)),
                name="a_quorum_is_a_part",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A place in a committee, held by an organisation or a person, from a day to a day."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="seats")
    organisation = models.CharField(max_length=200, blank=True)
    person = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20)
    votes = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        verbose_name = _("seat of a committee")
        constraints = (
            models.CheckConstraint(
                condition=~Q(organisation="") | ~Q(person=""), name="a_seat_is_somebodys"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="a_seat_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.organisation or self.person


class Election(models.Model):
    """Seats are filled by a vote; ballots are only counted. ``present`` makes the quorum."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open"
        HELD = "held"
        WITHOUT_QUORUM = "without_quorum"
        CANCELLED = "cancelled"

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="elections")
    meeting = models.ForeignKey(
        "engagement.Meeting", models.SET_NULL, null=True, related_name="elections"
    )
    title = models.CharField(max_length=200)
    seats_open = models.PositiveSmallIntegerField()
    on = models.DateField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    eligible = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    quorum = models.PositiveIntegerField(default=0)
    cast = models.PositiveIntegerField(null=True)
    spoiled = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("election")
        constraints = (
            models.CheckConstraint(condition=Q(seats_open__gte=1), name="an_election_fills_a_seat"),
            models.CheckConstraint(
                condition=Q(cast=None) | Q(spoiled__lte=models.F("cast")),
                name="spoiled_ballots_were_cast",
            ),
            models.CheckConstraint(
                condition=Q(present=None) | Q(present__lte=models.F("eligible")),
                name="who_is_present_is_eligible",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Candidate(models.Model):
    """Somebody who stands; ``elected`` is null until the result, and where a tie is not settled."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")
    election = models.ForeignKey(Election, models.CASCADE, related_name="candidates")
    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    votes = models.PositiveIntegerField(null=True)
    elected = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("candidate")
        constraints = (
            models.UniqueConstraint(
                fields=("election", "name", "organisation"), name="a_candidate_stands_once"
            ),
        )

    def __str__(self) -> str:
        return self.name
