"""An organisation answers by its link, again while the wave is open, and never after."""

from __future__ import annotations

import pytest
from tests.apps.partners.conftest import Survey
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement.partners.access import asked_by_link
from courtepointe.engagement.partners.actions import answer_by_link, close_wave, renew_link
from courtepointe.engagement.partners.models import Asked, Tie
from courtepointe.engagement.partners.queries import asked_in, network_in, survey_form, survey_of
from courtepointe.engagement.partners.values import NewTie
from courtepointe.people.models import HistoryRow
from courtepointe.people.queries import changes_of


def said(survey: Survey, who: str, *ties: NewTie) -> None:
    answer_by_link(survey.secrets[who], role="staff", ties=ties, now=NOW)


def test_secrets_are_kept_only_as_hashes(table: Table, survey: Survey) -> None:
    kept = str(list(Asked.objects.values())) + str(list(HistoryRow.objects.values()))
    assert len(survey.secrets) == 6
    assert not any(secret in kept for secret in survey.secrets.values())


def test_an_answer_is_held_and_may_be_changed(table: Table, survey: Survey) -> None:
    b, c = survey.partners["Bazar"], survey.partners["Coop"]
    said(survey, "Atelier", NewTie(b, ("referral", "project"), 3, 4), NewTie(c))
    assert Tie.objects.count() == 3
    said(survey, "Atelier", NewTie(b, ("referral",), 2, None))
    (tie,) = Tie.objects.all()
    assert (tie.kind, tie.frequency, tie.trust) == ("referral", 2, None)
    one = next(one for one in asked_in(table.id, survey.wave) if one.name == "Atelier")
    assert (one.answered, one.role) == (NOW, "staff")


def test_naming_nobody_is_an_answer_and_silence_is_not(table: Table, survey: Survey) -> None:
    said(survey, "Atelier")
    network = network_in(table.id, survey.wave).trusted.network
    assert network.answered.tolist() == [True, *[False] * 5]
    assert network.n_ties == 0


def test_a_link_shows_what_its_own_organisation_said_and_no_more(survey: Survey) -> None:
    a, b = survey.partners["Atelier"], survey.partners["Bazar"]
    said(survey, "Atelier", NewTie(b, (), 1, 1))
    said(survey, "Bazar", NewTie(a, ("activity",), 4, 2))
    seen = survey_form(asked_by_link(survey.secrets["Atelier"]))
    assert seen.said == (NewTie(b, (), 1, 1),)
    assert [one.name for one in seen.others] == ["Bazar", "Coop", "Dépôt", "École", "Foyer"]


@pytest.mark.parametrize(
    "tie",
    [
        lambda s: NewTie(s.partners["Atelier"]),
        lambda s: NewTie(0),
        lambda s: NewTie(s.partners["Bazar"], ("amitié",)),
        lambda s: NewTie(s.partners["Bazar"], (), 9),
        lambda s: NewTie(s.partners["Bazar"], (), None, 0),
    ],
)
def test_what_was_not_offered_is_refused_whole(survey: Survey, tie: object) -> None:
    with pytest.raises(BadInput, match="survey_choice"):
        said(survey, "Atelier", NewTie(survey.partners["Coop"]), tie(survey))  # type: ignore[operator]
    assert not Tie.objects.exists() and not Asked.objects.exclude(answered=None).exists()


def test_a_closed_wave_takes_no_answer(table: Table, survey: Survey) -> None:
    close_wave(table.slug, survey.wave, by=table.coordinator, now=NOW)
    with pytest.raises(Refused, match="wave_closed"):
        said(survey, "Atelier")


def test_a_renewed_link_ends_the_old_one(table: Table, survey: Survey) -> None:
    row = asked_by_link(survey.secrets["Coop"])
    name, secret = renew_link(table.slug, survey.wave, row.pk, by=table.coordinator, now=NOW)
    assert name == "Coop" and asked_by_link(secret).pk == row.pk
    with pytest.raises(NotFound, match="unknown_survey_link"):
        said(survey, "Coop")


def test_trust_is_read_only_where_it_is_asked_for_and_its_history_with_the_right(
    table: Table, survey: Survey
) -> None:
    said(survey, "Atelier", NewTie(survey.partners["Bazar"], (), 2, 4))
    assert survey_of(table.id, survey.wave).ties[0].trust is None
    assert survey_of(table.id, survey.wave, with_trust=True).ties[0].trust == 4
    assert network_in(table.id, survey.wave).trusted.trust.tolist() == [0]
    kinds = {one.what for one in changes_of(table.id, rights=frozenset({"read", "write"}))}
    assert "partners.tie" not in kinds and "partners.asked" in kinds
    assert "partners.tie" in {one.what for one in changes_of(table.id, rights=frozenset({"trust"}))}
