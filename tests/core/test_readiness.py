"""Readiness of a hub, worked by hand: each part, its state, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from courtepointe.core.errors import BadInput
from courtepointe.core.readiness import (
    Agreement,
    Asked,
    Capacity,
    Held,
    Keys,
    KitLine,
    Part,
    Post,
    Readiness,
    State,
    confidence,
    level_reached,
    readiness,
)

ASKED = Asked(
    keys=2, roles=("supervision", "welcome"), exercise_days=365, power_test_days=365, autonomy_h=12.0,
    facts=("step_free",), capacities=("seats",), members=3,
)  # fmt: skip
HELD = Held(
    agreements=(Agreement(100, 400),),
    keys=(Keys("supervision", 1, 30), Keys("upkeep", 1, 30)),
    kit=(KitLine("lamps", 6, 6, 20, 180),),
    posts=(Post("supervision", 2, 1, 10), Post("welcome", 3, 3, 10)),
    exercise_days=200,
    power_test_days=100,
    autonomy_h=14.0,
    facts={"step_free": True},
    capacities=(Capacity("seats", 120, 80, 365, 730),),
    members=3,
)


def part(code: str, held: Held, asked: Asked = ASKED) -> Part:
    (found,) = [one for one in readiness(held, asked).parts if one.code == code]
    return found


def reasons(found: Part) -> list[str]:
    return [why.code for why in found.whys]


def test_a_hub_that_is_ready_is_ready_in_each_part() -> None:
    found = readiness(HELD, ASKED)
    assert {one.state for one in found.parts} == {State.HOLDS} and found.is_met
    assert [one.code for one in found.parts] == [
        "agreement", "members", "keys", "kit", "roles", "exercise", "power", "place", "capacities",
    ]  # fmt: skip
    assert all(one.whys for one in found.parts)
    assert not {"score", "total", "rank"} & set(dir(found))


def test_an_empty_hub_lacks_or_is_not_known_and_says_which() -> None:
    found = {one.code: one.state for one in readiness(Held(), ASKED).parts}
    assert found == {
        "agreement": State.LACKS, "members": State.LACKS, "keys": State.UNKNOWN, "kit": State.LACKS, "roles": State.UNKNOWN,
        "exercise": State.LACKS, "power": State.LACKS, "place": State.UNKNOWN, "capacities": State.LACKS,
    }  # fmt: skip
    assert not readiness(Held(), ASKED).is_met


def test_confidence_halves() -> None:
    assert (
        confidence(0, 180) == 1.0 and confidence(180, 180) == 0.5 and confidence(540, 180) == 0.125
    )
    assert confidence(90, 180) == pytest.approx(0.70710678)
    assert confidence(None, 180) is None
    for age, half in ((-1, 180), (3, 0)):
        with pytest.raises(BadInput, match="readiness_age"):
            confidence(age, half)


@pytest.mark.parametrize(
    ("age", "state"),
    [(0, "holds"), (180, "holds"), (181, "fading"), (360, "fading"), (361, "lacks"), (None, "unknown")],
)  # fmt: skip
def test_a_capacity_ages(age: int | None, state: str) -> None:
    found = part("capacities", replace(HELD, capacities=(Capacity("seats", 9, None, age, 180),)))
    assert found.state == state
    if age == 180:
        assert found.whys[0].facts == {"of": "seats", "days": 180, "percent": 50}


def test_capacities_that_are_asked_full_or_none() -> None:
    full = part("capacities", replace(HELD, capacities=(Capacity("seats", 9, 0, 1, 180),)))
    none = part("capacities", replace(HELD, capacities=(Capacity("beds", 9, 9, 1, 180),)))
    assert (full.state, reasons(full)) == (State.LACKS, ["capacity_full"])
    assert (none.state, reasons(none)) == (State.LACKS, ["capacity_none", "capacity_verified"])


def test_agreements_end() -> None:
    def with_(*agreements: Agreement) -> tuple[str, list[str]]:
        found = part("agreement", replace(HELD, agreements=agreements))
        return found.state, reasons(found)

    assert with_(Agreement(1, None)) == ("holds", ["agreement_open"])
    assert with_(Agreement(1, 60)) == ("holds", ["agreement_until"])
    assert with_(Agreement(1, 59)) == ("fading", ["agreement_soon"])
    assert with_(Agreement(1, 0)) == ("fading", ["agreement_soon"])
    assert with_(Agreement(1, -1)) == ("lacks", ["agreement_over"])
    assert with_(Agreement(-3, 90)) == ("lacks", ["no_agreement"]), "not begun"
    assert with_(Agreement(400, -1), Agreement(1, 300)) == ("holds", ["agreement_until"])


def test_members_with_commitments() -> None:
    few = part("members", replace(HELD, members=2))
    assert (few.state, few.whys[0].facts) == (State.LACKS, {"n": 2, "asked": 3})
    assert part("members", Held(), replace(ASKED, members=0)).state == State.NOT_ASKED


def test_keys_are_counted_by_role() -> None:
    one_role = part("keys", replace(HELD, keys=(Keys("supervision", 2, 1),)))
    few = part("keys", replace(HELD, keys=(Keys("supervision", 1, 1), Keys("welcome", 0, 1))))
    old = part("keys", replace(HELD, keys=(Keys("supervision", 1, 400), Keys("welcome", 1, None))))
    assert (one_role.state, one_role.whys[0].code) == (State.FADING, "keys_one_role")
    assert (few.state, few.whys[0].code) == (State.LACKS, "keys_few")
    assert (old.state, reasons(old)) == (State.UNKNOWN, ["keys_unverified", "keys_verified", "keys_enough"])  # fmt: skip


@pytest.mark.parametrize(
    ("line", "state", "why"),
    [
        (KitLine("water", 10, 10, 5, 180), "holds", "kit_checked"),
        (KitLine("water", 10, 9, 5, 180), "lacks", "kit_few"),
        (KitLine("water", 10, 10, 181, 180), "fading", "kit_late"),
        (KitLine("water", 10, 10, 361, 180), "lacks", "kit_late"),
        (KitLine("water", 10, 10, 5, 180, -1), "lacks", "kit_expired"),
        (KitLine("water", 10, 10, 5, 180, 10), "fading", "kit_expires"),
        (KitLine("water", 10, None, None, 180), "unknown", "kit_unchecked"),
    ],
)
def test_a_line_of_the_box(line: KitLine, state: str, why: str) -> None:
    found = part("kit", replace(HELD, kit=(*HELD.kit, line)))
    assert (found.state, found.whys[0 if state != "holds" else 1].code) == (state, why)


def test_roles_are_held_by_trained_people() -> None:
    def with_(post: Post | None) -> tuple[str, str]:
        posts = tuple(filter(None, (HELD.posts[0], post)))
        found = part("roles", replace(HELD, posts=posts))
        return found.state, found.whys[0].code

    assert with_(None) == ("unknown", "role_unknown")
    assert with_(Post("welcome", 0, 0, 1)) == ("lacks", "role_empty")
    assert with_(Post("welcome", 2, 0, 1)) == ("lacks", "role_untrained")
    assert with_(Post("welcome", 2, None, 1)) == ("unknown", "role_training_unknown")
    assert with_(Post("welcome", 2, 1, 366)) == ("fading", "role_verified")


def test_exercises_and_power_tests_age() -> None:
    for age, state in ((365, "holds"), (366, "fading"), (730, "fading"), (731, "lacks")):
        assert part("exercise", replace(HELD, exercise_days=age)).state == state
        assert part("power", replace(HELD, power_test_days=age)).state == state
    assert reasons(part("exercise", replace(HELD, exercise_days=None))) == ["exercise_never"]
    with pytest.raises(BadInput, match="readiness_age"):
        part("exercise", replace(HELD, exercise_days=-1))


def test_hours_without_the_network() -> None:
    assert part("power", replace(HELD, autonomy_h=11.9)).state == State.LACKS
    may_be_more = replace(HELD, autonomy_h=11.9, autonomy_may_be_more=True)
    assert part("power", may_be_more).state == State.UNKNOWN
    assert part("power", replace(HELD, autonomy_h=None)).state == State.UNKNOWN
    nothing = replace(ASKED, autonomy_h=0.0, power_test_days=0)
    assert part("power", Held(), nothing).state == State.NOT_ASKED


def test_what_a_place_has_lacks_or_nobody_looked_at() -> None:
    for told, state, why in ((True, "holds", "fact_yes"), (False, "lacks", "fact_no")):
        found = part("place", replace(HELD, facts={"step_free": told}))
        assert (found.state, reasons(found)) == (state, [why])
    assert part("place", replace(HELD, facts={})).state == State.UNKNOWN


def test_a_level_is_reached_with_all_those_below_it() -> None:
    met, not_met = Readiness(()), readiness(Held(), ASKED)
    assert level_reached({"base": met, "optimal": met, "ideal": not_met}) == "optimal"
    assert level_reached({"base": not_met, "optimal": met}) == ""
    fading = replace(HELD, exercise_days=366)
    assert readiness(fading, ASKED).is_met, "what fades still stands, and says that it fades"
