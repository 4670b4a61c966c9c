"""Who writes the list and the waves, who reads the ties, and what a wave gives the core."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.apps.partners.conftest import NAMES, Survey
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.engagement.partners.access import ties_to
from courtepointe.engagement.partners.actions import (
    add_partner,
    answer_by_link,
    change_partner,
    close_wave,
    make_links,
    open_wave,
    renew_link,
    take_organisations,
)
from courtepointe.engagement.partners.queries import (
    changed,
    figures_shown,
    network_in,
    partner_of,
    partners_of,
    public_figures,
    shared_places,
    stated,
    wave_of,
    waves_of,
)
from courtepointe.engagement.partners.values import NewTie
from courtepointe.people.values import Person

WRITES: tuple[Callable[[Table, Survey, Person], object], ...] = (
    lambda t, s, by: add_partner(t.slug, name="Gare", by=by, now=NOW),
    lambda t, s, by: change_partner(t.slug, s.partners["Coop"], name="Coop 2", by=by, now=NOW),
    lambda t, s, by: open_wave(t.slug, name="Été", by=by, now=NOW),
    lambda t, s, by: close_wave(t.slug, s.wave, by=by, now=NOW),
    lambda t, s, by: make_links(t.slug, s.wave, by=by, now=NOW),
    lambda t, s, by: renew_link(t.slug, s.wave, 1, by=by, now=NOW),
    lambda t, s, by: take_organisations(t.slug, (), by=by, now=NOW),
)


@pytest.mark.parametrize("write", WRITES)
def test_who_may_not_write_changes_nothing(
    table: Table, survey: Survey, evaluator: Person, write: Callable[..., object]
) -> None:
    before = partners_of(table.id), waves_of(table.id)
    for who in (table.member, evaluator):
        with pytest.raises(NotAllowed, match="role_needed"):
            write(table, survey, who)
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound, match="unknown_workspace"):
            write(table, survey, who)
    assert (partners_of(table.id), waves_of(table.id)) == before


def test_ties_are_read_by_who_runs_the_survey_and_by_the_evaluator(
    table: Table, evaluator: Person
) -> None:
    assert ties_to(table.slug, by=table.coordinator, now=NOW).slug == table.slug
    assert "trust" in ties_to(table.slug, by=evaluator, now=NOW).rights
    assert "trust" not in ties_to(table.slug, by=table.coordinator, now=NOW).rights
    with pytest.raises(NotAllowed):
        ties_to(table.slug, by=table.member, now=NOW)
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound):
            ties_to(table.slug, by=who, now=NOW)


def test_nothing_of_another_workspace_is_found(table: Table, survey: Survey) -> None:
    by = table.stranger
    with pytest.raises(NotFound, match="unknown_partner"):
        change_partner(table.other, survey.partners["Coop"], name="x", by=by, now=NOW)
    with pytest.raises(NotFound, match="unknown_wave"):
        close_wave(table.other, survey.wave, by=by, now=NOW)
    with pytest.raises(NotFound, match="unknown_wave"):
        network_in(0, survey.wave)
    with pytest.raises(NotFound, match="unknown_partner"):
        partner_of(0, survey.partners["Coop"])


def test_the_list_holds_each_once_and_nothing_without_a_name(table: Table, survey: Survey) -> None:
    by = table.coordinator
    for name in ("ecole", " ÉCOLE "):
        with pytest.raises(Refused, match="partner_listed"):
            add_partner(table.slug, name=name, by=by, now=NOW)
    with pytest.raises(BadInput, match="partner_name_needed"):
        add_partner(table.slug, name="  ", by=by, now=NOW)
    with pytest.raises(BadInput, match="partner_text_long"):
        add_partner(table.slug, name="x" * 201, by=by, now=NOW)
    assert len(partners_of(table.id)) == len(NAMES)


def test_a_wave_keeps_who_was_asked_in_it(table: Table, survey: Survey) -> None:
    by = table.coordinator
    change_partner(table.slug, survey.partners["Foyer"], name="Foyer", active=False, by=by, now=NOW)
    add_partner(table.slug, name="Gare", by=by, now=NOW)
    second = open_wave(table.slug, name="Automne", by=by, now=NOW + timedelta(days=1))
    first = network_in(table.id, survey.wave)
    assert first.names == NAMES
    assert network_in(table.id, second).names == (*NAMES[:5], "Gare")
    with pytest.raises(Refused, match="wave_named"):
        open_wave(table.slug, name="Automne", by=by, now=NOW)


def test_who_joins_an_open_wave_is_asked_with_the_next_links(table: Table, survey: Survey) -> None:
    add_partner(table.slug, name="Gare", by=table.coordinator, now=NOW)
    made = make_links(table.slug, survey.wave, by=table.coordinator, now=NOW)
    assert [name for name, _ in made] == ["Gare"]
    assert wave_of(table.id, survey.wave).n_asked == 7


def test_a_wave_needs_two_organisations(table: Table) -> None:
    with pytest.raises(Refused, match="no_partner_to_ask"):
        open_wave(table.slug, name="Été", by=table.coordinator, now=NOW)


def answered(survey: Survey, who: str, *named: str) -> None:
    ties = [NewTie(survey.partners[name], (), 2) for name in named]
    answer_by_link(survey.secrets[who], role="staff", ties=ties, now=NOW)


def test_figures_know_who_is_silent(table: Table, survey: Survey) -> None:
    answered(survey, "Atelier", "Bazar", "École")
    answered(survey, "Bazar", "Atelier")
    told = stated(network_in(table.id, survey.wave))
    assert (told.n_nodes, told.n_answered, told.n_named, told.n_links, told.n_mutual) == (6, 2, 3, 2, 1)  # fmt: skip
    # By hand: 2 of 15 pairs are tied; any silent one might name anybody; 6 pairs lie among the four silent.
    assert (told.n_open, told.n_open_named_by_other) == (13, 6)
    ruled = told.density.named_by_other
    assert ruled is not None and (ruled.low, ruled.high) == (2 / 15, 8 / 15)


def test_change_is_told_among_those_asked_both_times(table: Table, survey: Survey) -> None:
    by = table.coordinator
    for name in NAMES:
        answered(survey, name, *(["Bazar"] if name == "Atelier" else []))
    close_wave(table.slug, survey.wave, by=by, now=NOW)
    change_partner(table.slug, survey.partners["Foyer"], name="Foyer", active=False, by=by, now=NOW)
    number = open_wave(table.slug, name="Automne", by=by, now=NOW + timedelta(days=90))
    second = Survey(number, survey.partners, dict(make_links(table.slug, number, by=by, now=NOW)))
    for name in NAMES[:5]:
        answered(second, name, *(["Coop"] if name == "Atelier" else []))
    before, after = network_in(table.id, survey.wave), network_in(table.id, number)
    assert shared_places(before, after) == ((0, 1, 2, 3, 4), (0, 1, 2, 3, 4))
    told = changed(before, after)
    assert told is not None and (told.n_shared, told.n_left) == (5, 1)
    counts = told.pairs.n_kept.low, told.pairs.n_new.low, told.pairs.n_ended.low
    assert counts == (0, 1, 1)


def test_figures_without_ties_wait_until_they_tell_of_nobody(table: Table, survey: Survey) -> None:
    for name in NAMES[:4]:
        answered(survey, name, *(other for other in NAMES[:3] if other != name))
    assert public_figures(table.id, wave_of(table.id, survey.wave)).shares == ()
    for name in NAMES[4:]:
        answered(survey, name)
    assert figures_shown(table.id) == ()
    close_wave(table.slug, survey.wave, by=table.coordinator, now=NOW)
    (told,) = figures_shown(table.id)
    # By hand: 3 pairs among the first three, 3 more of the fourth: 6 of 15 pairs.
    assert dict(told.shares)["density"] == 0.4
    assert all(round(part * 20, 6) == round(part * 20) for _, part in told.shares)
