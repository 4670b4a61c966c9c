"""Filled forms of ours to contributions: what was agreed to, all that was said, and no point of a person."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.support import field_exports as exports

from courtepointe.formats.submissions import (
    AnswerStatus,
    GeoPoint,
    SubmissionsRead,
    read_submissions,
)
from courtepointe.formats.xlsform import Group, Question
from courtepointe.places.collecting import (
    Clue,
    Contributions,
    Visibility,
    contributions,
    contributions_json,
    field_form,
)
from courtepointe.places.collecting.clues import clues_in

ONE = "uuid:00000000-0000-4000-8000-000000000001"
TWO = "uuid:00000000-0000-4000-8000-000000000002"


def filled(
    code: str, instance_id: str = ONE, /, turns: list[dict[str, str]] | None = None, **answers: str
) -> dict[str, Any]:
    told = field_form(code)
    group = told.form.parts[1].name
    silent = {"consent_version": told.consent.version, "filled_on": "2026-10-05"}
    own = {name if name == "consent" else f"{group}/{name}": text for name, text in answers.items()}
    repeats = {
        told.turns: [
            {"answers": {f"{told.turns}/{k}": v for k, v in turn.items()}} for turn in turns or []
        ]
    }
    return {
        "id": instance_id, "submitted": "2026-10-06T12:00:00.000Z", "repeats": repeats if turns else {},
        "answers": {"consent": "yes", **silent, **own},
    }  # fmt: skip


def read(tmp_path: Path, code: str, *told: dict[str, Any]) -> SubmissionsRead:
    path = tmp_path / "k.json"
    path.write_bytes(exports.kobo_json(field_form(code).form, told))
    found = read_submissions([path], [field_form(code).form])
    assert found.faults == () and found.unknown == ()
    return found


def gathered(tmp_path: Path, code: str, *told: dict[str, Any]) -> Contributions:
    return contributions(read(tmp_path, code, *told).batch, field_form(code))


def test_an_asset(tmp_path: Path) -> None:
    (one,) = gathered(
        tmp_path,
        "assets",
        filled(
            "assets", **{"class": "place"}, name="La Maille", needs="cool company", open_to="not_known",
            conditions="De 9 h à 17 h, gratuit", where="45.5088 -73.5540 0 6", zone="angle Ontario et Fabre",
            confidence="own_eyes", photo="17.jpg", visibility="members",
        ),
    ).contributions  # fmt: skip
    assert (one.kind, one.category, one.key) == ("asset", ("place",), (ONE, 0))
    assert one.point == GeoPoint(-73.554, 45.5088, 6.0, 0.0)
    assert one.zone == "angle Ontario et Fabre"
    assert one.texts == {"name": "La Maille", "conditions": "De 9 h à 17 h, gratuit"}
    # In the form's order, whatever was ticked first.
    assert one.choices == {"needs": ("company", "cool")}
    assert one.silences == {"open_to": AnswerStatus.NOT_KNOWN}
    assert (one.confidence, one.photos) == ("own_eyes", ("17.jpg",))
    assert one.visibility is Visibility.MEMBERS
    assert (one.consent.version, one.consent.given_on) == ("2026-10", date(2026, 10, 5))
    assert one.day == date(2026, 10, 5)
    assert one.clues == ()


def test_a_place_note_holds_the_day_on_which_it_was_seen(tmp_path: Path) -> None:
    (one,) = gathered(
        tmp_path,
        "place-notes",
        filled("place-notes", fragility="flood access", seen="L’eau reste au coin", seen_on="2026-09-30", often="each_time", visibility="public"),
    ).contributions  # fmt: skip
    assert (one.kind, one.category) == ("vulnerability", ("flood", "access"))
    assert (one.day, one.consent.given_on) == (date(2026, 9, 30), date(2026, 10, 5))
    assert one.choices == {"often": ("each_time",)}
    assert one.visibility is Visibility.PUBLIC
    assert one.point is None


def test_each_stop_of_a_walk_is_a_contribution_in_its_order(tmp_path: Path) -> None:
    found = gathered(
        tmp_path,
        "walk",
        filled(
            "walk",
            ONE,
            [
                {"where": "45.50 -73.55 0 4", "direction": "strength", "dimension": "comfort", "seen": "De l’ombre", "photo": "a.jpg"},
                {"where": "45.51 -73.56 0 5", "direction": "fragility", "dimension": "access", "seen": "Un trottoir étroit"},
            ],
            walked_on="2026-10-04", hour="night", weather="not_known", zone="du parc à la place", walkers="9", visibility="members",
        ),
    )  # fmt: skip
    first, second = found.contributions
    assert [one.key for one in found.contributions] == [(ONE, 1), (ONE, 2)]
    assert (first.direction, first.category, first.photos) == ("strength", ("comfort",), ("a.jpg",))
    assert (second.direction, second.category, second.photos) == ("fragility", ("access",), ())
    assert first.point == GeoPoint(-73.55, 45.5, 4.0, 0.0)
    for one in (first, second):
        # What the whole walk says holds for each of its stops.
        assert (one.day, one.zone, one.counts) == (
            date(2026, 10, 4),
            "du parc à la place",
            {"walkers": 9},
        )
        assert one.choices == {"hour": ("night",)}
        assert one.silences == {"weather": AnswerStatus.NOT_KNOWN}
        assert one.visibility is Visibility.MEMBERS
    assert (first.texts, second.texts) == ({"seen": "De l’ombre"}, {"seen": "Un trottoir étroit"})


def test_nothing_is_kept_of_whoever_does_not_agree(tmp_path: Path) -> None:
    refusal = filled("assets", TWO, consent="no")
    silence = filled("assets", consent="")
    found = gathered(tmp_path, "assets", refusal, silence)
    assert found.contributions == ()
    assert found.refused == (ONE, TWO)
    assert json.loads(contributions_json(found, field_form("assets")))["refused"] == 2


def test_without_the_words_agreed_to_there_is_no_consent_to_show(tmp_path: Path) -> None:
    bare = filled("assets", **{"class": "place"}, name="X")
    del bare["answers"]["consent_version"]
    found = gathered(tmp_path, "assets", bare)
    assert found.contributions == () and found.refused == ()
    assert [one.code for one in found.told] == ["contribution_without_consent_text"]


def test_the_day_of_consent_is_that_of_reception_where_the_form_has_none(tmp_path: Path) -> None:
    undated = filled("assets", **{"class": "place"}, name="X")
    del undated["answers"]["filled_on"]
    (one,) = gathered(tmp_path, "assets", undated).contributions
    assert one.consent.given_on == date(2026, 10, 6)


def test_the_point_of_a_person_is_never_kept(tmp_path: Path) -> None:
    person = filled(
        "assets",
        **{"class": "people"},
        skill="réparer des vélos",
        where="45.5 -73.5 0 3",
        zone="près du parc",
    )
    found = gathered(tmp_path, "assets", person)
    (one,) = found.contributions
    assert one.point is None
    assert (one.zone, one.texts) == ("près du parc", {"skill": "réparer des vélos"})
    assert [told.code for told in found.told] == ["contribution_point_of_a_person"]
    assert "45.5" not in contributions_json(found, field_form("assets"))


def test_what_was_not_said_about_visibility_is_the_narrowest(tmp_path: Path) -> None:
    (one,) = gathered(
        tmp_path, "assets", filled("assets", **{"class": "place"}, name="X")
    ).contributions
    assert one.visibility is Visibility.REVIEWERS


def test_a_point_at_zero_zero_is_no_point(tmp_path: Path) -> None:
    (one,) = gathered(
        tmp_path, "assets", filled("assets", **{"class": "place"}, name="X", where="0 0 0 0")
    ).contributions
    assert one.point is None


def test_a_stop_without_its_main_answer_is_told(tmp_path: Path) -> None:
    found = gathered(tmp_path, "walk", filled("walk", ONE, [{"seen": "?"}], visibility="public"))
    assert found.contributions == ()
    assert [(one.code, one.facts["count"]) for one in found.told] == [("contribution_empty", 1)]


def test_a_correction_names_what_it_corrects(tmp_path: Path) -> None:
    form = field_form("assets").form
    first = filled("assets", **{"class": "place"}, name="La Maile")
    later = {**filled("assets", TWO, **{"class": "place"}, name="La Maille"), "replaces": ONE}
    files = []
    for n, told in enumerate((first, later)):
        files.append(tmp_path / f"{n}.xml")
        files[-1].write_bytes(exports.instance_xml(form, told))
    (one,) = contributions(
        read_submissions(files, [form]).batch, field_form("assets")
    ).contributions
    assert (one.instance_id, one.earlier, one.texts["name"]) == (TWO, {ONE}, "La Maille")


def test_what_contradicts_itself_waits(tmp_path: Path) -> None:
    form = field_form("assets").form
    files = []
    for n, name in enumerate(("La Maille", "Le Fil")):
        files.append(tmp_path / f"{n}.xml")
        files[-1].write_bytes(
            exports.instance_xml(form, filled("assets", **{"class": "place"}, name=name))
        )
    read_both = read_submissions(files, [form])
    assert [one.code for one in read_both.told] == ["submission_contested"]
    assert contributions(read_both.batch, field_form("assets")).contributions == ()


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    one = filled("assets", **{"class": "place"}, name="A")
    two = filled("assets", TWO, **{"class": "shop"}, name="B")
    assert gathered(tmp_path, "assets", one, two) == gathered(tmp_path, "assets", two, one)


def test_contributions_as_json(tmp_path: Path) -> None:
    found = gathered(
        tmp_path,
        "assets",
        filled(
            "assets", **{"class": "place"}, name="X", where="45.5 -73.5 0 4.5", visibility="public"
        ),
    )
    told = json.loads(contributions_json(found, field_form("assets")))
    assert told["consent"]["version"] == "2026-10"
    assert "relit" in told["consent"]["text"]["fr"]
    assert told["contributions"] == [
        {
            "kind": "asset", "instance_id": ONE, "turn": 0, "form": "assets", "form_version": "vSdCWi7ko3cXb5dCe5d3YE",
            "category": ["place"], "consent": {"version": "2026-10", "given_on": "2026-10-05"}, "day": "2026-10-05",
            "visibility": "public", "point": {"type": "Point", "coordinates": [-73.5, 45.5], "accuracy_m": 4.5},
            "texts": {"name": "X"},
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "clues"),
    [
        ("Demander à Mme Tremblay", [("person", "Mme Tremblay")]),
        ("M.\u00a0Côté a la clé", [("person", "M.\u00a0Côté")]),
        ("Écrire à jo@exemple.org", [("email", "jo@exemple.org")]),
        ("Appeler le 514 555-0199", [("telephone", "514 555-0199")]),
        ("Au 12, app. 4", [("dwelling", "app. 4")]),
        ("Logement 301", [("dwelling", "Logement 301")]),
        ("De 9 h à 17 h, gratuit, salle 2", []),
        ("Le parc Mme-de-Sévigné", []),
        ("45 places, 3 prises", []),
    ],
)
def test_clues_that_a_text_tells_who_somebody_is(text: str, clues: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.found) for one in clues_in("conditions", text)] == clues


def test_clues_come_with_the_contribution_which_stays_whole(tmp_path: Path) -> None:
    told = filled(
        "assets", **{"class": "place"}, name="La Maille", conditions="Voir Mme Roy au 514 555-0199"
    )
    (one,) = gathered(tmp_path, "assets", told).contributions
    assert one.clues == (
        Clue("conditions", "person", "Mme Roy"),
        Clue("conditions", "telephone", "514 555-0199"),
    )
    assert one.texts["conditions"] == "Voir Mme Roy au 514 555-0199"


def test_an_answer_that_only_another_version_asks_for_is_told(tmp_path: Path) -> None:
    form = field_form("assets").form
    group = form.parts[1]
    assert isinstance(group, Group)
    cost = Question("text", "cost", {"fr": "Coût", "en": "Cost"})
    older = replace(
        form,
        version="2025-01-01",
        parts=(form.parts[0], replace(group, parts=(*group.parts, cost)), *form.parts[2:]),
    )
    (tmp_path / "i.xml").write_bytes(
        exports.instance_xml(older, filled("assets", **{"class": "place"}, name="X", cost="2 $"))
    )
    found = contributions(
        read_submissions([tmp_path / "i.xml"], [form, older]).batch, field_form("assets")
    )
    assert [one.texts for one in found.contributions] == [{"name": "X"}]
    assert [(one.code, one.facts["column"]) for one in found.told] == [
        ("contribution_unread", "asset/cost")
    ]
