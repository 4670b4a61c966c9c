"""The pages of plans: actions, priorities, suggestions, the plan and its files, the thread both ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from docx import Document
from tests.support.evidence_made import AGREED, brought, coded
from tests.support.hub_made import form
from tests.support.plan_made import (
    ACTION,
    PLAN,
    PRIORITY,
    RESULT,
    UNWRITTEN,
    Made,
    decided,
    make,
)
from tests.support.readings_made import written
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.people.actions import answer_agreement, offer_agreement
from courtepointe.plans.actions import actions, followed, grounds
from courtepointe.plans.actions.priorities import set_priority
from courtepointe.plans.models import Action, Effect, Priority, ResiliencePlan, Result
from courtepointe.portraits.evidence.models import Coding, Source
from courtepointe.portraits.readings.actions import write_reading
from courtepointe.press.numbers import date_text


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Made:
    return make(table)


def at(table: Table, name: str, lang: str = "en", **where: object) -> str:
    with translation.override(lang):
        return reverse(name, kwargs={"slug": table.slug, **where})


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def test_without_a_portrait_the_page_says_what_to_begin(table: Table) -> None:
    client = signed_in(table.coordinator)
    for name in ("space_plan", "space_priorities", "space_suggestions", "space_plans"):
        assert "begin a resilience portrait first" in words(client, at(table, name))


def test_an_action_is_written_listed_and_followed_on_its_pages(table: Table, made: Made) -> None:
    client = signed_in(table.coordinator)
    page = at(table, "space_plan")
    sent = {
        "do": "write", "statement": "Ouvrir la salle le soir", "place": "RES|RES.places", "bearer": "together",
        "horizon": "season", "due": "2027-01-15", "beside": "L’école prête les clés", "beside_by": "École du Quai",
    }  # fmt: skip
    answer = client.post(page, sent)
    number = Action.objects.get(statement="Ouvrir la salle le soir").pk
    one = at(table, "space_action", number=number)
    assert answer.headers["Location"] == one
    assert (client.post(page, sent).status_code, Action.objects.count()) == (400, 2)
    told = words(client, page)
    assert "Ouvrir la salle le soir" in told and "Nobody leads it yet." in told
    assert "École du Quai – L’école prête les clés" in told
    client.post(one, {"do": "move", "state": "active"})
    client.post(one, {"do": "expect", "words": "Soirs ouverts", "direction": "up"})
    client.post(one, {"do": "result", "text": "Douze soirs", "seen_on": "2026-05-01", "seen_by": "Direction"})  # fmt: skip
    told = words(client, one)
    assert "Soirs ouverts" in told and "Douze soirs" in told
    assert "No reading and no words are linked yet." in told
    effect, result = Effect.objects.get(words="Soirs ouverts"), Result.objects.get(text="Douze soirs")  # fmt: skip
    revised = {"do": "revise", "number": effect.pk, "words": "Soirs ouverts", "direction": "steady"}
    assert client.post(one, revised).status_code == 400
    client.post(one, {**revised, "why": "Le concierge part."})
    correction = {"do": "correct", "number": result.pk, "text": "Onze soirs", "seen_on": "2026-05-01", "seen_by": "Direction", "why": "Compté deux fois"}  # fmt: skip
    client.post(one, correction)
    told = words(client, one)
    assert "expected before" in told and "corrected: Compté deux fois" in told


def test_a_list_is_read_by_state(table: Table, made: Made) -> None:
    client, page = signed_in(table.member), at(table, "space_plan")
    assert ACTION.statement in words(client, f"{page}?state=active")
    assert "No action is in this state." in words(client, f"{page}?state=completed")
    assert client.get(f"{page}?portrait=999").status_code == 404
    assert "Write an action" not in words(client, page)


def test_a_priority_is_written_and_leads_to_its_actions(table: Table, made: Made) -> None:
    client, page = signed_in(table.coordinator), at(table, "space_priorities")
    sent = {"do": "set", "statement": "De l’ombre sur le chemin", "place": "RES|RES.nature", "why": "Canicules"}  # fmt: skip
    client.post(page, sent)
    assert (client.post(page, sent).status_code, Priority.objects.count()) == (400, 2)
    told = words(client, at(table, "space_priority", number=made.priority))
    assert ACTION.statement in told and PRIORITY.why in told
    client.post(page, {"do": "end", "number": made.priority})
    assert PRIORITY.statement not in words(client, page)
    assert "set aside on" in words(client, at(table, "space_priority", number=made.priority))


def test_a_suggestion_is_taken_up_as_an_idea_once(table: Table, made: Made) -> None:
    client = signed_in(table.coordinator)
    page = f"{at(table, 'space_suggestions')}?dimension=COM&read=absent"
    told = words(client, page)
    assert "Keep three boards at the hub" in told and "Wellington" in told
    assert "Form pairs who check in" not in told
    told = words(client, f"{at(table, 'space_suggestions')}?dimension=COM&part=COM.channels")
    assert "The whole dimension" in told and "Keep three boards at the hub" not in told
    answer = client.post(page, {"do": "take", "code": "COM_boards"})
    one = Action.objects.get(suggested="COM_boards")
    assert answer.headers["Location"] == at(table, "space_action", number=one.pk)
    assert (one.state, one.read, one.effects.count()) == ("idea", "absent", 1)
    assert client.post(page, {"do": "take", "code": "COM_boards"}).status_code == 400
    assert client.post(page, {"do": "take", "code": "nothing"}).status_code == 400


def test_what_others_did_is_told_and_taken_up_by_agreement(table: Table, made: Made) -> None:
    now, today = timezone.now(), timezone.localdate()
    agreed = offer_agreement(
        table.slug, receiver=table.other, what="resilience_actions", purpose="apprendre", since=today,
        until=today + timedelta(days=9), by=table.coordinator, now=now,
    )  # fmt: skip
    stranger = signed_in(table.stranger)
    with translation.override("en"):
        page = reverse("space_suggestions", kwargs={"slug": table.other})
        received = reverse("space_received", kwargs={"slug": table.other, "number": agreed})
    assert ACTION.statement not in words(stranger, page)
    answer_agreement(table.other, agreed, accepted=True, by=table.stranger, now=now)
    for told in (words(stranger, page), words(stranger, received)):
        assert ACTION.statement in told and RESULT.text in told
        assert "Coordination du réseau" not in told and "Deux soirées" not in told
    assert stranger.get(at(table, "space_action", number=made.action)).status_code == 404


def test_the_plan_is_written_adopted_by_a_decision_and_stays(table: Table, made: Made) -> None:
    client, page = signed_in(table.coordinator), at(table, "space_resilience_plan", number=made.plan)  # fmt: skip
    client.post(
        page, {"do": "write-follow", "told": "Chaque automne, en assemblée.", "after": UNWRITTEN}
    )
    assert "Chaque automne" in words(client, page)
    answer = client.post(page, {"do": "adopt", "decision": ""})
    assert answer.status_code == 400
    assert "A plan is adopted by a decision" in unescape(answer.content.decode())
    decision = decided(table)
    client.post(page, {"do": "adopt", "decision": decision})
    assert client.post(page, {"do": "adopt", "decision": decision}).status_code == 302
    told = words(client, page)
    assert "Adopted by decision 2026-1" in told and "Keep this section" not in told
    answer = client.post(page, {"do": "write-follow", "told": "Jamais."})
    late = unescape(answer.content.decode())
    assert answer.status_code == 400 and "Jamais." in late and "Keep this section" in late
    assert "Jamais." not in words(client, page)
    client.post(page, {"do": "enforce"})
    client.post(page, {"do": "follow"})
    assert ResiliencePlan.objects.get(comes_from=made.plan).version == 2
    assert "Version after" in words(client, page)


def test_the_plan_is_a_tagged_pdf_a_word_file_and_a_page_in_both_languages(
    table: Table, made: Made
) -> None:
    form(table)
    write_reading(table.slug, made.portrait, "REL", written(), by=table.coordinator, now=NOW)
    client = signed_in(table.member)
    for lang in ("fr", "en"):
        where = {"number": made.plan}
        pdf = client.get(at(table, "space_resilience_plan_file", lang, ending="pdf", **where))
        assert pdf.content.startswith(b"%PDF-") and b"/StructTreeRoot" in pdf.content
        page = client.get(at(table, "space_resilience_plan_file", lang, ending="html", **where))
        told = unescape(page.content.decode())
        assert f'lang="{lang}-CA"' in told
        for words_in in (PLAN.title, ACTION.statement, PRIORITY.statement, ACTION.beside, "Pôle Saint-Pierre", "Vieux-Moulin"):  # fmt: skip
            assert words_in in told, words_in
        docx = client.get(at(table, "space_resilience_plan_file", lang, ending="docx", **where))
        text = "\n".join(p.text for p in Document(BytesIO(docx.content)).paragraphs)
        assert PLAN.title in text
    refused = client.get(at(table, "space_resilience_plan_file", ending="xlsx", **where))
    assert refused.status_code == 404
    assert "is no form of document" in unescape(refused.content.decode())


def test_the_thread_is_walked_from_a_sentence_said_in_an_assembly_to_a_result_and_back(
    table: Table, made: Made
) -> None:
    keys = {"by": table.coordinator, "now": NOW}
    source = brought(table, made.portrait, kind="workshop", place="Salle du Quai")
    passage = Coding.objects.get(pk=coded(table, source, 2, "REL", "fragility")).passage_id
    reading = write_reading(table.slug, made.portrait, "REL", written(), **keys)
    grounds.ground(table.slug, "priority", made.priority, "reading", reading, **keys)
    hub = form(table)
    followed.link_action(table.slug, made.action, "hub", hub.hub, **keys)
    proof = brought(table, made.portrait, title="Photo du soir", place="Cour")
    shown = replace(RESULT, text="Vu par une source.", source=proof)
    result = followed.note_result(table.slug, made.action, shown, **keys)
    client = signed_in(table.member)
    down = words(client, at(table, "space_thread", kind="passage", number=passage))
    order = ["What came of it", "Les gens se connaissent", PRIORITY.statement, ACTION.statement, "Vu par une source.", "Cour"]  # fmt: skip
    places = [down.index(one, down.index("What came of it")) for one in order]
    assert places == sorted(places)
    assert "Pôle Saint-Pierre" in down and "Salle du Quai" in down
    up = words(client, at(table, "space_thread", kind="result", number=result))
    order = ["What it comes from", ACTION.statement, PRIORITY.statement, "Les gens se connaissent", "Personne ne nous a prévenus.", "Salle du Quai"]  # fmt: skip
    places = [up.index(one, up.index("What it comes from")) for one in order]
    assert places == sorted(places)
    day = Source.objects.get(pk=source).day
    month = date_text(f"{day:%Y-%m}", lang="en")
    grounds.ground(table.slug, "action", made.action, "passage", passage, **keys)
    for page in (down, words(client, at(table, "space_action", number=made.action))):
        assert month in page and date_text(day.isoformat(), lang="en") not in page


def test_the_thread_does_not_quote_whoever_did_not_agree(table: Table, made: Made) -> None:
    keys = {"by": table.coordinator, "now": NOW}
    source = brought(table, made.portrait, consent=replace(AGREED, may_quote=False))
    passage = Coding.objects.get(pk=coded(table, source, 2, "REL", "fragility")).passage_id
    grounds.ground(table.slug, "action", made.action, "passage", passage, **keys)
    client = signed_in(table.member)
    for address in (
        at(table, "space_thread", kind="action", number=made.action),
        at(table, "space_thread", kind="passage", number=passage),
        at(table, "space_action", number=made.action),
    ):
        told = words(client, address)
        assert "may not be quoted" in told and "prévenus" not in told


def test_a_thread_of_another_workspace_or_kind_begins_nowhere(table: Table, made: Made) -> None:
    client = signed_in(table.coordinator)
    for kind, number in (("action", 999), ("session", 1), ("nothing", 1)):
        assert client.get(at(table, "space_thread", kind=kind, number=number)).status_code == 404
    with translation.override("en"):
        other = reverse("space_thread", kwargs={"slug": table.other, "kind": "action", "number": made.action})  # fmt: skip
    assert signed_in(table.stranger).get(other).status_code == 404


def test_a_dimension_shows_its_priorities_and_actions(table: Table, made: Made) -> None:
    where = {"number": made.portrait}
    client = signed_in(table.member)
    told = words(client, at(table, "space_resilience_dimension", code="REL", **where))
    assert PRIORITY.statement in told and ACTION.statement in told
    told = words(client, at(table, "space_resilience_dimension", code="COM", **where))
    assert "No action answers this dimension yet." in told


def test_where_an_action_comes_from_is_said_and_taken_back(table: Table, made: Made) -> None:
    keys = {"by": table.coordinator, "now": NOW}
    reading = write_reading(table.slug, made.portrait, "REL", written(), **keys)
    number = actions.write_action(table.slug, made.portrait, replace(ACTION, statement="Seule"), **keys)  # fmt: skip
    client, page = signed_in(table.coordinator), at(table, "space_action", number=number)
    assert "linked yet" in words(client, page)
    client.post(page, {"do": "ground", "what": f"reading:{reading}"})
    assert client.post(page, {"do": "ground", "what": f"reading:{reading}"}).status_code == 400
    told = words(client, page)
    assert "Follow the thread from here" in told
    one = Action.objects.get(pk=number).grounds.get()
    client.post(page, {"do": "unground", "number": one.pk})
    assert "No reading and no words are linked yet." in words(client, page)


def test_a_plan_leads_to_what_is_to_be_settled_and_to_the_forms_of_its_sections(
    table: Table, made: Made
) -> None:
    keys: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    alone = set_priority(
        table.slug, made.portrait, replace(PRIORITY, statement="De l’ombre"), **keys
    )
    bare = actions.write_action(
        table.slug, made.portrait, replace(ACTION, statement="Planter", due=None), **keys
    )
    actions.move_action(table.slug, bare, "active", **keys)
    page = at(table, "space_resilience_plan", number=made.plan)
    told = words(signed_in(table.coordinator), page)
    assert f'href="{at(table, "space_priority", number=alone)}">De l’ombre</a> –' in told
    assert f'href="{at(table, "space_action", number=bare)}">Planter</a> –' in told
    assert 'href="#write-territory">Write “The territory and its strengths”' in told
    assert 'id="write-territory"' in told
    assert "#write-territory" not in words(signed_in(table.member), page)


def test_words_too_long_are_refused_and_kept_on_the_page(table: Table, made: Made) -> None:
    client = signed_in(table.coordinator)
    title = "Œuvre – l’été ᐃ " * 20
    answer = client.post(
        at(table, "space_resilience_plan", number=made.plan), {"do": "describe", "title": title}
    )
    assert answer.status_code == 400 and title.strip() in unescape(answer.content.decode())
    fits = title.strip()[:200].strip()
    form = (
        client.get(at(table, "space_resilience_plan", number=made.plan))
        .context["deeds"]["describe"]
        .form
    )
    sent = {"do": "describe", "title": fits, "after": form["after"].value()}
    client.post(at(table, "space_resilience_plan", number=made.plan), sent)
    assert f"<h1>{fits}</h1>" in words(client, at(table, "space_resilience_plan", number=made.plan))


def test_a_reading_is_told_in_the_language_of_the_page(table: Table, made: Made) -> None:
    keys: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    what = written(text_fr="On se connaît.", text_en="We know each other.")
    number = write_reading(table.slug, made.portrait, "REL", what, **keys)
    grounds.ground(table.slug, "action", made.action, "reading", number, **keys)
    client = signed_in(table.member)
    pages = (
        ("space_action", {"number": made.action}),
        ("space_thread", {"kind": "action", "number": made.action}),
    )
    for name, where in pages:
        assert "We know each other." in words(client, at(table, name, "en", **where))
        assert "On se connaît." in words(client, at(table, name, "fr", **where))
