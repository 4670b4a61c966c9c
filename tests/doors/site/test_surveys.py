"""The pages of surveys: from the bank to a link, an answer in two languages, paper, files, results."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from tests.support.resilience_made import begin
from tests.support.survey_made import NAME, Made, answer, answered, drafted, opened
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.doors.site.surveys import public
from courtepointe.doors.site.surveys.told import told_one
from courtepointe.portraits.surveys import actions
from courtepointe.portraits.surveys.bank import bank
from courtepointe.portraits.surveys.models import Sheet, Survey, SurveyQuestion
from courtepointe.portraits.surveys.results import QuestionResult, Share
from courtepointe.portraits.surveys.values import NewQuestion


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def lead(table: Table) -> Client:
    return signed_in(table.coordinator)


def at(table: Table, name: str, lang: str = "en", **where: object) -> str:
    with translation.override(lang):
        return reverse(f"space_survey{name}", kwargs={"slug": table.slug, **where})


def link(made: Made, lang: str = "fr", name: str = "survey_answer") -> str:
    with translation.override(lang):
        return reverse(name, args=[made.token])


def words(client: Client, address: str, status: int = 200) -> str:
    found = client.get(address)
    assert found.status_code == status, found.status_code
    return unescape(found.content.decode())


def by(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": timezone.now()}


def codes(number: int) -> list[str]:
    return list(SurveyQuestion.objects.filter(survey=number).values_list("code", flat=True))


def sent(client: Client, address: str, **given: Any) -> Any:
    """Send the form as its page gave it, with its own key."""
    page = client.get(address).content.decode()
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found is not None
    return client.post(address, {"agree": "on", "key": found[1], **given})


def test_an_empty_page_says_what_it_will_hold_and_begins_a_survey(
    table: Table, lead: Client
) -> None:
    begun = begin(table)
    page = at(table, "s", number=begun.portrait)
    assert "Five to ten questions, one evening" in words(lead, page)
    answer = lead.post(page, {"do": "begin", "name": NAME, "found": "came", "closes_on": ""})
    made = Survey.objects.get()
    assert answer.headers["Location"] == at(table, "", number=made.pk)
    assert NAME in words(lead, page)
    assert "No question yet" in words(lead, at(table, "", number=made.pk))
    wrong = lead.post(page, {"do": "begin", "name": "À garder", "found": "came", "closes_on": "2020-01-01"})  # fmt: skip
    assert wrong.status_code == 400
    assert "À garder" in unescape(wrong.content.decode())


def test_questions_are_picked_moved_and_taken_out_with_buttons(table: Table, lead: Client) -> None:
    made = drafted(table, picked=())
    bank = at(table, "_bank", number=made.number)
    lead.post(bank, {"codes": ["PRE.plan", "COM.trusted"]})
    assert codes(made.number) == ["PRE.plan", "COM.trusted"]
    assert "Already in the survey" in words(lead, bank)
    page, second = (
        at(table, "", number=made.number),
        SurveyQuestion.objects.get(code="COM.trusted").pk,
    )
    moved = lead.post(page, {"do": "up", "number": second})
    assert moved.headers["Location"].endswith(f"#question-{second}")
    assert codes(made.number) == ["COM.trusted", "PRE.plan"]
    lead.post(page, {"do": "remove", "number": second})
    assert codes(made.number) == ["PRE.plan"]
    assert lead.post(bank, {"codes": ["PRE.magic"]}).status_code == 400


def test_an_own_question_is_written_and_what_was_typed_stays(table: Table, lead: Client) -> None:
    made = drafted(table)
    page = at(table, "_own", number=made.number)
    typed = {"fr": "Avez-vous une radio ?", "dimension": "COM", "kind": "one", "when": "", "fr_1": "Oui", "yes_1": "on"}  # fmt: skip
    wrong = lead.post(page, typed)
    assert wrong.status_code == 400
    told = unescape(wrong.content.decode())
    assert "Avez-vous une radio ?" in told and "has 2 to 12 answers" in told
    lead.post(page, {**typed, "fr_2": "Non", "when": "PRE.plan=yes"})
    row = SurveyQuestion.objects.get(survey=made.number, dimension="COM")
    assert (row.when_question, len(row.answers), row.answers[0]["yes"]) == ("PRE.plan", 2, True)
    change = at(table, "_change", number=made.number, question=row.pk)
    assert "Avez-vous une radio ?" in words(lead, change)
    assert '<textarea name="fr"' in words(lead, change), "three hundred letters are read as a whole"
    with translation.override("en"):
        texts = reverse("space_survey_texts", args=[table.slug, made.number, "en"])
    told = words(lead, texts)
    assert f'<textarea name="{row.code}"' in told
    assert "4. Avez-vous une radio ?" in told, "the number that it has in the survey"
    codes_of = {"code_1": "a1", "code_2": "a2", "code_3": ""}
    lead.post(change, {**typed, **codes_of, "fr": "Et une radio ?", "fr_2": "Non", "fr_3": "Deux"})
    row.refresh_from_db()
    assert (row.texts["fr"], len(row.answers)) == ("Et une radio ?", 3)
    follows = {"fr": "Laquelle ?", "dimension": "COM", "kind": "text", "when": f"{row.code}=a3"}
    lead.post(page, follows)
    assert "only of 4 → Deux" in words(lead, at(table, "", number=made.number))
    # The line of the first answer is emptied: the others are what they were, the third goes too.
    codes_of["code_3"] = "a3"
    lead.post(change, {**typed, **codes_of, "fr_1": "", "fr_2": "Non", "fr_4": "Parfois"})
    row.refresh_from_db()
    assert [one["code"] for one in row.answers] == ["a2", "a4"]
    assert "only of 4" not in words(lead, at(table, "", number=made.number))
    assert 'name="code_1" value="a2"' in words(lead, change)
    bank = SurveyQuestion.objects.get(survey=made.number, code="PRE.plan").pk
    assert lead.get(at(table, "_change", number=made.number, question=bank)).status_code == 404


def test_a_language_is_added_written_beside_and_what_lacks_is_told(
    table: Table, lead: Client
) -> None:
    made = drafted(table, picked=("PRE.plan",))
    page = at(table, "", number=made.number)
    found = lead.post(page, {"do": "language", "lang": "ar"})
    with translation.override("en"):
        texts = reverse("space_survey_texts", args=[table.slug, made.number, "ar"])
    assert found.headers["Location"] == texts
    told = words(lead, texts)
    assert "11 texts are missing" in told and "Have you talked with" in told and 'dir="rtl"' in told
    assert "11 texts missing" in words(lead, page)
    refused = lead.post(page, {"do": "open"})
    assert refused.status_code == 400 and "In “العربية”, 11 texts are missing" in unescape(refused.content.decode())  # fmt: skip
    lead.post(texts, {"PRE.plan": "هل تحدثتم؟", "head.title": "استبيان"})
    assert "9 texts are missing" in words(lead, texts)
    shown = words(lead, f"{at(table, '_preview', number=made.number)}?in=ar")
    assert "هل تحدثتم؟" in shown and "Répondre est libre" in shown, "another language’s where one is missing"  # fmt: skip
    lead.post(page, {"do": "drop_language", "lang": "ar"})
    assert lead.get(texts).status_code == 404
    assert lead.post(page, {"do": "open"}).status_code == 302


def test_a_survey_without_questions_is_not_opened(table: Table, lead: Client) -> None:
    made = drafted(table, picked=())
    found = lead.post(at(table, "", number=made.number), {"do": "open"})
    assert found.status_code == 400
    assert "with one question at least" in unescape(found.content.decode())


def test_somebody_answers_in_french_and_somebody_in_english(table: Table) -> None:
    made, client = opened(table), Client(HTTP_HOST="localhost")
    told = words(client, link(made))
    assert "Répondre est libre" in told and "J’aime mieux ne pas répondre" in told
    assert "Avez-vous parlé" in told and "Quelques mots sur vous" in told
    found = sent(client, link(made), PRE_plan="yes", CON_strengths=["places", "nature"])
    assert found.headers["Location"] == f"{link(made, name='survey_thanks')}?in=fr"
    assert "Vos réponses sont arrivées" in words(client, found.headers["Location"])
    assert "You are free to answer" in words(client, link(made, "en"))
    sent(client, link(made, "en"), PRE_plan="no_answer")
    rows = list(Sheet.objects.order_by("pk").values_list("answers", "language", "channel"))
    assert rows == [
        ({"PRE.plan": "yes", "CON.strengths": ["places", "nature"]}, "fr", "web"),
        ({"PRE.plan": "no_answer"}, "en", "web"),
    ]  # fmt: skip


def test_a_third_language_has_its_own_words_and_direction(table: Table, lead: Client) -> None:
    made = drafted(table, picked=("PRE.plan",))
    actions.add_language(table.slug, made.number, "ar", **by(table))
    heads = {name: f"٪ {name}" for name in ("title", "consent", "agree", "not_known", "no_answer", "about", "send", "thanks")}  # fmt: skip
    told = {"PRE.plan": "هل تحدثتم؟", "PRE.plan=yes": "نعم", "PRE.plan=no": "لا"}
    actions.translate(table.slug, made.number, "ar", heads, told, **by(table))
    actions.open_survey(table.slug, made.number, **by(table))
    made = Made(made.number, made.portrait, Survey.objects.get().token)
    client = Client(HTTP_HOST="localhost")
    page = words(client, f"{link(made)}?in=ar")
    assert 'dir="rtl"' in page and "هل تحدثتم؟" in page and "٪ send" in page and "العربية" in page
    found = sent(client, f"{link(made)}?in=ar", PRE_plan="yes")
    assert "٪ thanks" in words(client, found.headers["Location"])
    assert Sheet.objects.get().language == "ar"
    assert "هل" not in words(client, f"{link(made)}?in=xx"), (
        "a language that it has not is the page’s"
    )
    refused = lead.get(f"{at(table, '_paper', number=made.number)}?in=ar")
    assert refused.status_code == 400


def test_without_consent_nothing_is_kept_and_what_was_answered_stays(table: Table) -> None:
    made, client = opened(table), Client(HTTP_HOST="localhost")
    found = client.post(link(made), {"PRE_plan": "yes", "key": "k"})
    assert found.status_code == 400
    told = unescape(found.content.decode())
    assert re.search(r'value="yes"[^>]*checked', told)
    assert not Sheet.objects.exists()


def test_the_same_page_sent_twice_is_one_sheet(table: Table) -> None:
    made, client = opened(table), Client(HTTP_HOST="localhost")
    for _ in range(2):
        cache.clear()  # so that what is tested is the sheet's key, not the memory of the page
        found = client.post(link(made), {"agree": "on", "key": "same", "PRE_plan": "yes"})
        assert found.status_code == 302
    cache.clear()
    other = client.post(link(made, "en"), {"agree": "on", "key": "same", "PRE_plan": "no"})
    assert other.status_code == 400 and "the first are kept" in unescape(other.content.decode())
    assert Sheet.objects.get().answers == {"PRE.plan": "yes"}


def test_who_goes_back_finds_an_empty_page(table: Table) -> None:
    """On a telephone that goes round, whoever goes back may be somebody else: no browser keeps what was answered."""
    found = Client(HTTP_HOST="localhost").get(link(opened(table)))
    assert "no-store" in found.headers["Cache-Control"]
    assert '<form method="post" action="?in=fr" autocomplete="off">' in found.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"PRE_plan": "perhaps"},
        {"CON_strengths": ["places", "gold"]},
        {"key": "x" * 10_000, "PRE_plan": "yes"},
        {"key": "", "PRE_plan": "yes"},
        {},
    ],
)
def test_what_was_tampered_with_or_is_empty_is_refused(table: Table, given: dict[str, Any]) -> None:
    made, client = opened(table), Client(HTTP_HOST="localhost")
    found = client.post(link(made), {"agree": "on", "key": "k", **given})
    assert found.status_code == 400
    assert not Sheet.objects.exists()


def test_ten_thousand_letters_are_refused_and_stay_on_the_page(table: Table) -> None:
    made = drafted(table, picked=("PRE.plan",))
    actions.add_question(table.slug, made.number, NewQuestion("PRE", "text", "Quoi d’autre ?", "Else?"), **by(table))  # fmt: skip
    actions.open_survey(table.slug, made.number, **by(table))
    made, client = Made(made.number, made.portrait, Survey.objects.get().token), Client(HTTP_HOST="localhost")  # fmt: skip
    name = codes(made.number)[1].replace(".", "_")
    found = client.post(link(made), {"agree": "on", "key": "k", name: "é" * 10_000})
    assert found.status_code == 400 and "é" * 10_000 in found.content.decode()
    assert not Sheet.objects.exists()


def test_a_number_that_does_not_read_as_one_is_refused_without_our_codes(table: Table) -> None:
    made = drafted(table, picked=("PRE.plan",))
    actions.add_question(table.slug, made.number, NewQuestion("PRE", "number", "Combien ?", "How many?"), **by(table))  # fmt: skip
    actions.open_survey(table.slug, made.number, **by(table))
    made, client = Made(made.number, made.portrait, Survey.objects.get().token), Client(HTTP_HOST="localhost")  # fmt: skip
    code = codes(made.number)[1]
    found = client.post(link(made, "en"), {"agree": "on", "key": "k", code.replace(".", "_"): "a dozen"})  # fmt: skip
    told = unescape(found.content.decode())
    assert found.status_code == 400 and "“a dozen” does not read as a number from 0 to 1,000,000" in told  # fmt: skip
    assert code not in told and 'value="a dozen"' in told


def test_a_survey_that_is_over_says_so_and_an_ended_link_leads_nowhere(table: Table) -> None:
    made, client = opened(table), Client(HTTP_HOST="localhost")
    old = link(made)
    actions.renew_link(table.slug, made.number, **by(table))
    assert client.get(old).status_code == 404
    assert client.post(old, {"agree": "on", "key": "k", "PRE_plan": "yes"}).status_code == 404
    made = Made(made.number, made.portrait, Survey.objects.get().token)
    actions.close_survey(table.slug, made.number, **by(table))
    assert "This survey is over" in words(client, link(made, "en"), 410)
    assert client.post(link(made), {"agree": "on", "key": "k", "PRE_plan": "yes"}).status_code == 410  # fmt: skip
    assert not Sheet.objects.exists()


def test_a_machine_that_sends_and_sends_is_asked_to_wait(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "MOST", 2)
    cache.clear()
    made, client = opened(table), Client(HTTP_HOST="localhost")
    for n in range(2):
        assert client.post(link(made), {"agree": "on", "key": f"k{n}", "PRE_plan": "yes"}).status_code == 302  # fmt: skip
    found = client.post(link(made, "en"), {"agree": "on", "key": "k9", "PRE_plan": "yes"})
    assert found.status_code == 400
    assert "send it again in 10 minutes" in unescape(found.content.decode())
    assert Sheet.objects.count() == 2


def test_a_draft_has_no_public_form_and_is_looked_at_inside(table: Table, lead: Client) -> None:
    made = drafted(table)
    assert Survey.objects.get().token == ""
    told = words(lead, at(table, "_preview", number=made.number))
    assert "Nothing is sent from this page" in told and "Have you talked with" in told
    assert "Avez-vous parlé" in words(lead, f"{at(table, '_preview', number=made.number)}?in=fr")
    assert "while the survey is open" in words(lead, at(table, "_keying", number=made.number))
    assert "Pages of this survey" in words(signed_in(table.member), at(table, "", number=made.number))  # fmt: skip


def test_a_member_keys_sheets_one_after_the_other(table: Table) -> None:
    made, client = opened(table), signed_in(table.member)
    page = at(table, "_keying", number=made.number)
    found = sent(client, page, channel="phone", day="2026-06-01", PRE_plan="yes")
    assert "channel=phone" in found.headers["Location"] and "kept=1" in found.headers["Location"]
    told = words(client, found.headers["Location"])
    assert "Kept: 1 sheet in all" in told and re.search(r'value="phone" selected', told)
    wrong = sent(client, page, channel="paper", day="2090-01-01", PRE_plan="no")
    assert wrong.status_code == 400 and re.search(r'value="no"[^>]*checked', wrong.content.decode())
    assert Sheet.objects.count() == 1


def test_the_form_leaves_as_xlsform_and_on_paper(table: Table, lead: Client) -> None:
    made = drafted(table)
    found = lead.get(at(table, "_xlsform", number=made.number))
    book = openpyxl.load_workbook(io.BytesIO(found.content))
    assert book.sheetnames == ["survey", "choices", "settings"]
    assert "PRE_plan" in [row[1].value for row in book["survey"].iter_rows()]
    for lang in ("fr", "en"):
        paper = lead.get(f"{at(table, '_paper', number=made.number)}?in={lang}")
        assert paper.content.startswith(b"%PDF") and f"-{lang}.pdf" in paper.headers["Content-Disposition"]  # fmt: skip
    SurveyQuestion.objects.all().delete()
    assert lead.get(at(table, "_xlsform", number=made.number)).status_code == 400
    assert lead.get(at(table, "_paper", number=made.number)).status_code == 400


def test_filled_forms_are_brought_whole_or_not_at_all(table: Table, lead: Client) -> None:
    made = opened(table)
    page = at(table, "_import", number=made.number)

    def bring(*lines: str) -> Any:
        head = "KEY,SubmissionDate,consent,answers-PRE_plan"
        file = SimpleUploadedFile("export.csv", "\n".join((head, *lines)).encode(), "text/csv")
        return lead.post(page, {"file": file})

    wrong = bring("uuid:1,2026-06-02T10:00:00Z,yes,yes", "uuid:2,2026-06-02T10:00:00Z,yes,perhaps")
    told = unescape(wrong.content.decode())
    assert wrong.status_code == 400 and "perhaps" in told and "3" in told
    assert not Sheet.objects.exists()
    done = bring("uuid:1,2026-06-02T10:00:00Z,yes,yes", "uuid:2,2026-06-02T10:00:00Z,yes,no")
    assert "2 new sheets" in unescape(done.content.decode())
    cache.clear()
    again = bring("uuid:1,2026-06-02T10:00:00Z,yes,yes")
    assert "1 was there already" in unescape(again.content.decode())
    assert Sheet.objects.count() == 2
    assert bring("not a form at all").status_code == 400
    cache.clear()
    left = bring("uuid:3,2026-06-02T10:00:00Z,yes,", "uuid:4,2026-06-02T10:00:00Z,yes,no", "uuid:5,2026-06-02T10:00:00Z,,")  # fmt: skip
    told = unescape(left.content.decode())
    assert "1 new sheet. 1 form answers no question: it is not a sheet. On 1 form nobody agreed" in told  # fmt: skip


def test_results_come_when_it_is_closed_strengths_first_with_intervals(
    table: Table, lead: Client
) -> None:
    made = opened(table, picked=("REL.nobody", "REL.neighbours", "PRE.plan", "CON.strengths", "YOU.tenure"))  # fmt: skip
    answered(made)
    page = at(table, "_results", number=made.number)
    before = words(lead, page)
    assert "48 sheets have come" in before and "54%" not in before
    assert lead.get(at(table, "_csv", number=made.number)).status_code == 404
    lead.post(at(table, "", number=made.number), {"do": "close"})
    told = words(lead, page)
    assert "54% (40% to 67%) answer “Yes”" in told
    assert "Tenants: 67% (49% to 81%), of 30 answers" in told
    assert told.count("Tenants:") == 1
    assert "48 sheets, counted on" in told and "fewer than 5" not in told
    assert "Not told, so that nobody’s answer shows: tenants, people experiencing homelessness" in told, "four owners have nobody to lean on"  # fmt: skip
    assert "far from what the whole neighbourhood would say" in told
    assert told.index("how many people can you count on") < told.index("is there somebody you would call")  # fmt: skip
    assert "Too few answers to tell." in told, "nobody answered it"
    french = words(lead, at(table, "_results", "fr", number=made.number))
    assert "54\u00a0%" in french
    drawn = lead.get(f"{at(table, '_chart', number=made.number, code='PRE.plan')}?v=1&w=358")
    assert drawn.content.startswith(b"<svg")
    assert lead.get(f"{at(table, '_chart', number=made.number, code='REL.nobody')}?v=1").status_code == 404  # fmt: skip
    rows = lead.get(at(table, "_csv", number=made.number)).content.decode().splitlines()
    assert any("PRE.plan" in row and ",*,tenants,told,66.7," in row for row in rows)


def test_people_who_live_there_weigh_answers_and_an_empty_cell_is_told(
    table: Table, lead: Client
) -> None:
    made = opened(table)
    answered(made)
    people = at(table, "_people", number=made.number)
    wrong = lead.post(people, {"YOU.tenure=rent": "-5", "source": "Recensement"})
    assert wrong.status_code == 400 and "Recensement" in wrong.content.decode()
    lead.post(people, {"YOU.tenure=rent": "500", "YOU.tenure=own": "500", "YOU.tenure=coop": "100", "source": "Recensement 2021"})  # fmt: skip
    actions.close_survey(table.slug, made.number, **by(table))
    page = at(table, "_results", number=made.number)
    told = words(lead, page)
    assert "Source: Recensement 2021" in told and "50% (36% to 64%) answer “Yes”" in told
    assert told.count("Told without weights, so that nobody’s answer shows.") == 1, "four owners have nobody"  # fmt: skip
    assert "Nobody answered “Co-op, residence or other”" in told
    lead.post(people, {"source": ""})
    lead.post(page, {"do": "again"})
    assert "Every answer weighs the same" in words(lead, page)


def test_what_was_written_is_read_by_those_who_write_alone(table: Table, lead: Client) -> None:
    made = drafted(table, picked=("PRE.plan",))
    actions.add_question(table.slug, made.number, NewQuestion("PRE", "text", "Quoi d’autre ?", "Else?"), **by(table))  # fmt: skip
    actions.open_survey(table.slug, made.number, **by(table))
    made = Made(made.number, made.portrait, Survey.objects.get().token)
    answer(made, {codes(made.number)[1]: "<b>Le café</b>"}, "k", now=timezone.now())
    actions.close_survey(table.slug, made.number, **by(table))
    page = at(table, "_results", number=made.number)
    assert "&lt;b&gt;Le café" in lead.get(page).content.decode()
    assert "Le café" not in words(signed_in(table.member), page)


def test_the_page_of_a_dimension_tells_what_people_answered(table: Table, lead: Client) -> None:
    made = opened(table)
    with translation.override("en"):
        page = reverse("space_resilience_dimension", args=[table.slug, made.portrait, "PRE"])
    assert "A survey is open" in words(lead, page)
    answered(made)
    actions.close_survey(table.slug, made.number, **by(table))
    told = words(lead, page)
    assert "54% (40% to 67%)" in told and "Have you talked with" in told


def test_another_workspace_and_a_stranger_find_nothing(table: Table) -> None:
    made, stranger = opened(table), signed_in(table.stranger)
    for name in ("", "_results", "_keying", "_preview", "_csv", "_paper", "_xlsform"):
        assert stranger.get(at(table, name, number=made.number)).status_code == 404
        with translation.override("en"):
            other = reverse(f"space_survey{name}", args=[table.other, made.number])
        assert stranger.get(other).status_code == 404
    member = signed_in(table.member)
    assert member.get(at(table, "_bank", number=made.number)).status_code == 403
    assert member.post(at(table, "", number=made.number), {"do": "close"}).status_code == 403


def test_a_survey_of_which_the_clock_has_passed_takes_no_answer(table: Table) -> None:
    made, client = opened(table), Client(HTTP_HOST="localhost")
    Survey.objects.filter(pk=made.number).update(closes_on=NOW.date())
    assert client.get(link(made)).status_code == 410


@pytest.mark.parametrize(
    ("known", "say", "told"),
    [
        (5, 7, " (5 did not know, 7 would rather not say)"),
        (0, 12, " (0 did not know, 12 would rather not say)"),
        (0, 0, ""),
        (None, None, ""),
    ],
)
def test_who_would_not_say_is_told_also_where_nobody_did_not_know(known: int | None, say: int | None, told: str) -> None:  # fmt: skip
    share = Share(0.5, 0.25, 0.75, 0.5)
    found = QuestionResult("PRE.plan", "told", 12, 12.0, 12, known, say, yes=share)
    with translation.override("en"):
        assert told_one(bank()["PRE.plan"], found, {}, lang="en").counts == f"12 answers · 12 without an answer{told}."  # fmt: skip
