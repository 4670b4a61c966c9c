"""Portraits that people write in: what is kept, refused, read again, published, withdrawn, forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.portraits import actions
from courtepointe.portraits.access import edition_to_read, portrait_to_read
from courtepointe.portraits.actions import (
    arrange_portrait,
    forget_portraits,
    keep_portrait,
    mark_read,
    publish_edition,
    remove_paragraph,
    rewrite_paragraph,
    withdraw_edition,
    write_paragraph,
)
from courtepointe.portraits.actions.written import LIFE
from courtepointe.portraits.models import (
    CustomArea,
    Edition,
    EditionFile,
    Paragraph,
    ReleaseUse,
    WrittenPortrait,
)
from courtepointe.portraits.queries import edition_file, editions_of, uses_of_release
from courtepointe.portraits.values import Assembled
from courtepointe.portraits.written import (
    LONGEST_TEXT,
    MOST_PARAGRAPHS,
    NewEdition,
    Picture,
    Read,
    Written,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
RENTERS = Read("renter_share", Words("44,9 %", "44.9%"))
TEXT = Written("housing", "text", Words("Le loyer grimpe.", ""), "Comité logement", (RENTERS,))
PHOTO = Picture(b"jpeg", 40, 30)
NEW = NewEdition(
    Words("Portrait de Q", "Portrait of Q"), "portrait", "town", "pack", "inputs", ("profil",), "code",
    {("fr", "html"): b"fr", ("en", "html"): b"en"},
)  # fmt: skip


def begun(area: str = "quartier:2014:1") -> str:
    return keep_portrait(
        area_key=area, template="portrait", sections=(), paper="a4", atlas_code="town",
        pack_hash="pack", releases=("profil",), now=NOW,
    )  # fmt: skip


def test_a_portrait_comes_back_as_it_was_arranged() -> None:
    token = begun()
    arrange_portrait(token, template="fiche", sections=("b", "a"), paper="letter", now=LATER)
    kept = portrait_to_read(token, now=LATER)
    assert (kept.template, kept.sections, kept.paper) == ("fiche", ("b", "a"), "letter")
    assert (kept.area_key, kept.custom_token) == ("quartier:2014:1", "")
    assert kept.expires == LATER + LIFE
    assert len(token) >= 32


def test_paragraphs_stand_in_their_order_with_what_they_rest_on() -> None:
    token = begun()
    write_paragraph(token, TEXT, now=NOW)
    write_paragraph(token, replace(TEXT, kind="quote", text=Words("", "We leave.")), now=NOW)
    first, second = portrait_to_read(token, now=NOW).paragraphs
    assert (first.kind, first.text.fr, first.by) == ("text", "Le loyer grimpe.", "Comité logement")
    assert first.anchors == (RENTERS,)
    assert (second.kind, second.text) == ("quote", Words("", "We leave."))


def test_the_same_words_sent_twice_are_kept_once() -> None:
    token = begun()
    for _ in range(2):
        write_paragraph(token, TEXT, now=NOW)
    assert len(portrait_to_read(token, now=NOW).paragraphs) == 1


def test_a_photo_stays_when_its_words_change_and_goes_with_its_paragraph() -> None:
    token = begun()
    what = Written("", "photo", Words("Une ruelle", ""), photo=PHOTO)
    write_paragraph(token, what, now=NOW)
    (one,) = portrait_to_read(token, now=NOW).paragraphs
    rewrite_paragraph(
        token, one.number, replace(what, photo=None, text=Words("La ruelle", "")), now=LATER
    )
    (one,) = portrait_to_read(token, now=NOW).paragraphs
    assert (one.photo, one.text.fr, one.written) == (PHOTO, "La ruelle", LATER)
    rewrite_paragraph(token, one.number, TEXT, now=LATER)
    assert portrait_to_read(token, now=NOW).paragraphs[0].photo is None
    with pytest.raises(BadInput, match="photo_not_given"):
        rewrite_paragraph(token, one.number, replace(what, photo=None), now=LATER)
    with pytest.raises(BadInput, match="photo_not_given"):
        write_paragraph(token, replace(what, photo=None), now=LATER)


def test_a_paragraph_is_read_again_beside_todays_figures() -> None:
    token = begun()
    write_paragraph(token, TEXT, now=NOW)
    (one,) = portrait_to_read(token, now=NOW).paragraphs
    today = Read("renter_share", Words("47,0 %", "47.0%"))
    mark_read(token, one.number, {"renter_share": today}, now=LATER)
    (again,) = portrait_to_read(token, now=LATER).paragraphs
    assert again.anchors == (today,)
    assert again.written == NOW, "it was read, not written"


def test_whoever_holds_another_address_reaches_nothing() -> None:
    mine, theirs = begun(), begun("quartier:2014:2")
    write_paragraph(mine, TEXT, now=NOW)
    (one,) = portrait_to_read(mine, now=NOW).paragraphs
    for act in (
        lambda: rewrite_paragraph(theirs, one.number, TEXT, now=NOW),
        lambda: remove_paragraph(theirs, one.number, now=NOW),
        lambda: mark_read(theirs, one.number, {}, now=NOW),
    ):
        with pytest.raises(NotFound, match="unknown_paragraph"):
            act()
    slug = publish_edition(mine, NEW, now=NOW)
    withdraw_edition(theirs, slug, now=NOW)
    assert edition_to_read(slug).withdrawn is None
    with pytest.raises(NotFound, match="unknown_portrait"):
        portrait_to_read("x" * 32, now=NOW)
    with pytest.raises(NotFound, match="unknown_portrait"):
        write_paragraph("x" * 32, TEXT, now=NOW)


WRONG = [
    ({"kind": "poem"}, "paragraph_kind"),
    ({"text": Words(" ", "\n")}, "paragraph_empty"),
    ({"text": Words("a" * (LONGEST_TEXT + 1), "")}, "paragraph_too_long"),
    ({"by": "a" * 121}, "paragraph_by_too_long"),
    ({"anchors": (RENTERS,) * 4}, "paragraph_anchors"),
]


@pytest.mark.parametrize(("change", "code"), WRONG)
def test_what_cannot_be_kept_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput, match=code):
        replace(TEXT, **change)  # type: ignore[arg-type]


def test_there_are_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    token = begun()
    monkeypatch.setattr(actions.written, "MOST_PARAGRAPHS", 1)
    write_paragraph(token, TEXT, now=NOW)
    with pytest.raises(Refused, match="too_many_paragraphs"):
        write_paragraph(token, replace(TEXT, by="Autre"), now=NOW)
    monkeypatch.setattr(actions.written, "MOST_PORTRAITS", 1)
    with pytest.raises(Refused, match="too_many_portraits"):
        begun()
    assert MOST_PARAGRAPHS == 60
    monkeypatch.setattr(actions.written, "MOST_PARAGRAPHS", 60)
    monkeypatch.setattr(actions.written, "MOST_PHOTOS", 0)
    with pytest.raises(Refused, match="too_many_photos"):
        write_paragraph(token, Written("", "photo", Words("a", ""), photo=PHOTO), now=NOW)
    monkeypatch.setattr(actions.written, "EDITIONS_EACH", 1)
    publish_edition(token, NEW, now=NOW)
    with pytest.raises(Refused, match="too_many_editions"):
        publish_edition(token, replace(NEW, inputs_hash="others"), now=NOW)


def test_an_area_that_somebody_drew_lives_as_long_as_its_portrait() -> None:
    area = actions.keep_draft(
        Assembled("secteur:2021", ("001",)),
        kind="assembled",
        atlas_code="town",
        pack_hash="h",
        now=NOW,
    )
    token = keep_portrait(
        custom_token=area.token, template="fiche", sections=(), paper="a4", atlas_code="town",
        pack_hash="h", releases=(), now=NOW,
    )  # fmt: skip
    assert CustomArea.objects.get().expires == NOW + LIFE
    write_paragraph(token, TEXT, now=LATER)
    assert CustomArea.objects.get().expires == LATER + LIFE


def test_an_edition_is_kept_whole_and_published_once() -> None:
    token = begun()
    slug = publish_edition(token, NEW, now=NOW)
    assert publish_edition(token, NEW, now=LATER) == slug, "the same inputs, the same edition"
    other = publish_edition(token, replace(NEW, inputs_hash="others"), now=LATER)
    assert [one.number for one in editions_of(token)] == [2, 1]
    kept = edition_to_read(slug)
    assert (kept.number, kept.inputs_hash, kept.releases) == (1, "inputs", ("profil",))
    assert kept.forms == (("en", "html"), ("fr", "html"))
    assert edition_file(slug, lang="fr", form="html") == b"fr"
    assert edition_file(slug, lang="fr", form="pdf") is None
    assert other != slug


def test_an_edition_may_be_withdrawn_and_its_address_says_so() -> None:
    token = begun()
    slug = publish_edition(token, NEW, now=NOW)
    withdraw_edition(token, slug, now=LATER)
    with pytest.raises(Refused, match="edition_withdrawn"):
        edition_to_read(slug)
    assert edition_file(slug, lang="fr", form="html") is None
    assert not EditionFile.objects.exists()
    again = publish_edition(token, NEW, now=LATER)
    assert edition_to_read(again).number == 2


def test_a_recalled_release_finds_the_portraits_and_editions_that_used_it() -> None:
    token = begun()
    slug = publish_edition(token, NEW, now=NOW)
    uses = uses_of_release("profil", atlas_code="town", now=NOW)
    assert {(use.kind, use.key) for use in uses} == {("portrait", token), ("edition", slug)}
    assert {use.name for use in uses} == {"quartier:2014:1", "Portrait de Q (1)"}
    withdraw_edition(token, slug, now=NOW)
    uses = uses_of_release("profil", atlas_code="town", now=NOW)
    assert {use.kind for use in uses} == {"portrait"}


def test_what_is_over_is_forgotten_and_editions_stay() -> None:
    token = begun()
    write_paragraph(token, TEXT, now=NOW)
    slug = publish_edition(token, NEW, now=NOW)
    over = NOW + LIFE
    with pytest.raises(NotFound):
        portrait_to_read(token, now=over)
    assert forget_portraits(now=over) == 1
    assert not WrittenPortrait.objects.exists() and not Paragraph.objects.exists()
    assert not ReleaseUse.objects.filter(user_kind="portrait").exists()
    assert edition_to_read(slug).number == 1
    assert edition_file(slug, lang="en", form="html") == b"en"


def test_the_database_itself_refuses_what_cannot_be() -> None:
    token = begun()
    row = WrittenPortrait.objects.get(token=token)
    wrong = (
        lambda: Paragraph.objects.create(portrait=row, kind="text", written=NOW),
        lambda: Paragraph.objects.create(portrait=row, kind="photo", text_fr="a", written=NOW),
        lambda: WrittenPortrait.objects.create(
            token="t", atlas_code="a", template="p", paper="a4", created=NOW, changed=NOW, expires=NOW
        ),
    )  # fmt: skip
    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert Edition.objects.count() == 0
