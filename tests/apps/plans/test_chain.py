"""The chain: a diamond and a circle by hand, then laws on any graph; and real rows, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.evidence_made import brought, coded
from tests.support.plan_made import RESULT, Made
from tests.support.readings_made import written
from tests.support.table import NOW, Table

from courtepointe.core.errors import NotFound
from courtepointe.people.access import workspace_to
from courtepointe.plans.actions import followed, grounds
from courtepointe.plans.chain import Branch, Chain, Key, Node, branches, chain_of
from courtepointe.plans.queries.chain import chain_from
from courtepointe.plans.queries.grounds import quotes
from courtepointe.portraits.evidence.actions import withdraw_source
from courtepointe.portraits.evidence.models import Coding
from courtepointe.portraits.readings.actions import write_reading

A, B, C, D, E = (Key("action", number) for number in range(1, 6))


def graph(at: Key, *edges: tuple[Key, Key], alone: tuple[Key, ...] = ()) -> Chain:
    keys = {at, *alone, *(key for edge in edges for key in edge)}
    return chain_of(at, {key: Node(key) for key in keys}, edges)


def flat(held: tuple[Branch, ...]) -> list[tuple[int, int, bool]]:
    def under(these: tuple[Branch, ...], depth: int) -> Iterator[tuple[int, int, bool]]:
        for one in these:
            yield depth, one.node.key.number, one.again
            yield from under(one.more, depth + 1)

    return list(under(held, 0))


def test_a_thing_under_two_others_is_told_under_both_and_followed_once() -> None:
    found = graph(A, (A, B), (A, C), (B, D), (C, D), (D, E))
    assert flat(branches(found, back=False)) == [(0, 2, False), (1, 4, False), (2, 5, False), (0, 3, False), (1, 4, True)]  # fmt: skip
    assert branches(found, back=True) == ()


def test_what_is_beside_the_thread_is_left_out() -> None:
    found = graph(B, (A, B), (A, C), (B, D), alone=(E,))
    assert set(found.nodes) == {A, B, D}
    assert flat(branches(found, back=True)) == [(0, 1, False)]
    assert flat(branches(found, back=False)) == [(0, 4, False)]


def test_a_circle_ends() -> None:
    """A result is shown by a source, whose passages are read again: evidence begins anew."""
    found = graph(A, (A, B), (B, C), (C, A))
    assert flat(branches(found, back=False)) == [(0, 2, False), (1, 3, False), (2, 1, True)]


KEYS = st.sampled_from((A, B, C, D, E))


@given(st.lists(st.tuples(KEYS, KEYS), max_size=12), KEYS, KEYS)
def test_what_came_of_a_thing_comes_from_it(
    edges: list[tuple[Key, Key]], first: Key, then: Key
) -> None:
    def reached(at: Key, *, back: bool) -> set[int]:
        return {number for _, number, _ in flat(branches(graph(at, *edges, alone=tuple({first, then})), back=back))}  # fmt: skip

    assert (then.number in reached(first, back=False)) == (first.number in reached(then, back=True))


def keys(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW}


def test_a_sentence_leads_to_a_result_and_to_its_evidence_and_back(
    table: Table, made: Made
) -> None:
    seen = workspace_to("read", table.slug, by=table.member, now=NOW)
    source = brought(table, made.portrait, kind="workshop")
    passage = Coding.objects.get(pk=coded(table, source, 2, "REL", "fragility")).passage_id
    reading = write_reading(table.slug, made.portrait, "REL", written(), **keys(table))
    grounds.ground(table.slug, "priority", made.priority, "reading", reading, **keys(table))
    proof = brought(table, made.portrait, title="Photo")
    result = followed.note_result(table.slug, made.action, replace(RESULT, text="Vu.", source=proof), **keys(table))  # fmt: skip
    path = [
        Key("source", source), Key("passage", passage), Key("reading", reading), Key("priority", made.priority),
        Key("action", made.action), Key("result", result), Key("source", proof),
    ]  # fmt: skip
    for start in (path[0], path[3], path[6]):
        found = chain_from(seen, start.kind, start.number, now=NOW, lang="fr")
        assert set(pairwise(path)) <= found.edges
    assert found.nodes[path[1]].title == "Personne ne nous a prévenus."


def test_words_that_were_withdrawn_leave_the_chain_and_the_link_stays(
    table: Table, made: Made
) -> None:
    source = brought(table, made.portrait)
    passage = Coding.objects.get(pk=coded(table, source, 2, "REL", "fragility")).passage_id
    grounds.ground(table.slug, "action", made.action, "passage", passage, **keys(table))
    seen = workspace_to("read", table.slug, by=table.member, now=NOW)
    assert passage in quotes(seen, made.portrait, now=NOW)
    assert quotes(seen, made.portrait, now=NOW + timedelta(days=2_000)) == {}
    withdraw_source(table.slug, source, **keys(table))
    found = chain_from(seen, "action", made.action, now=NOW, lang="fr")
    assert found.nodes[Key("passage", passage)].title == ""


def test_the_ground_of_another_portrait_or_workspace_is_not_found(table: Table, made: Made) -> None:
    with pytest.raises(NotFound, match="unknown_ground"):
        grounds.ground(table.slug, "action", made.action, "reading", 99, **keys(table))
    with pytest.raises(NotFound, match="unknown_ground"):
        followed.note_result(table.slug, made.action, replace(RESULT, text="Vu.", source=99), **keys(table))  # fmt: skip
    other = workspace_to("read", table.other, by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_thread"):
        chain_from(other, "action", made.action, now=NOW, lang="fr")
