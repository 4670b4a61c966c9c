"""Ties and organisations as tables: read as people have them, refused by row and column, written back."""

from __future__ import annotations

from pathlib import Path

import pytest

from courtepointe.core.errors import BadInput
from courtepointe.core.network import UNSAID
from courtepointe.doors.words import sentence
from courtepointe.formats.ties import (
    NamedTie,
    Organisation,
    Survey,
    numbered,
    organisations_csv,
    read_organisations,
    read_ties,
    read_vocabulary,
    ties_csv,
    vocabulary,
)

A = Organisation("A", "Maison des familles", "Communautaire", True)
B = Organisation("B", "Cuisine collective de l’Écluse", "Communautaire", False)
C = Organisation("C", "CLSC du Ruisseau", "Santé", None)
THREE = (A, B, C)


def written(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "liens.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_organisations_are_read_in_any_encoding_and_with_any_mark(
    tmp_path: Path, encoding: str, mark: str
) -> None:
    rows = ["Code,Nom,Secteur,A répondu", "A,Maison des familles,Communautaire,oui",
            "B,Cuisine collective de l’Écluse,Communautaire,NON", "C,CLSC du Ruisseau,Santé,"]  # fmt: skip
    file = written(tmp_path, "\r\n".join(rows).replace(",", mark), encoding=encoding)
    assert read_organisations(file).whole().organisations == THREE


def test_a_list_of_names_is_enough(tmp_path: Path) -> None:
    told = read_organisations(written(tmp_path, "Organisme,Courriel\nMaison,a@b\nJardin,\n"))
    assert [(one.code, one.answered) for one in told.whole().organisations] == [
        ("Maison", None), ("Jardin", None)]  # fmt: skip
    assert told.ignored == ("Courriel",)


def test_ties_are_read_by_code_and_by_name_in_both_languages(tmp_path: Path) -> None:
    text = (
        "From;To;Kind;How often;Trust\n"
        "A;cuisine collective de l'ECLUSE;projet commun;Every month;3\n"
        "Maison des familles;C;;;tout à fait\n"
        "C;B;information;2.0;\n"
    )
    told = read_ties(written(tmp_path, text), THREE).whole()
    assert told.ties == (
        NamedTie("A", "B", "project", 3, 3),
        NamedTie("A", "C", "", None, 4),
        NamedTie("C", "B", "information", 2, None),
    )


def test_every_fault_is_named_and_nothing_is_half_read(tmp_path: Path) -> None:
    text = (
        "De;À;Nature;Fréquence\n"
        "A;Maison des famille;;\n"  # near A
        "A;Quincaillerie;;\n"  # unknown
        ";B;;\n"
        "B;b;;\n"  # to itself, by name
        "A;C;troc;\n"
        "A;C;;7\n"
        "A;B;;1\n"
        "A;B;;2\n"  # contradicts
    )
    told = read_ties(written(tmp_path, text), (*THREE, Organisation("D", "b")))
    assert told.survey is None
    codes = [(one.code, one.facts["row"]) for one in told.faults]
    assert codes == [
        ("ties_unknown_near", 2), ("ties_unknown", 3), ("ties_lacks", 4),
        ("ties_value", 6), ("ties_value", 7), ("ties_tie_twice", 9),
    ]  # fmt: skip
    near, unknown = told.faults[:2]
    assert (near.facts["column"], near.facts["expected"]) == ("À", "Maison des familles")
    assert "«\u202fMaison des famille\u202f»" in sentence(near, lang="fr")
    assert "row 3" in sentence(unknown, lang="en") and "Quincaillerie" in sentence(
        unknown, lang="en"
    )
    assert told.faults[5].facts["first_row"] == 8
    with pytest.raises(BadInput, match="ties_unknown_near"):
        told.whole()


def test_an_organisation_that_names_itself_is_refused_whichever_way_it_is_written(
    tmp_path: Path,
) -> None:
    told = read_ties(written(tmp_path, "de,à\nA,Maison des familles\n"), THREE)
    assert [one.code for one in told.faults] == ["ties_self"]


def test_a_row_told_twice_counts_once(tmp_path: Path) -> None:
    told = read_ties(written(tmp_path, "de,à\nA,B\nA,Cuisine collective de l'écluse\nB,A\n"), THREE)
    assert told.n_repeated == 1
    assert told.whole().ties == (NamedTie("A", "B"), NamedTie("B", "A"))


def test_one_code_or_one_name_for_two_is_refused(tmp_path: Path) -> None:
    text = "code,nom,a répondu\n1,Maison,\n1,Jardin,\n2,MAISON,peut-être\n3,,\n"
    told = read_organisations(written(tmp_path, text))
    assert [(one.code, one.facts["row"]) for one in told.faults] == [
        ("ties_organisation_twice", 3), ("ties_organisation_twice", 4), ("ties_value", 4),
        ("ties_lacks", 5),
    ]  # fmt: skip


def test_a_file_without_the_columns_says_which(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="ties_columns") as caught:
        read_ties(written(tmp_path, "qui,quoi\nA,B\n"), THREE)
    assert "de, à / from, to" in sentence(caught.value, lang="fr")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("with_trust", [True, False])
def test_what_is_written_is_read_back(tmp_path: Path, lang: str, with_trust: bool) -> None:
    odd = Organisation("=1+1", '@Chez "Nous", l’Œuvre; et Cie', "", None)
    ties = (
        NamedTie("A", "=1+1", "referral", 4, 1),
        NamedTie("=1+1", "B"),
        NamedTie("C", "A", "", 2),
    )
    survey = Survey((*THREE, odd), ties)
    first = written(tmp_path, organisations_csv(survey.organisations, lang=lang), name="o.csv")
    second = written(tmp_path, ties_csv(survey, lang=lang, with_trust=with_trust))
    assert not any(line.startswith(b"=") for line in first.read_bytes().splitlines())
    told = read_ties(second, read_organisations(first).whole().organisations).whole()
    assert told.organisations == survey.organisations
    unseen = [NamedTie(t.from_code, t.to_code, t.kind, t.frequency) for t in ties]
    assert told.ties == (ties if with_trust else tuple(unseen))


def test_trust_is_written_only_when_it_is_asked_for() -> None:
    survey = Survey(THREE, (NamedTie("A", "B", "", None, 4),))
    assert "confiance" not in ties_csv(survey, lang="fr")
    assert "tout à fait" not in ties_csv(survey, lang="fr")
    assert "tout à fait" in ties_csv(survey, lang="fr", with_trust=True)


def test_a_survey_becomes_arrays_and_silence_is_said() -> None:
    survey = Survey(THREE, (NamedTie("A", "C", "project", 2, 3), NamedTie("C", "A")))
    with pytest.raises(BadInput, match="ties_answered_unsaid") as caught:
        numbered(survey)
    assert caught.value.facts["value"] == "CLSC du Ruisseau"
    told = numbered(survey, answered_where_unsaid=True)
    network = told.trusted.network
    assert network.answered.tolist() == [True, False, True]
    assert (network.from_node.tolist(), network.to_node.tolist()) == ([0, 2], [2, 0])
    assert network.kind.tolist() == [5, 0] and network.frequency.tolist() == [2, UNSAID]
    assert told.trusted.trust.tolist() == [3, UNSAID]
    assert told.sector_names == ("Communautaire", "Santé") and told.sectors.tolist() == [1, 1, 2]


def test_the_vocabulary_has_all_words_in_both_languages() -> None:
    words = vocabulary()
    for told in words.kinds.values():
        assert told.keys() == {"fr", "en"} and all(told.values())
    assert len(words.frequencies["fr"]) == len(words.frequencies["en"]) == 4
    assert len(words.trusts["fr"]) == len(words.trusts["en"])
    assert not words.yes & words.no
    # No heading means two things in one file.
    for fields in (
        ("code", "name", "sector", "answered"),
        ("from", "to", "kind", "frequency", "trust"),
    ):
        headings = [one for name in fields for one in set(words.headings[name])]
        assert len(headings) == len(set(headings))
    with pytest.raises(KeyError):
        read_vocabulary("[organisations]\n[ties]\n")
