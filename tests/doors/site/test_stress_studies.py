"""What holds when things fail: asked on a page, answered in the same drawings for each option, read by the hour."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.comb import comb_served, degrees
from tests.support.directory import PLACE, entry
from tests.support.hub_made import Made, form
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.town import CRS, town
from tests.support.visits import signed_in

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.streets import snap
from courtepointe.core.stress import (
    Demand,
    Disc,
    Effect,
    Hubs,
    Town,
    estimate,
    simulate,
    value_of,
)
from courtepointe.doors import served
from courtepointe.doors.served import Served, Shelf
from courtepointe.doors.site.studies.jobs import ground_of
from courtepointe.doors.site.studies.stress_told import change_text, notes
from courtepointe.formats.scenarios import shipped_scenario
from courtepointe.hubs.models import Study
from courtepointe.hubs.studies.stress import Stress
from courtepointe.hubs.studies.stress_counts import at_hour, steps
from courtepointe.hubs.studies.stress_values import (
    ADD,
    LEAVE,
    NEEDS,
    POWER,
    SEATS,
    StressAsked,
    StressAssumed,
    StressOption,
    StressSpot,
    stress_asked,
)
from courtepointe.people.actions.workspaces import stand_on
from courtepointe.places.models import Entry

TRACT = "secteur:2021:001"
ASSUMED = StressAssumed(seats=1.0, autonomy_h=2.0, staff=3, has=True, dry=False)
SOUTH = StressSpot("Pôle sud", *degrees(50, 200), number=1)
NORTH = StressSpot("Pôle nord", *degrees(900, 800), number=2, seats=0.5, autonomy_h=72.0)
ADDED = StressSpot("Église", *degrees(500, 400), number=9, seats=5.0, autonomy_h=72.0)


@pytest.fixture
def table(db: None, settings: Any, tmp_path: Path) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    comb_served(tmp_path)
    held = table_and_around()
    stand_on(
        held.slug, atlas_code="town", area_key=TRACT, name="Le Moulin", since=date(2020, 1, 1),
        by=held.coordinator, now=NOW,
    )  # fmt: skip
    return held


@pytest.fixture
def made(table: Table) -> Made:
    """Form a hub in the south-west, and know two more places, one of them in the river."""
    held = form(table)
    first = entry(PLACE)
    for name, spot in {"Église": (500, 400), "Radeau": (9_000, 9_000)}.items():
        values = {**first.values, "name": name}
        values["longitude"], values["latitude"] = degrees(*spot)
        another = entry(PLACE)
        another.pk, another.uid = None, uuid4()
        another.values, another.folded = values, f" {name.lower()}"
        another.save(force_insert=True)
    values = dict(first.values)
    values["longitude"], values["latitude"] = degrees(50, 200)
    Entry.objects.filter(pk=first.pk).update(values=values)
    return held


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def asked(*options: StressOption, scenarios: tuple[str, ...] = ("blackout",), **more: Any) -> StressAsked:  # fmt: skip
    told = {"hubs": (SOUTH, NORTH), "territories": (("Le Moulin", TRACT),), "n_draws": 50, **more}
    return StressAsked(scenarios, options=options, assumed=dict.fromkeys(scenarios, ASSUMED), **told)  # fmt: skip


def study_of(told: StressAsked) -> Stress:
    files = {code: shipped_scenario(code, to_crs=CRS) for code in told.scenarios}
    return Stress(told, ground_of(told.territories), files)


def solved(told: StressAsked, *, chunk: int = 10, seed: int = 1) -> dict[str, Any]:
    return study_of(told).solve(seed, lambda part: None, chunk=chunk)


OPTIONS = (
    StressOption(ADD, "Église", place=ADDED),
    StressOption(LEAVE, "Pôle nord", hub=2),
    StressOption(POWER, "Pôle sud", hub=1, amount=72.0),
)


def test_chunks_change_no_bit_and_neither_does_what_is_kept(table: Table) -> None:
    told = asked(*OPTIONS, scenarios=("blackout", "flood"))
    first = json.dumps(solved(told, chunk=50), allow_nan=False)
    assert json.dumps(solved(told, chunk=7), allow_nan=False) == first
    kept = stress_asked(json.loads(json.dumps(told.told())))
    assert kept == told
    assert json.dumps(solved(kept, chunk=1), allow_nan=False) == first
    assert json.dumps(solved(told, seed=2), allow_nan=False) != first


def test_today_and_each_option_are_the_engine_s_own_trials(table: Table) -> None:
    """What is not there in an option changes nothing: the hubs of today alone give the very same figures."""
    study = study_of(asked(*OPTIONS))
    result = study.solve(1, lambda part: None)
    file = shipped_scenario("blackout", to_crs=CRS)
    shares = np.array([file.shares[one.code] for one in file.scenario.seeking])
    demand = Demand(study.people[:, None] * shares, file.scenario.seeking)

    def alone(spots: list[int], seats: list[float], hours: list[float]) -> Any:
        points = study.points[spots]
        traits = (file.hubs.traits,) * len(spots)
        hubs = Hubs(snap(study.streets, points), points, np.array(seats), np.array(hours), np.full(len(spots), 3), traits, np.zeros(len(spots), dtype=np.bool_))  # fmt: skip
        return simulate(Town(study.streets, hubs, demand), file.scenario, np.random.default_rng(1), n_draws=50)  # fmt: skip

    today = alone([0, 1], [1.0, 0.5], [2.0, 72.0])
    added = alone([0, 1, 2], [1.0, 0.5, 5.0], [2.0, 72.0, 72.0])
    # A hub that is left out comes last in the engine: only then do the others meet the same fate.
    without = alone([0], [1.0], [2.0])
    power = alone([0, 1], [1.0, 0.5], [72.0, 72.0])
    assert today.unserved.sum() > 0.0
    for run, trials in zip(result["scenarios"][0]["runs"], (today, added, without, power), strict=True):  # fmt: skip
        assert run["totals"]["served"]["mean"] == estimate(trials.served.sum(axis=(1, 2))).mean
        assert run["hours"]["unserved"] == trials.unserved.sum(axis=2).mean(axis=0).tolist()
        assert run["hours"]["open"] == trials.n_open.mean(axis=0).tolist()
    for value, trials in zip(result["values"][0], (added, without, power), strict=True):
        worth = value_of(today, trials).people_hours
        assert value["people_hours"]["mean"] == pytest.approx(worth.mean, rel=1e-12)
        assert value["people_hours"]["low"] == pytest.approx(worth.low, rel=1e-9, abs=1e-9)
    assert result["values"][0][0]["people_hours"]["mean"] > 0.0
    assert result["values"][0][1]["people_hours"]["mean"] < 0.0


def test_who_comes_is_seated_or_left_for_one_of_two_reasons(table: Table) -> None:
    result = solved(asked(*OPTIONS, scenarios=("heat-2018", "blackout")))
    assert result["people"] == pytest.approx(1_000.0)
    for one in result["scenarios"]:
        for run in one["runs"]:
            totals = {name: told["mean"] for name, told in run["totals"].items()}
            assert totals["seekers"] == pytest.approx(totals["served"] + totals["unserved"])
            assert totals["unserved"] == pytest.approx(totals["too_far"] + totals["no_room"])
            assert sum(run["hours"]["unserved"]) == pytest.approx(totals["unserved"])
            assert max(run["hours"]["unserved"]) == pytest.approx(run["worst"]["people"]["mean"])
            by_group = sum(group["served"]["mean"] for group in run["groups"])
            assert by_group == pytest.approx(totals["served"])
            turned = sum(hub["overload"]["mean"] for hub in run["hubs"])
            assert turned == pytest.approx(sum(run["hours"]["turned_away"]))
    regret = np.array(result["regrets"]["regret"])
    assert regret.shape == (4, 2)
    assert (regret.min(axis=0) == 0.0).all()
    assert result["regrets"]["least"] == int(regret.max(axis=1).argmin())


def test_a_hub_without_what_shelters_is_closed_for_that_reason_until_it_is_equipped(table: Table) -> None:  # fmt: skip
    bare = StressSpot("Pôle sud", *degrees(50, 200), number=1, has={"cooling": False})
    result = solved(asked(StressOption(NEEDS, "Pôle sud", hub=1), scenarios=("heat-2018",), hubs=(bare,)))  # fmt: skip
    before, after = (run["hubs"][0] for run in result["scenarios"][0]["runs"])
    assert at_hour(before["open"], 12) == 0.0 and at_hour(before["why"]["needs"], 12) == 1.0
    assert at_hour(after["open"], 12) > 0.5 and "needs" not in after["why"]
    assert result["scenarios"][0]["runs"][0]["totals"]["served"]["mean"] == 0.0


def test_what_fails_where_there_is_nothing_is_told_and_changes_nothing(table: Table) -> None:
    told = asked()
    file = shipped_scenario("blackout", to_crs=CRS)
    far = Effect("no_power", (0, 72), (Disc(0.0, 0.0, 500.0),))
    wider = replace(file, scenario=replace(file.scenario, effects=(*file.scenario.effects, far)))
    plain, same = (Stress(told, ground_of(told.territories), {"blackout": one}).solve(1, lambda part: None) for one in (file, wider))  # fmt: skip
    assert plain["scenarios"][0]["outside"] == []
    assert same["scenarios"][0]["outside"] == ["no_power"]
    assert same["scenarios"][0]["runs"] == plain["scenarios"][0]["runs"]
    assert "lies where there is no street and no hub" in " ".join(notes(told.told(), same, lang="en"))  # fmt: skip


def test_steps_are_read_as_they_were_written() -> None:
    hours = np.array([0.0, 0.0, 0.5, 0.5, 0.0])
    told = steps(hours)
    assert told == [[0, 0.0], [2, 0.5], [4, 0.0]]
    assert [at_hour(told, hour) for hour in range(5)] == hours.tolist()


@pytest.mark.parametrize(
    ("mean", "low", "high", "words"),
    [
        (0.0, 0.0, 0.0, "Option: nothing changes, in any drawing."),
        (12.0, 3.0, 30.0, "Option: 12 person-hours more find a seat (3 to 30 in nine events of ten)."),
        (-1_200.0, -3_000.0, -0.5, "Option: 1,200 person-hours fewer find a seat (0.5 to 3,000 in nine events of ten)."),
        (4.2, 0.0, 9.0, "Option: cannot be told apart from today; on average 4.2 person-hours more find a seat, but 0 to 9 in nine events of ten."),
        (-4.0, -9.0, 2.0, "Option: cannot be told apart from today; on average 4 person-hours fewer find a seat, but −2 to 9 in nine events of ten."),
    ],
)  # fmt: skip
def test_what_an_option_changes_is_said_as_far_as_it_can_be_told(
    mean: float, low: float, high: float, words: str
) -> None:
    value = {"people_hours": {"mean": mean, "low": low, "high": high, "error": 1.0}}
    assert change_text("Option", value, lang="en") == words


RIVER = StressSpot("Radeau", *degrees(9_000, 9_000), number=3)


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("study_no_hub", {"hubs": ()}),
        ("study_no_point", {"hubs": (), "lost": ("Pôle sans point",)}),
        ("study_no_seat", {"hubs": (StressSpot("Pôle", *degrees(50, 200), number=1, seats=0.0),)}),
        ("study_draws", {"n_draws": 0}),
        ("study_draws", {"n_draws": 2_001}),
        ("study_scenarios", {"scenarios": ()}),
        ("study_scenarios", {"scenarios": ("blackout",) * 2}),
    ],
)
def test_what_cannot_be_tried_is_refused_by_its_reason(code: str, more: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as raised:
        asked(**more)
    assert raised.value.code == code


def test_an_option_must_change_something_that_counts() -> None:
    for option, code in (
        ((POWER, "Pôle sud", 1, None, 0.0), "study_option_amount"),
        ((SEATS, "Pôle sud", 1, None, None), "study_option_amount"),
        ((ADD, "Église"), "study_option_hub"),
        (("burn", "Pôle sud", 1), "study_change"),
    ):
        with pytest.raises(BadInput) as raised:
            StressOption(*option)
        assert raised.value.code == code
    with pytest.raises(BadInput) as raised:
        asked(StressOption(LEAVE, "Pôle perdu", hub=77))
    assert raised.value.code == "study_option_hub"


def test_a_hub_in_the_river_is_named_and_the_others_count(table: Table) -> None:
    result = solved(asked(hubs=(SOUTH, RIVER)))
    assert [one["name"] for one in result["far"]] == ["Radeau"]
    assert [one["name"] for one in result["spots"]] == ["Pôle sud"]
    with pytest.raises(NoAnswer) as raised:
        study_of(asked(hubs=(RIVER,)))
    assert raised.value.code == "study_hubs_far"
    for option in (StressOption(ADD, "Radeau", place=RIVER), StressOption(LEAVE, "Radeau", hub=3)):
        with pytest.raises(NoAnswer) as raised:
            solved(asked(option, hubs=(SOUTH, RIVER)))
        assert raised.value.code == "study_option_far"
        assert raised.value.facts["place"] == "Radeau"


def page(table: Table, name: str, **where: object) -> str:
    return reverse(name, kwargs={"slug": table.slug, **where})


def words(client: Client, address: str, *, status: int = 200) -> str:
    told = client.get(address)
    assert told.status_code == status, address
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", told.content.decode())).split())


def sent(made: Made, **more: object) -> dict[str, object]:
    return {"scenarios": ["blackout"], "hubs": [made.hub], "draws": 50, "seed": 3, **more}


def ask(table: Table, client: Client, made: Made, **more: object) -> Study:
    answer = client.post(page(table, "space_study_stress"), sent(made, **more))
    assert answer.status_code == 302, answer.content.decode()
    row = Study.objects.latest("pk")
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    row.refresh_from_db()
    return row


def church() -> int:
    return next(one.pk for one in Entry.objects.filter(table="location") if one.values.get("name") == "Église")  # fmt: skip


def test_a_study_is_asked_answered_and_read_by_the_hour(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    shown = words(ana, page(table, "space_study_stress"))
    # 120 seats; 7.2 kWh usable for 2 kW; two people at the post of the one role.
    assert "120 seats, 3.6 h without the network, 3 people to hold it" in shown
    assert "not known: whether water may come, air conditioning, heating" in shown
    row = ask(table, ana, made, change_1="add", place_1=church(), seats_1=20, change_2="leave", hub_2=made.hub)  # fmt: skip
    assert row.state == "done", row.fault
    assert row.seed == 3 and row.asked["hubs"][0]["seats"] == 120.0
    told = words(ana, page(table, "space_study", number=row.pk))
    assert "today’s hubs seat" in told and "Église added:" in told
    assert "Without Pôle Saint-Pierre: " in told and " person-hours fewer" in told
    assert "Access is not use" in told
    hour = words(ana, page(table, "space_study_hours", number=row.pk) + "?hour=60&option=2")
    assert "hour 60 of 72, day 3" in hour
    assert "closed in all drawings left out in this option" in hour
    beyond = words(ana, page(table, "space_study_hours", number=row.pk) + "?hour=999&option=9&scenario=-1")  # fmt: skip
    assert "hour 72 of 72, day 3" in beyond
    assert signed_in(table.stranger).get(page(table, "space_study_hours", number=row.pk)).status_code in (403, 404)  # fmt: skip


def test_the_same_question_has_the_same_mark_and_studies_stand_side_by_side(table: Table, made: Made) -> None:  # fmt: skip
    ana = signed_in(table.coordinator)
    first, again, other = ask(table, ana, made), ask(table, ana, made), ask(table, ana, made, seats=1, seed=4)  # fmt: skip
    assert first.digest == again.digest != other.digest
    beside = words(ana, f"{page(table, 'space_studies_compared')}?n={first.pk}&n={other.pk}")
    assert "person-hours without a seat" in beside and "what each option changes" in beside


def test_a_study_begins_with_what_another_asked(table: Table, made: Made) -> None:
    """Sent again as the page shows it, the same question has the same mark."""
    ana = signed_in(table.coordinator)
    first = ask(table, ana, made, scenarios=["blackout", "flood"], seats=7, has="no", change_1="add", place_1=church(), hours_1=5, change_2="power", hub_2=made.hub, hours_2=30)  # fmt: skip
    shown = ana.get(f"{page(table, 'space_study_stress')}?from={first.pk}")
    fields = shown.context["form"]
    told = {one.html_name: one.value() for one in fields if one.value() not in (None, "")}
    assert told["seats"] == "7" and told["has"] == "no" and "dry" not in told
    again = ask(table, ana, made, **told)
    assert again.pk != first.pk
    assert again.asked == first.asked and again.digest == first.digest


def test_a_report_is_printed(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    row = ask(table, ana, made, scenarios=["heat-2018"], change_1="seats", hub_1=made.hub, seats_1=300)  # fmt: skip
    for ending, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!doctype html>")):
        answer = ana.get(page(table, "space_study_report", number=row.pk, ending=ending))
        assert answer.status_code == 200 and answer.content.startswith(start)


def test_a_form_says_what_it_lacks_where_it_lacks_it(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)

    def told(**more: object) -> str:
        answer = ana.post(page(table, "space_study_stress"), sent(made, **more))
        assert answer.status_code == 400
        return unescape(answer.content.decode())

    assert "No hub counts" in told(hubs=[])
    assert "This hub is not among those that count" in told(hubs=[], change_1="leave", hub_1=made.hub)  # fmt: skip
    assert "Choose which." in told(change_1="add")
    assert "a number above zero" in told(change_1="power", hub_1=made.hub)
    assert "50" in told(draws=0)
    assert "Three at most." in told(scenarios=["heat-2018", "ice-2023", "blackout", "flood"])
    assert not Study.objects.exists()


def test_without_streets_the_reason_is_told(table: Table, made: Made) -> None:
    served._door.now = Served(town(), Atlas(town()), (0, 0), Shelf())
    row = ask(table, signed_in(table.coordinator), made)
    assert row.state == "failed" and row.fault["code"] == "study_no_streets"
