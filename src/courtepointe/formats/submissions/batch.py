"""Submissions together: of several files, of several telephones, in any order, none lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from courtepointe.formats.submissions.values import Submission


@dataclass(frozen=True, slots=True)
class Lineage:
    """Everything that is one submission: its tellings, corrected or contradicting each other.

    Attributes
    ----------
    tellings : tuple of Submission
        All of them, in a fixed order.
    latest : tuple of Submission
        Those that no other one corrects. One: that is the submission. Several: they say different
        things under one identifier, and nothing in them says which holds.
    """

    tellings: tuple[Submission, ...]
    latest: tuple[Submission, ...]

    @property
    def current(self) -> Submission | None:
        """The submission as it holds; None where several contradict each other."""
        return self.latest[0] if len(self.latest) == 1 else None

    @property
    def ids(self) -> frozenset[str]:
        """All identifiers that it goes by, or went by."""
        return frozenset(name for one in self.tellings for name in one.ids | one.replaces)

    @property
    def is_changed(self) -> bool:
        """Whether more than one thing was said."""
        return len(self.tellings) > 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Submissions, each told once.

    Attributes
    ----------
    submissions : tuple of Submission
        In the order of their identifiers, versions, and of what they say: no two are alike in all.

    Notes
    -----
    `merged` is a union: whatever the order in which batches come, and however often, the result is
    the same, and everything that was said is in it.
    """

    submissions: tuple[Submission, ...] = ()

    def __len__(self) -> int:
        return len(self.submissions)

    def __iter__(self) -> Iterator[Submission]:
        return iter(self.submissions)

    def lineages(self) -> tuple[Lineage, ...]:
        """Give what belongs together, told by identifiers that they share."""
        groups: dict[str, list[Submission]] = {}
        joined = _joined(self.submissions)
        for one in self.submissions:
            groups.setdefault(_root(joined, one.instance_id), []).append(one)
        return tuple(_lineage(tuple(group)) for group in groups.values())

    def current(self) -> tuple[Submission, ...]:
        """Give the submissions as they hold; those that are contested are left out."""
        found = (lineage.current for lineage in self.lineages())
        return tuple(one for one in found if one is not None)

    def changed(self) -> tuple[Lineage, ...]:
        """Give what was corrected, or is contested."""
        return tuple(lineage for lineage in self.lineages() if lineage.is_changed)


def batch_of(submissions: Iterable[Submission]) -> Batch:
    """Put submissions together: the same one twice is one.

    Parameters
    ----------
    submissions : iterable of Submission
        In any order.
    """
    held: dict[tuple[str, str, str], Submission] = {}
    for one in submissions:
        key = one.key
        held[key] = _one_of(held[key], one) if key in held else one
    return Batch(tuple(held[key] for key in sorted(held)))


def merged(*batches: Batch) -> Batch:
    """Put batches together: a union."""
    return batch_of(one for batch in batches for one in batch)


def _one_of(first: Submission, second: Submission) -> Submission:
    """Make one of two tellings that say the same: what is known of either is known."""
    times = [one.submitted for one in (first, second) if one.submitted is not None]
    return replace(
        first,
        version_id=max(first.version_id, second.version_id),
        form_id=max(first.form_id, second.form_id),
        form_version=max(first.form_version, second.form_version),
        also=first.also | second.also,
        replaces=first.replaces | second.replaces,
        edits=max(first.edits, second.edits),
        submitted=min(times, key=_moment, default=None),
        media=first.media | second.media,
        where=min(first.where, second.where),
    )


def _moment(time: datetime) -> tuple[float, str]:
    """Order times; one without zone stands as if in Greenwich."""
    zoned = time if time.tzinfo is not None else time.replace(tzinfo=UTC)
    return zoned.timestamp(), time.isoformat()


def _joined(submissions: Iterable[Submission]) -> dict[str, str]:
    """Join identifiers that name the same submission: each points towards the one that stands for all."""
    parent: dict[str, str] = {}
    for one in submissions:
        own = _root(parent, one.instance_id)
        for other in sorted(one.ids | one.replaces):
            root = _root(parent, other)
            low, high = sorted((own, root))
            parent[high] = low
            parent.setdefault(low, low)
            own = low
    return parent


def _root(parent: dict[str, str], name: str) -> str:
    while parent.get(name, name) != name:
        name = parent[name]
    return name


def _lineage(tellings: tuple[Submission, ...]) -> Lineage:
    """Tell which of several tellings hold: not corrected by another, corrected most often."""
    replaced = {name for one in tellings for name in (one.replaces | one.also) - {one.version}}
    standing = [one for one in tellings if one.version not in replaced] or list(tellings)
    most = max(one.edits for one in standing)
    latest: dict[str, Submission] = {}
    for one in standing:
        if one.edits == most:
            latest.setdefault(one.told, one)
    return Lineage(tellings, tuple(latest.values()))
