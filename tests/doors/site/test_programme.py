"""The pages of the path: who reaches them, what their forms do, what another workspace is shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone, translation
from django.utils.timezone import localdate
from tests.support.table import QUICK, Table, joined, person, table_and_around

from courtepointe.engagement.programme.actions import (
    add_news,
    begin_run,
    close_run,
    keep_record,
    move_stage,
)
from courtepointe.engagement.programme.queries import (
    card_of,
    cards_of,
    news_of,
    record_of,
    records_of,
    run_of,
)
from courtepointe.engagement.programme.values import (
    Achievement,
    Communication,
    Finding,
    Phase,
    Question,
    Risk,
    Transfer,
)
from courtepointe.people.actions import answer_agreement, offer_agreement, open_workspace
from courtepointe.people.actions.workspaces import Described
from courtepointe.people.models import Account, SharingAgreement, Workspace
from courtepointe.people.values import Person

LISTS = ("", "due/", "chronology/", "communications/", "transfers/", "evaluation/", "risks/", "achievements/", "sectors/")  # fmt: skip


@pytest.fixture(autouse=True)
def _the_language_is_given_back() -> Iterator[None]:
    """Leave no English behind: tests that draw no request read the site's own language."""
    yield
    translation.deactivate()


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def agent(table: Table) -> Person:
    who = person("Eli")
    joined(table.slug, table.coordinator, who, "agent")
    return who


@pytest.fixture
def run(table: Table, agent: Person) -> int:
    today = localdate()
    return begin_run(table.slug, name="Parcours du secteur", starts=today - timedelta(days=200), ends=today + timedelta(days=400), by=agent, now=timezone.now())  # fmt: skip


def signed(who: Person) -> Client:
    """Give a browser in which somebody signed in, with a second factor."""
    client = Client(HTTP_HOST="localhost")
    account = Account.objects.get(pk=who.id)
    client.force_login(account)
    Authenticator.objects.get_or_create(user=account, type="totp", data={"secret": "x"})
    return client


def at(table: Table, rest: str = "", *, slug: str = "") -> str:
    return f"/en/space/{slug or table.slug}/path/{rest}"


def page(who: Person, address: str) -> str:
    answer = signed(who).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def full(table: Table, agent: Person) -> dict[str, int]:
    """Keep one record of each kind; give their numbers."""
    today, now = localdate(), timezone.now()
    question = Question(0, "Qui manque ?", "le comité", "changer de canaux", "interviews", today, "", "asked")  # fmt: skip
    told = {
        "communication": Communication(0, "exposed", "Où aller quand il fait chaud", "poster", ("fr", "es"), today, "agent", "planned", None, ""),
        "transfer": Transfer(0, "L’atelier de carte", "Rosemont", "workshop", today, "idea", "", "commencer par la rue"),
        "risk": Risk(0, "L’hôte se retire", "possible", "serious", "un second lieu", "", today - timedelta(days=3), "watched"),
        "achievement": Achievement(0, "Première fête", "Une rue entière.", today, 3, 12, 4, "shared", "Un repas.", today),
    }  # fmt: skip
    kept = {kind: keep_record(table.slug, one, by=agent, now=now) for kind, one in told.items()}
    kept["question"] = keep_record(table.slug, question, by=agent, now=now)
    finding = Finding(0, kept["question"], "Les locataires récents", "several", "aller au marché", "noted", today)  # fmt: skip
    kept["finding"] = keep_record(table.slug, finding, by=agent, now=now)
    return kept


def test_before_the_first_run_every_page_says_what_it_will_hold(
    table: Table, agent: Person
) -> None:
    for rest in LISTS[:-1]:
        assert "No run of the programme has begun here" in page(table.member, at(table, rest))
        assert "Begin a run" in page(agent, at(table, rest))
        assert "Begin a run" not in page(table.member, at(table, rest))
    assert "No sector shows us its path yet" in page(agent, at(table, "sectors/"))
    assert signed(agent).get(at(table, "chronology.csv")).status_code == 404


def test_the_first_step_is_offered_and_taken(table: Table, agent: Person) -> None:
    told = {"do": "begin", "name": "Parcours", "starts": "2026-01-01", "ends": "2027-12-31", "usual_dates": "on"}  # fmt: skip
    assert signed(agent).post(at(table), {**told, "ends": "2025-01-01"}).status_code == 400
    assert run_of(table.id) is None
    refused = signed(table.member).post(at(table), told)
    assert refused.status_code == 403 and "roles" in refused.content.decode()
    assert signed(agent).post(at(table), told).status_code == 302
    run = run_of(table.id)
    assert run and run.name == "Parcours" and len(records_of(Phase, run.number)) == 7
    shown = page(table.member, at(table))
    assert "Diagnosis of the territory" in shown and "0 of 6 stages done" in shown
    assert "Add a stage of our own" not in shown, "a member reads"


def test_members_read_and_the_others_are_not_told_that_it_is(
    table: Table, run: int, agent: Person
) -> None:
    kept = full(table, agent)
    stage = cards_of(run)[0].number
    pages = [*LISTS, f"stages/{stage}/", f"achievements/{kept['achievement']}/sheet/", "chronology.csv", "communications.xlsx"]  # fmt: skip
    for rest in pages:
        for who in (table.member, table.coordinator, agent):
            assert signed(who).get(at(table, rest)).status_code == 200, rest
        for who in (table.former, table.stranger):
            assert signed(who).get(at(table, rest)).status_code == 404, rest
        assert Client(HTTP_HOST="localhost").get(at(table, rest)).status_code == 302
    for kind, number in kept.items():
        rest = f"{'evaluation' if kind == 'question' else kind + 's'}/{number}/"
        assert signed(agent).get(at(table, rest)).status_code == 200, rest
        assert signed(table.member).get(at(table, rest)).status_code == 403, rest
        for who in (table.former, table.stranger):
            assert signed(who).get(at(table, rest)).status_code == 404, rest


def test_another_workspace_reaches_nothing_by_its_numbers(
    table: Table, run: int, agent: Person
) -> None:
    kept = full(table, agent)
    stage = cards_of(run)[0].number
    begin_run(table.other, name="Leur parcours", starts=date(2026, 1, 1), ends=date(2027, 1, 1), by=table.stranger, now=timezone.now())  # fmt: skip
    browser = signed(table.stranger)
    rests = [f"stages/{stage}/", f"?run={run}", f"achievements/{kept['achievement']}/sheet/"]
    rests += [f"{'evaluation' if kind == 'question' else kind + 's'}/{n}/" for kind, n in kept.items()]  # fmt: skip
    for rest in rests:
        answer = browser.get(at(table, rest, slug=table.other))
        assert answer.status_code == 404, rest
        assert "Parcours du secteur" not in answer.content.decode()
    answer = browser.post(at(table, f"stages/{stage}/move/", slug=table.other), {"state": "done"})
    assert answer.status_code == 404 and card_of(table.id, stage)[1].state == "todo"  # type: ignore[index]


def test_a_stage_moves_by_a_button_and_is_written_on_its_page(
    table: Table, run: int, agent: Person
) -> None:
    stage = cards_of(run)[0].number
    browser, here = signed(agent), at(table, f"stages/{stage}/")
    moved = browser.post(f"{here}move/", {"state": "doing", "from": "board"})
    assert moved.headers["Location"] == f"{at(table)}#stage-{stage}"
    assert signed(table.member).post(f"{here}move/", {"state": "done"}).status_code == 403
    assert browser.post(here, {"do": "aside", "why": ""}).status_code == 400
    assert browser.post(here, {"do": "news", "on": "2999-01-01", "text": "x"}).status_code == 400
    today = localdate().isoformat()
    note = {"do": "news", "on": today, "text": "<b>Douze</b> rencontres"}
    assert signed(table.member).post(here, note).status_code == 302
    assert [one.text for one in news_of(run, card=stage)] == ["<b>Douze</b> rencontres"]
    assert "&lt;b&gt;Douze&lt;/b&gt;" in page(table.member, here)
    change = {"do": "change", "due": "", "carrier": "agent", "began": today, "done_on": "", "evidence": "javascript:alert(1)"}  # fmt: skip
    assert browser.post(here, change).status_code == 302
    shown = page(table.member, here)
    assert "javascript:alert(1)" in shown and 'href="javascript' not in shown
    assert browser.post(here, {"do": "aside", "why": "la Table s’en charge"}).status_code == 302
    assert "la Table s’en charge" in page(table.member, at(table))


def test_notes_older_than_the_newest_fifty_have_a_page(
    table: Table, run: int, agent: Person
) -> None:
    stage, other = (one.number for one in cards_of(run)[:2])
    for n in range(120):
        card = other if n % 40 == 7 else stage if n % 2 else None
        add_news(table.slug, card=card, on=localdate() - timedelta(days=n // 3), text=f"Note {n:03}.", by=agent, now=timezone.now())  # fmt: skip
    for begun, expected in ((at(table, "chronology/"), 120), (at(table, f"stages/{stage}/"), 57)):
        met: list[str] = []
        address: str | None = begun
        while address:
            shown = page(table.member, address)
            met += re.findall(r"Note \d{3}", shown)
            found = re.search(r'href="(\?before=\d+)#news" rel="next"', shown)
            assert ("The newest notes" in shown) is (address != begun)
            address = found and begun + found[1]
        assert len(met) == len(set(met)) == expected, "each once, none left out"
        days = [int(one[5:]) // 3 for one in met]
        assert days == sorted(days), "the newest first"
    assert signed(table.member).get(at(table, "chronology/?before=999999")).status_code == 404


def test_a_stage_of_their_own_stands_on_the_board(table: Table, run: int, agent: Person) -> None:
    told = {"do": "own", "title": "Jardin partagé", "strand": "spaces", "asks": "", "due": ""}
    assert signed(agent).post(at(table), {**told, "title": " "}).status_code == 400
    assert signed(agent).post(at(table), told).status_code == 302
    shown = page(table.member, at(table))
    assert "Jardin partagé" in shown and "and 1 stage of its own" in shown


@pytest.mark.parametrize(
    ("rest", "record", "values"),
    [
        ("communications/", Communication, {"message": "Ouvert dès 8 h", "audience": "residents", "channel": "poster", "languages": ["fr", "ar"], "state": "planned"}),
        ("transfers/", Transfer, {"what": "La carte", "to_whom": "Rosemont", "way": "visit", "state": "idea"}),
        ("evaluation/", Question, {"text": "Qui manque ?", "users": "le comité", "use": "les canaux", "method": "survey", "state": "asked"}),
        ("risks/", Risk, {"text": "Un départ", "chance": "likely", "weight": "serious", "state": "watched"}),
        ("achievements/", Achievement, {"title": "Une fête", "on": "2026-06-01", "visibility": "shared", "volunteers": "3"}),
    ],
)  # fmt: skip
def test_each_list_takes_its_records(
    table: Table, run: int, agent: Person, rest: str, record: Any, values: dict[str, Any]
) -> None:
    words = next(iter(values.values()))
    for who, status in ((table.member, 403), (table.former, 404)):
        answer = signed(who).post(at(table, rest), {"do": "add", **values})
        assert answer.status_code == status and not records_of(record, run)
    missing = {**values, next(iter(values)): ""}
    answer = signed(agent).post(at(table, rest), {"do": "add", **missing})
    assert answer.status_code == 400 and not records_of(record, run)
    assert signed(agent).post(at(table, rest), {"do": "add", **values}).status_code == 302
    assert len(records_of(record, run)) == 1
    assert words in page(table.member, at(table, rest))


def test_a_record_is_corrected_and_removed_and_a_question_takes_findings(
    table: Table, run: int, agent: Person
) -> None:
    kept, browser = full(table, agent), signed(agent)
    here = at(table, f"risks/{kept['risk']}/")
    told = {"do": "change", "text": "Deux départs", "chance": "likely", "weight": "grave", "state": "happened", "response": "", "carrier": "", "review_on": ""}  # fmt: skip
    assert browser.post(here, told).status_code == 302
    assert record_of("risk", table.id, kept["risk"])[1].text == "Deux départs"  # type: ignore[index, union-attr]
    assert browser.post(here, {"do": "remove", "why": "passé"}).status_code == 302
    assert record_of("risk", table.id, kept["risk"]) is None
    question = at(table, f"evaluation/{kept['question']}/")
    finding = {"do": "finding", "text": "On manque le soir", "strength": "one", "state": "noted", "on": "2026-06-01", "changes": ""}  # fmt: skip
    assert browser.post(question, finding).status_code == 302
    assert "On manque le soir" in page(table.member, at(table, "evaluation/"))
    refused = browser.post(question, {"do": "remove", "why": ""})
    assert refused.status_code == 400 and "findings" in refused.content.decode()


def test_a_usual_phase_keeps_its_two_languages_until_it_is_renamed(
    table: Table, run: int, agent: Person
) -> None:
    phase = records_of(Phase, run)[0]
    here = at(table, f"phases/{phase.number}/")
    told = {"do": "change", "title": "Settle in and be known", "starts": phase.starts, "ends": phase.ends, "began": phase.starts, "ended": "", "note": ""}  # fmt: skip
    assert signed(agent).post(here, told).status_code == 302
    assert records_of(Phase, run)[0].title == ""
    assert "S’installer et se présenter" in page(table.member, f"/fr/espace/{table.slug}/parcours/chronologie/")  # fmt: skip
    assert signed(agent).post(here, {**told, "title": "Arriver"}).status_code == 302
    assert "Arriver" in page(table.member, at(table, "chronology/"))


def test_what_is_due_and_silent_is_said(table: Table, run: int, agent: Person) -> None:
    full(table, agent)
    stage = cards_of(run)[0].number
    begun = timezone.now() - timedelta(days=90)
    move_stage(table.slug, stage, state="doing", by=agent, now=begun)
    days = (localdate() - localdate(begun)).days
    shown = page(table.member, at(table, "due/"))
    assert "Où aller quand il fait chaud" in shown and f"No news for {days} days." in shown
    assert shown.index("L’hôte se retire") < shown.index(">Today") < shown.index("Où aller quand")
    close_run(table.slug, on=localdate(), by=agent, now=timezone.now())
    assert "No news for" not in page(table.member, at(table, "due/"))


def test_the_chronology_is_drawn_said_and_taken_away(table: Table, run: int, agent: Person) -> None:
    full(table, agent)
    shown = page(table.member, at(table, "chronology/"))
    assert shown.count('<svg class="timeline') == 2 and shown.count('class="planned"') == 14
    french = page(table.member, f"/fr/espace/{table.slug}/parcours/chronologie/")
    assert f">janvier {localdate().year + 1}<" in french
    assert "not begun, 200 days after its planned start" in shown
    answer = signed(table.member).get(at(table, "chronology.csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 7 + 30 + 1 and rows[-1]["Title"] == "Première fête"


def test_each_label_leads_to_its_own_field(table: Table, run: int, agent: Person) -> None:
    numbers = full(table, agent)
    pages = [*LISTS, f"stages/{cards_of(run)[0].number}/", f"evaluation/{numbers['question']}/"]
    for rest in pages:
        told = page(agent, at(table, rest))
        ids = re.findall(r'\sid="([^"]+)"', told)
        assert len(ids) == len(set(ids)), (rest, [one for one in ids if ids.count(one) > 1])
        assert set(re.findall(r'<label for="([^"]+)"', told)) <= set(ids), rest


def test_a_closed_run_is_read_under_its_number(table: Table, run: int, agent: Person) -> None:
    close_run(table.slug, on=localdate(), by=agent, now=timezone.now())
    assert "is read, and no longer written" in page(agent, at(table))
    assert "Add a stage of our own" not in page(agent, at(table))
    begin_run(table.slug, name="Suite", starts=date(2026, 1, 1), ends=date(2027, 1, 1), by=agent, now=timezone.now())  # fmt: skip
    assert "<h1>Suite</h1>" in page(table.member, at(table))
    assert "<h1>Parcours du secteur</h1>" in page(table.member, at(table, f"?run={run}"))
    for wrong in ("0", "x", "9" * 30):
        assert signed(table.member).get(at(table, f"?run={wrong}")).status_code == 404


def shared(table: Table) -> int:
    today = localdate()
    now = timezone.now()
    number = offer_agreement(table.slug, receiver=table.other, what="programme", purpose="pilotage", since=today, until=today + timedelta(days=90), by=table.coordinator, now=now)  # fmt: skip
    answer_agreement(table.other, number, accepted=True, by=table.stranger, now=now)
    return number


def test_the_steering_committee_reads_what_is_shown_and_nothing_else(
    table: Table, run: int, agent: Person
) -> None:
    full(table, agent)
    steering = at(table, "sectors/", slug=table.other)
    assert "Vieux-Moulin" not in page(table.stranger, steering)
    number = shared(table)
    shown = page(table.stranger, steering)
    assert "Vieux-Moulin" in shown and "0 of 6" in shown and "Première fête" in shown
    assert "fewer than five residents" in shown and "12 volunteers" in shown
    sector = page(table.stranger, f"{steering}{number}/")
    assert "Draw the territory and choose whom to hear" in sector and "0 of 6 stages done" in sector
    for secret in ("Où aller quand il fait chaud", "L’hôte se retire", "Qui manque", "Rosemont"):
        assert secret not in shown + sector
    for who in (table.coordinator, table.member, table.former, agent):
        assert signed(who).get(steering).status_code == 404
        assert signed(who).get(f"{steering}{number}/").status_code == 404
    assert signed(table.coordinator).get(at(table, f"sectors/{number}/")).status_code == 404
    redirected = signed(table.stranger).get(f"/en/space/{table.other}/sharing/{number}/")
    assert redirected.status_code == 302 and redirected.headers["Location"] == f"{steering}{number}/"  # fmt: skip


def test_an_agreement_on_something_else_shows_no_path(table: Table, run: int) -> None:
    number = shared(table)
    SharingAgreement.objects.filter(pk=number).update(what="directory")
    address = at(table, f"sectors/{number}/", slug=table.other)
    assert signed(table.stranger).get(address).status_code == 404


def test_sixty_sectors_are_read_in_as_many_queries_as_two(
    table: Table, run: int, django_assert_max_num_queries: Any
) -> None:
    now, today = timezone.now(), localdate()
    receiver = Workspace.objects.get(slug=table.other)
    for n in range(60):
        slug = open_workspace(Described(f"Secteur {n:02}", "sector"), by=None, now=now)
        home = Workspace.objects.get(slug=slug)
        home.memberships.create(account_id=table.coordinator.id, roles=["agent"], joined=now)
        begin_run(slug, name="Parcours", starts=today, ends=today + timedelta(days=300), by=table.coordinator, now=now)  # fmt: skip
        SharingAgreement.objects.create(owner=home, receiver=receiver, what="programme", purpose="x", since=today, until=today, state="accepted", offered_by_id=table.coordinator.id, offered=now)  # fmt: skip
    browser = signed(table.stranger)
    with django_assert_max_num_queries(16):
        answer = browser.get(at(table, "sectors/", slug=table.other))
    assert answer.content.decode().count('<th scope="row">') == 60


def test_the_board_is_read_in_few_queries(
    table: Table, run: int, django_assert_max_num_queries: Any
) -> None:
    browser = signed(table.member)
    with django_assert_max_num_queries(11):
        assert browser.get(at(table)).status_code == 200
    with django_assert_max_num_queries(15):
        assert browser.get(at(table, "due/")).status_code == 200
