"""Files come in whole or not at all, are undone by their batch, and go out without trust."""

from __future__ import annotations

import pytest
from tests.apps.partners.conftest import Survey
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement.partners.actions import (
    add_partner,
    close_wave,
    open_wave,
    take_organisations,
    take_survey,
    take_ties,
)
from courtepointe.engagement.partners.files import read_file, written
from courtepointe.engagement.partners.models import Asked, Partner, Tie
from courtepointe.engagement.partners.queries import (
    network_in,
    organisations_listed,
    partners_of,
    survey_of,
)
from courtepointe.people.actions import undo_batch

TIES = "de,à,nature,fréquence,confiance\nAtelier,Bazar,projet commun,3,4\nBazar,École,,,\n"


def bring_ties(table: Table, survey: Survey, text: str) -> str:
    listed = organisations_listed(table.id)
    read = read_file(text.encode(), file="liens.csv", what="ties", listed=listed)
    return take_ties(table.slug, survey.wave, read.whole(), by=table.coordinator, now=NOW)


def test_organisations_come_in_once(table: Table) -> None:
    text = "nom,secteur\nAtelier,Art\nBazar,\n"
    for sector in ("Art", "Culture"):
        told = read_file(text.replace("Art", sector).encode(), file="o.csv", what="organisations")
        take_organisations(table.slug, told.whole().organisations, by=table.coordinator, now=NOW)
    found = [(one.name, one.sector) for one in partners_of(table.id)]
    assert found == [("Atelier", "Culture"), ("Bazar", "")]


def test_ties_come_in_and_silence_stays_silence(table: Table, survey: Survey) -> None:
    bring_ties(table, survey, TIES)
    network = network_in(table.id, survey.wave).trusted.network
    assert network.n_ties == 2 and network.n_answered == 0
    bring_ties(table, survey, TIES.replace(",3,4", ",1,"))
    tie = Tie.objects.get(kind="project")
    assert (tie.frequency, tie.trust) == (1, 4)


def test_a_fault_leaves_nothing(table: Table, survey: Survey) -> None:
    with pytest.raises(BadInput, match="ties_unknown"):
        bring_ties(table, survey, TIES + "Atelier,Inconnue au bataillon,,,\n")
    assert not Tie.objects.exists()


def test_a_batch_is_undone(table: Table, survey: Survey) -> None:
    batch = bring_ties(table, survey, TIES)
    undo_batch(table.slug, batch, by=table.coordinator, now=NOW)
    assert not Tie.objects.exists() and Partner.objects.count() == 6


def test_an_import_that_a_wave_stands_on_is_not_undone(table: Table) -> None:
    told = read_file(b"nom\nAtelier\n", file="o.csv", what="organisations").whole()
    by = table.coordinator
    batch = take_organisations(table.slug, told.organisations, by=by, now=NOW)
    add_partner(table.slug, name="Bazar", by=by, now=NOW)
    open_wave(table.slug, name="Été", by=by, now=NOW)
    with pytest.raises(Refused, match="changed_since"):
        undo_batch(table.slug, batch, by=by, now=NOW)
    assert Partner.objects.count() == 2 and Asked.objects.count() == 2


def test_a_network_goes_out_and_comes_back(table: Table, survey: Survey) -> None:
    by = table.coordinator
    bring_ties(table, survey, TIES)
    kept = survey_of(table.id, survey.wave, with_trust=True)
    content = written(kept, "graphml", lang="fr", with_trust=True)
    batch_wave = open_wave(table.slug, name="Retour", by=by, now=NOW)
    read = read_file(content, file="r.graphml", what="graphml").whole()
    take_survey(table.slug, batch_wave, read, by=by, now=NOW)
    assert survey_of(table.id, batch_wave, with_trust=True) == kept


@pytest.mark.parametrize("ending", ["organisations.csv", "ties.csv", "graphml"])
def test_trust_goes_out_only_where_it_is_asked_for(
    table: Table, survey: Survey, ending: str
) -> None:
    bring_ties(table, survey, TIES.replace(",4", ",tout à fait"))
    plain = written(survey_of(table.id, survey.wave), ending, lang="fr").decode()
    assert "Atelier" in plain and "confiance" not in plain and "trust" not in plain
    assert "tout à fait" not in plain


def test_an_unknown_form_and_a_closed_wave_are_refused(table: Table, survey: Survey) -> None:
    with pytest.raises(NotFound, match="unknown_network_file"):
        written(survey_of(table.id, survey.wave), "gexf", lang="fr")
    close_wave(table.slug, survey.wave, by=table.coordinator, now=NOW)
    with pytest.raises(Refused, match="wave_closed"):
        bring_ties(table, survey, TIES)
