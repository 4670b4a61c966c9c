"""A call: the fast way gives what the slow way gives, and keeps its promises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.slow_calls import Someone, reached, slow_answers

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools
from courtepointe.engagement.calls import (
    NEVER,
    NO_ZONE,
    Criteria,
    Volunteers,
    bits_of,
    how_many,
    steps_from,
    who_answers,
)

SKILLS, LANGUAGES, SLOTS, ZONES = "abcde", "fgh", "ij", "wxyz"
PLACES = [{code: place for place, code in enumerate(codes)} for codes in (SKILLS, LANGUAGES, SLOTS)]
ZONE_OF = {code: place for place, code in enumerate(ZONES)}


def some(codes: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(codes))


PEOPLE = st.lists(
    st.builds(
        Someone, some(SKILLS), some(LANGUAGES), some(SLOTS),
        st.none() | st.sampled_from(ZONES), st.none() | st.integers(0, 3),
    ),
    max_size=25,
)  # fmt: skip
TOUCHES = st.lists(st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)), max_size=6)


def arrays(people: list[Someone]) -> Volunteers:
    def bits(name: str, places: dict[str, int]) -> np.ndarray:
        return np.array([bits_of(getattr(p, name), places) for p in people], dtype=np.uint64)

    return Volunteers(
        bits("skills", PLACES[0]), bits("languages", PLACES[1]), bits("slots", PLACES[2]),
        np.array([NO_ZONE if p.zone is None else ZONE_OF[p.zone] for p in people], dtype=np.int64),
        np.array([NEVER if p.called is None else p.called for p in people], dtype=np.int64),
    )  # fmt: skip


def matrix(touches: list[tuple[str, str]]) -> Bools:
    near = np.zeros((len(ZONES), len(ZONES)), dtype=np.bool_)
    for one, other in touches:
        near[ZONE_OF[one], ZONE_OF[other]] = True
    return near


@given(
    PEOPLE, some(SKILLS), st.booleans(), some(LANGUAGES), some(SLOTS),
    st.none() | st.sampled_from(ZONES), TOUCHES, st.integers(0, 3), st.integers(1, 30),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_fast_is_slow(
    people: list[Someone], skills: frozenset[str], any_skill: bool, languages: frozenset[str],
    slots: frozenset[str], zone: str | None, touches: list[tuple[str, str]], steps: int, most: int,
) -> None:  # fmt: skip
    both = {z: frozenset(b if a == z else a for a, b in touches if z in (a, b)) for z in ZONES}
    walked = None if zone is None else reached(zone, both, steps)
    far = None if zone is None else steps_from(ZONE_OF[zone], matrix(touches), most=steps)
    asked = Criteria(
        bits_of(skills, PLACES[0]), bits_of(languages, PLACES[1]), bits_of(slots, PLACES[2]),
        far, most, any_skill,
    )  # fmt: skip
    slow = slow_answers(
        people, skills=skills, any_skill=any_skill, languages=languages, slots=slots,
        zones=walked, most=most,
    )  # fmt: skip
    assert who_answers(arrays(people), asked).tolist() == slow
    everybody = who_answers(arrays(people), replace(asked, most=10_000))
    assert how_many(arrays(people), asked) == len(everybody)


@given(PEOPLE, some(SKILLS), some(LANGUAGES))
@settings(max_examples=80, deadline=None)
def test_asking_for_more_never_calls_more(
    people: list[Someone], skills: frozenset[str], languages: frozenset[str]
) -> None:
    held = arrays(people)
    wide = Criteria(skills=bits_of(skills, PLACES[0]), most=100)
    narrow = replace(wide, languages=bits_of(languages, PLACES[1]))
    assert set(who_answers(held, narrow).tolist()) <= set(who_answers(held, wide).tolist())


@given(PEOPLE, st.integers(1, 6))
@settings(max_examples=80, deadline=None)
def test_the_load_is_spread(people: list[Someone], most: int) -> None:
    """Call, mark as called, call again: nobody is called twice before everybody was called once."""
    held, asked = arrays(people), Criteria(most=most)
    called: list[int] = []
    for day in range(100, 100 + (len(people) // most)):
        some_now = who_answers(held, asked)
        called += some_now.tolist()
        last = held.last_called.copy()
        last[some_now] = day
        held = replace(held, last_called=last)
    assert len(called) == len(set(called))


def test_a_town_worked_by_hand() -> None:
    a, fr = frozenset("a"), frozenset("f")
    people = [
        Someone(a, fr, frozenset("i"), "x", 5),
        Someone(a, fr, frozenset("i"), "w", 5),
        Someone(a, fr, frozenset("i"), "w", None),
        Someone(a, frozenset("g"), frozenset("i"), "w", None),
        Someone(frozenset("b"), fr, frozenset("i"), "w", None),
        Someone(a, fr, frozenset("i"), "z", None),
        Someone(a, fr, frozenset("i"), None, None),
    ]
    steps = steps_from(ZONE_OF["w"], matrix([("x", "w"), ("x", "y")]), most=1)
    assert steps.tolist() == [0, 1, -1, -1]
    asked = Criteria(1, 1, 1, steps, most=5)
    assert who_answers(arrays(people), asked).tolist() == [2, 1, 0], (
        "never called, then here, then near"
    )


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(BadInput, match="call_most"):
        Criteria(most=0)
    none = np.zeros(0, dtype=np.uint64)
    with pytest.raises(BadInput, match="core_shape"):
        Volunteers(none, none, none, np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64))
    with pytest.raises(BadInput, match="core_shape"):
        steps_from(4, np.zeros((4, 4), dtype=np.bool_), most=1)
    with pytest.raises(BadInput, match="core_shape"):
        who_answers(
            arrays([Someone(*[frozenset()] * 3, "z", None)]),
            Criteria(zones=np.zeros(2, dtype=np.int64)),
        )  # type: ignore[arg-type]
    assert who_answers(arrays([]), Criteria()).size == 0
