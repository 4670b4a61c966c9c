"""Studies of hubs: asked on a page, answered by the process beside, read, printed, asked again."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from tests.support.comb import comb_served, degrees
from tests.support.directory import PLACE, entry
from tests.support.hub_made import Made, form
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.town import town
from tests.support.visits import signed_in

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.doors import served
from courtepointe.doors.served import Served, Shelf
from courtepointe.doors.site.studies import jobs
from courtepointe.hubs.actions import running
from courtepointe.hubs.models import Study
from courtepointe.hubs.queries.studies import LOST_AFTER
from courtepointe.hubs.studies import siting
from courtepointe.people.actions.workspaces import stand_on
from courtepointe.people.digests import digest_of
from courtepointe.people.models import HistoryRow
from courtepointe.places.models import Entry

TRACT = "secteur:2021:001"
ASKED: dict[str, object] = {
    "goal": "max_cover", "n_open": 1, "walker": "usual", "limit": 5, "among": "", "minutes": 1,
}  # fmt: skip


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
    """Form a hub in the south-west, and know three more places, one of them in the river."""
    held = form(table)
    first = entry(PLACE)
    for name, spot in {"Bibliothèque": (900, 800), "Église": (500, 400), "Radeau": (9_000, 9_000)}.items():  # fmt: skip
        values = {**first.values, "name": name}
        values["longitude"], values["latitude"] = degrees(*spot)
        another = entry(PLACE)
        another.pk, another.uid, another.values, another.folded = (
            None,
            uuid4(),
            values,
            f" {name.lower()}",
        )
        another.save(force_insert=True)
    values = dict(first.values)
    values["longitude"], values["latitude"] = degrees(50, 200)
    Entry.objects.filter(pk=first.pk).update(values=values)
    return held


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def page(table: Table, name: str, **where: object) -> str:
    return reverse(name, kwargs={"slug": table.slug, **where})


def words(client: Client, address: str, *, status: int = 200) -> str:
    told = client.get(address)
    assert told.status_code == status, address
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", told.content.decode())).split())


def ask(table: Table, client: Client, **more: object) -> Study:
    answer = client.post(page(table, "space_study_siting"), {**ASKED, **more})
    assert answer.status_code == 302, re.findall("<main.*", answer.content.decode(), re.S)[0][:1500]
    return Study.objects.latest("pk")


def answered(row: Study) -> Study:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    row.refresh_from_db()
    return row


def test_a_study_is_asked_waits_and_is_answered_in_people(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    row = ask(table, ana, hubs=[made.hub])
    waiting = words(ana, page(table, "space_study", number=row.pk))
    assert "It waits for its turn" in waiting and "Stop this study" in waiting
    row = answered(row)
    assert row.state == "done", row.fault
    told = words(ana, page(table, "space_study", number=row.pk))
    assert "With one more hub," in told
    assert "Église: 413 people of 1,000 reach a hub within 5 minutes (+163 people)." in told
    assert "Still left out, more than 5 minutes on foot away: 587 people (0 to 1,000)." in told
    assert "Le Moulin 5 250 413 0 to 1,000 +163 587" in told
    assert "1 place was not counted" in told


def test_asked_again_it_is_answered_the_same_to_the_last_digit(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    first = answered(ask(table, ana, hubs=[made.hub]))
    answer = ana.post(
        page(table, "space_study", number=first.pk), {"do": "again", "number": first.pk}
    )
    second = Study.objects.latest("pk")
    assert answer.status_code == 302 and answered(second).digest == first.digest != ""
    assert f"Asked again, it was answered the same: study {second.pk}" in words(ana, page(table, "space_study", number=first.pk))  # fmt: skip
    third = answered(ask(table, ana, hubs=[made.hub], limit=10))
    assert third.digest != first.digest
    told = words(ana, page(table, "space_studies_compared") + f"?n={first.pk}&n={third.pk}")
    assert "People who reach a hub within 5 minutes" in told and "side by side" in told
    alone = words(ana, page(table, "space_studies_compared") + f"?n={first.pk}")
    assert "Check two to 4 answered studies" in alone


def test_a_place_that_says_no_leads_to_another_question(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    row = answered(ask(table, ana, hubs=[made.hub]))
    chosen = row.result["refused"][0]
    assert chosen["name"] == "Église" and chosen["sites"] == ["Bibliothèque"]
    link = page(table, "space_study_siting") + f"?from={row.pk}&refuse={chosen['number']}"
    assert f'<option value="{chosen["number"]}" selected>' in ana.get(link).content.decode()
    other = answered(ask(table, ana, hubs=[made.hub], refused=[chosen["number"]]))
    assert [one["name"] for one in other.result["sites"] if one["kind"] == "new"] == [
        "Bibliothèque"
    ]
    assert other.result["objective"] == chosen["objective"]
    held = answered(ask(table, ana, hubs=[made.hub], held=[chosen["number"]], goal="p_center"))
    assert "Église" in [one["name"] for one in held.result["sites"]]


@pytest.mark.parametrize(
    ("goal", "more"),
    [
        ("p_median", {}), ("p_center", {}), ("set_cover", {}), ("backup_cover", {}), ("kolm_pollak", {}),
        ("min_regret", {}), ("capacitated_cover", {"seats": 100}), ("budget", {"budget": 500, "price": 250}),
    ],
)  # fmt: skip
def test_each_goal_is_answered_with_proof_and_read(
    table: Table, made: Made, goal: str, more: dict[str, object]
) -> None:
    ana = signed_in(table.coordinator)
    row = answered(ask(table, ana, goal=goal, hubs=[made.hub], **more))
    assert row.state == "done", row.fault
    assert row.result["proven"] and row.result["gap"] == 0.0
    told = words(ana, page(table, "space_study", number=row.pk))
    assert "Proven: no other choice of these places does better for this goal." in told
    assert "Radeau" in told


def test_a_study_is_stopped_before_it_runs_and_while_it_runs(
    table: Table, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = signed_in(table.coordinator)
    row = ask(table, ana)
    ana.post(page(table, "space_study", number=row.pk), {"do": "stop", "number": row.pk})
    assert answered(row).state == "stopped" and row.result is None

    monkeypatch.setattr(jobs, "BREATH_S", 0.0)

    def stopped_on_the_way(begun: object, ground: object, breath: jobs.Breath) -> dict[str, object]:
        assert breath.go_on()
        ana.post(
            page(table, "space_study", number=breath.number),
            {"do": "stop", "number": breath.number},
        )
        assert not breath.go_on()
        return {}

    monkeypatch.setitem(jobs.ANSWERS, "siting", stopped_on_the_way)
    assert answered(ask(table, ana)).state == "stopped"


def test_what_breaks_is_told_and_the_question_is_kept(
    table: Table, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = signed_in(table.coordinator)

    def broken(begun: object, ground: object, breath: object) -> dict[str, object]:
        raise ZeroDivisionError

    monkeypatch.setitem(jobs.ANSWERS, "siting", broken)
    row = answered(ask(table, ana))
    assert row.state == "failed"
    told = words(ana, page(table, "space_study", number=row.pk))
    assert "The study stopped on a fault of the programme" in told and "Ask the same again" in told


def test_a_study_whose_process_is_gone_says_so(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    row = ask(table, ana)
    Study.objects.filter(pk=row.pk).update(
        state="running", beat=timezone.now() - LOST_AFTER - timedelta(seconds=1)
    )
    told = words(ana, page(table, "space_study", number=row.pk))
    assert "was interrupted" in told and "Nothing is lost of the question; ask it again." in told


def test_the_place_of_a_hub_that_counts_is_no_second_hub(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    row = answered(ask(table, ana, hubs=[made.hub], goal="backup_cover", limit=15))
    assert made.place not in [one["number"] for one in row.asked["sites"]]
    new = [one["number"] for one in row.result["sites"] if one["kind"] == "new"]
    assert new and made.place not in new
    alone = answered(ask(table, ana, search="Radeau", hubs=[made.hub], held=[], goal="backup_cover"))  # fmt: skip
    assert alone.fault["code"] == "study_far"
    both = ana.post(page(table, "space_study_siting"), {**ASKED, "hubs": [made.hub], "held": [made.place]})  # fmt: skip
    assert both.status_code == 400
    assert "A hub that counts already stands at one of these places." in both.content.decode()
    # A hub that does not count leaves its place to be chosen.
    free = ask(table, ana, hubs=[], held=[made.place])
    assert [one["held"] for one in free.asked["sites"] if one["number"] == made.place] == ["forced"]


def test_an_answer_that_json_cannot_hold_is_a_fault_and_not_lost(
    table: Table, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jobs.ANSWERS, "siting", lambda *_: {"objective": float("nan")})
    row = answered(ask(table, signed_in(table.coordinator)))
    assert row.state == "failed" and row.fault["code"] == "study_broke"


def test_studies_that_were_lost_keep_nobody_waiting(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    for _ in range(5):
        ask(table, ana)
    long_ago = timezone.now() - LOST_AFTER - timedelta(seconds=1)
    Study.objects.update(state="running", beat=long_ago)
    assert ask(table, ana).state == "waiting"
    Study.objects.update(state="running", beat=timezone.now())
    assert ana.post(page(table, "space_study_siting"), ASKED).status_code == 400


def test_a_number_of_ten_thousand_digits_is_no_place(table: Table, made: Made) -> None:
    long = {**ASKED, "held": ["9" * 10_000]}
    answer = signed_in(table.coordinator).post(page(table, "space_study_siting"), long)
    assert answer.status_code == 400


def test_bad_questions_are_refused_where_they_stand(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    cases: list[tuple[dict[str, object], str]] = [
        ({"n_open": ""}, "This goal needs a number here."),
        ({"goal": "budget"}, "This goal needs a number here."),
        ({"goal": "nonsense"}, "nonsense"),
        (
            {"held": [made.place], "refused": [made.place]},
            "A place cannot be both held and refused.",
        ),
        ({"search": "zzzz"}, "0 possible places: at least one is needed"),
        ({"goal": "capacitated_cover", "hubs": []}, "This goal counts seats"),
    ]
    for more, said in cases:
        answer = ana.post(page(table, "space_study_siting"), {**ASKED, **more})
        assert answer.status_code == 400 and said in unescape(answer.content.decode()), more
    assert not Study.objects.exists()


def test_what_cannot_be_done_is_told_with_what_to_do(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    cases: list[tuple[dict[str, object], str]] = [
        ({"n_open": 9}, "siting_too_many"), ({"search": "Radeau"}, "study_far"),
        ({"goal": "budget", "budget": 10, "price": 250}, "siting_budget_buys_nothing"),
    ]  # fmt: skip
    for more, code in cases:
        row = answered(ask(table, ana, **more))
        assert row.state == "failed" and row.fault["code"] == code
        assert words(ana, page(table, "space_study", number=row.pk)).count("—") < 3
    served._door.now = (
        None if served._door.now is None else Served(town(), Atlas(town()), (0, 0), Shelf())
    )
    assert answered(ask(table, ana)).fault["code"] == "study_no_streets"


def test_asked_otherwise_the_same_hubs_count_and_prices_stay(table: Table, made: Made) -> None:
    """What the answers of two studies differ by is what somebody changed."""
    ana = signed_in(table.coordinator)
    alone = ask(table, ana, goal="budget", budget=500, price=250, hubs=[])
    form = ana.get(page(table, "space_study_siting") + f"?from={alone.pk}").content.decode()
    assert re.search(r'name="price" value="250(\.0)?"', form)
    box = rf'<input type="checkbox" name="hubs" value="{made.hub}"[^>]*checked'
    assert not re.search(box, form)
    beside = ask(table, ana, hubs=[made.hub])
    assert re.search(box, ana.get(page(table, "space_study_siting") + f"?from={beside.pk}").content.decode())  # fmt: skip


def test_a_place_of_the_same_name_is_told_instead(table: Table, made: Made) -> None:
    for one in Entry.objects.filter(values__name__in=["Bibliothèque", "Église"]):
        Entry.objects.filter(pk=one.pk).update(values={**one.values, "name": "Chalet du parc"})
    ana = signed_in(table.coordinator)
    row = answered(ask(table, ana, hubs=[made.hub]))
    told = words(ana, page(table, "space_study", number=row.pk))
    assert "Chalet du parc Chalet du parc 350 people" in told


def test_the_report_tells_what_each_walker_loses_and_what_was_not_counted(
    table: Table, made: Made
) -> None:
    ana = signed_in(table.coordinator)
    row = answered(ask(table, ana, goal="min_regret", hubs=[made.hub]))
    file = ana.get(page(table, "space_study_report", number=row.pk, ending="docx")).content
    text = zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()
    assert "What each kind of walker loses" in text and "minutes, all people added up" in text
    assert "1 place was not counted" in text and "Radeau" in text


@pytest.mark.parametrize("goal", ["p_median", "min_regret"])
def test_more_than_a_computer_holds_is_told_in_the_words_of_a_study(
    table: Table, made: Made, monkeypatch: pytest.MonkeyPatch, goal: str
) -> None:
    ana = signed_in(table.coordinator)
    fits = answered(ask(table, ana, goal=goal))
    n_stretches = 160  # 4,000 m of streets, 25 m each
    each = 4 if goal == "min_regret" else 1
    monkeypatch.setattr(siting, "MOST_CELLS", 3 * n_stretches * each - 1)
    monkeypatch.setattr(siting, "SORTED", 1)
    row = answered(ask(table, ana, goal=goal))
    assert fits.state == "done" and row.fault == {
        "code": "study_too_large",
        "facts": {"value": 3, "expected": 2},
    }
    told = words(ana, page(table, "space_study", number=row.pk))
    assert "3 places and hubs" in told and "2 at most here" in told


def test_only_so_many_wait_and_a_reader_asks_nothing(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    for _ in range(5):
        ask(table, ana)
    full = ana.post(page(table, "space_study_siting"), {**ASKED})
    assert (
        full.status_code == 400
        and "5 studies of this workspace already wait" in full.content.decode()
    )
    for who in (table.former, table.stranger):
        for name in ("space_studies", "space_study_siting"):
            assert signed_in(who).get(page(table, name)).status_code == 404
    row = Study.objects.latest("pk")
    elsewhere = reverse("space_study", kwargs={"slug": table.other, "number": row.pk})
    assert signed_in(table.stranger).get(elsewhere).status_code == 404


def test_the_files_hold_all_that_the_answer_follows_from(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    row = ask(table, ana, hubs=[made.hub])
    assert (
        ana.get(page(table, "space_study_report", number=row.pk, ending="pdf")).status_code == 404
    )
    answered(row)
    kept = json.loads(ana.get(page(table, "space_study_json", number=row.pk)).content)
    assert kept["digest"] == row.digest == digest_of(kept["result"])
    assert kept["asked"] == row.asked and kept["pack"] and kept["method"] and kept["seed"] == 1
    for ending, begins in (("pdf", b"%PDF-"), ("docx", b"PK")):
        file = ana.get(page(table, "space_study_report", number=row.pk, ending=ending))
        assert file.status_code == 200 and file.content.startswith(begins)
    assert (
        ana.get(page(table, "space_study_report", number=row.pk, ending="exe")).status_code == 404
    )


def test_nobody_of_another_workspace_takes_a_study_away(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    row = answered(ask(table, ana, hubs=[made.hub]))
    called = {
        "space_study": {}, "space_study_json": {}, "space_study_report": {"ending": "pdf"},
    }  # fmt: skip
    for name, more in called.items():
        here = page(table, name, number=row.pk, **more)
        there = reverse(name, kwargs={"slug": table.other, "number": row.pk, **more})
        assert ana.get(here).status_code == 200
        assert signed_in(table.former).get(here).status_code == 404
        assert signed_in(table.stranger).get(here).status_code == 404
        # Not through a workspace of one's own either.
        assert signed_in(table.stranger).get(there).status_code == 404
        assert Client().get(here).status_code in (302, 403)
    for name in ("space_studies_compared", "space_study_siting"):
        asked = f"?n={row.pk}&from={row.pk}"
        there = reverse(name, kwargs={"slug": table.other}) + asked
        assert signed_in(table.stranger).get(there).status_code == 404
    for do in ("again", "drop", "call"):
        told = {"do": do, "number": row.pk, "title": "À moi"}
        there = reverse("space_study", kwargs={"slug": table.other, "number": row.pk})
        assert signed_in(table.stranger).post(there, told).status_code == 404
    row.refresh_from_db()
    assert Study.objects.count() == 1 and row.title != "À moi"


def test_a_study_taken_away_while_it_runs_ends(
    table: Table, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "BREATH_S", 0.0)
    asked_more = []

    def taken_away(begun: object, ground: object, breath: jobs.Breath) -> dict[str, object]:
        Study.objects.filter(pk=breath.number).delete()
        asked_more.append(breath.go_on())
        return {}

    monkeypatch.setitem(jobs.ANSWERS, "siting", taken_away)
    row = ask(table, signed_in(table.coordinator))
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert asked_more == [False] and not Study.objects.filter(pk=row.pk).exists()


def test_a_second_process_does_not_answer_what_another_began(table: Table, made: Made) -> None:
    row = ask(table, signed_in(table.coordinator))
    first = running.begin(row.pk, now=timezone.now(), method="one")
    assert first is not None and first.number == row.pk
    assert running.begin(row.pk, now=timezone.now(), method="another") is None
    jobs.work.func(row.pk)
    row.refresh_from_db()
    assert row.method == "one" and row.state == "running" and row.result is None


def test_drawings_are_written_in_numbers_that_a_browser_reads_in_french_too(
    table: Table, made: Made
) -> None:
    ana = signed_in(table.coordinator)
    row = answered(ask(table, ana, hubs=[made.hub]))
    with translation.override("fr"):
        here = page(table, "space_study", number=row.pk)
    told = ana.get(here).content.decode()
    widths = re.findall(r'stroke-width="([^"]*)"', told)
    assert len(widths) > 5 and [one for one in widths if "," in one] == []


def test_the_history_tells_who_asked_renamed_and_took_away(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    row = answered(ask(table, ana))
    here = page(table, "space_study", number=row.pk)
    ana.post(here, {"do": "call", "title": "Notre étude"})
    assert "Notre étude" in words(ana, here)
    ana.post(here, {"do": "drop", "number": row.pk})
    assert words(ana, page(table, "space_studies")).count("Notre étude") == 0
    verbs = (
        HistoryRow.objects.filter(what="hubs.study").order_by("pk").values_list("verb", "by_name")
    )
    assert [one[1] for one in verbs] == ["Ana"] * 3


def test_whoever_answers_says_so_while_a_solver_does_not_breathe(
    table: Table, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[int] = []
    monkeypatch.setattr(jobs, "BEAT_S", 0.001)
    monkeypatch.setattr(jobs.running, "beat", lambda number, now: heard.append(number))
    with jobs.beating(7):
        while not heard:
            pass
    assert set(heard) == {7}
