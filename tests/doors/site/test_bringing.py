"""A table is brought, looked at, put right, taken in whole, and undone; somebody else's is not seen."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.doors.site.test_space import signed
from tests.support.people_files import xlsx
from tests.support.table import QUICK, Table, table_and_around

from courtepointe.doors.site.space import bringers
from courtepointe.doors.site.space.bringers import Bringer
from courtepointe.doors.site.space.frame import Space
from courtepointe.people.actions import create_many
from courtepointe.people.bringing import RowRead
from courtepointe.people.models import FiduciaryPeriod, HistoryRow, RememberedHeadings, TableDraft
from courtepointe.places.models import Entry, Part


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


def written(space: Space, rows: Sequence[RowRead], batch: str) -> int:
    """Take organisations in as a room of the tests does."""
    made = [
        FiduciaryPeriod(
            workspace_id=space.seen.id, name=str(row.values["name"]), since=date(2026, 1, 1)
        )
        for row in rows
    ]
    return len(create_many(made, by=space.by, now=space.now, batch=batch))


def there(space: Space) -> dict[tuple[str, ...], set[str]]:
    return {}


@pytest.fixture(autouse=True)
def _room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringers, "BRINGERS", {"organisations": Bringer("write", written, there)})


def at(table: Table, rest: str = "") -> str:
    return f"/fr/espace/{table.slug}/importer/{rest}"


def sent(text: str, name: str = "Organismes – été.csv") -> dict[str, object]:
    content = text.encode("utf-8-sig")
    return {"shape": "organisations", "file": SimpleUploadedFile(name, content)}


GOOD = "Nom de l’organisme;Téléphone\nMaison d’Œuvre;514 555-0123\nᐃᓄᒃ – Nord;5145550199\n"
FAULTY = "Nom de l’organisme;Courriel\nMaison d’Œuvre;a@example.org\nAutre;pas une adresse\n"


def brought(client: Client, table: Table, text: str = GOOD) -> str:
    answer = client.post(at(table), sent(text))
    assert answer.status_code == 302, re.findall(r"<p>(.*?)</p>", answer.content.decode())
    return answer.headers["Location"]


def test_a_table_is_looked_at_then_taken_in_and_undone(table: Table) -> None:
    ana = signed(table.coordinator)
    page = brought(ana, table)
    seen = ana.get(page).content.decode()
    assert "Maison d’Œuvre" in seen and "ᐃᓄᒃ – Nord" in seen and "514 555-0123" in seen
    assert not FiduciaryPeriod.objects.exists(), "nothing is written before somebody says so"
    done = ana.post(page, {"do": "take"})
    assert done.status_code == 302 and "batch=" in done.headers["Location"]
    assert set(FiduciaryPeriod.objects.values_list("name", flat=True)) == {"Maison d’Œuvre", "ᐃᓄᒃ – Nord"}  # fmt: skip
    assert not TableDraft.objects.exists(), "the file is destroyed once taken in"
    assert "Organismes – été.csv" in ana.get(at(table)).content.decode()
    batch = done.headers["Location"].split("batch=")[1]
    ana.post(f"/fr/espace/{table.slug}/historique/{batch}/annuler/", {"why": "mauvais fichier"})
    assert not FiduciaryPeriod.objects.exists()
    assert "annulé" in ana.get(at(table)).content.decode()


def test_faults_are_told_by_their_cells_and_nothing_is_half_taken(table: Table) -> None:
    ana = signed(table.coordinator)
    page = brought(ana, table, FAULTY)
    seen = ana.get(page).content.decode()
    assert "B3" in seen and "pas une adresse" in seen
    refused = ana.post(page, {"do": "take"})
    assert refused.status_code == 400 and not FiduciaryPeriod.objects.exists()
    book = openpyxl.load_workbook(io.BytesIO(ana.get(page + "a-corriger.xlsx").content))
    assert any(cell.comment for row in book.worksheets[0].iter_rows() for cell in row)
    ana.post(page, {"do": "take", "skip": "yes"})
    assert [one.name for one in FiduciaryPeriod.objects.all()] == ["Maison d’Œuvre"]


def test_a_column_said_by_hand_is_remembered_for_the_next_file(table: Table) -> None:
    ana = signed(table.coordinator)
    text = "Truc;Machin\nMaison d’Œuvre;x\n"
    page = brought(ana, table, text)
    assert "Aucune colonne" in ana.get(page).content.decode()
    assert ana.post(page, {"do": "match", "column-A": "n’importe"}).status_code == 400
    assert ana.post(page, {"do": "match", "column-A": "name", "column-B": ""}).status_code == 302
    assert ana.post(page, {"do": "take"}).status_code == 302
    assert RememberedHeadings.objects.get().shape == "organisations"
    again = ana.get(brought(ana, table, text)).content.decode()
    assert re.search(r'name="column-A".*?value="name" selected', again, re.DOTALL)


def test_the_second_table_of_a_sheet_can_be_chosen(table: Table) -> None:
    ana = signed(table.coordinator)
    heads = ["Nom de l’organisme", "Téléphone"]
    rows = [heads, ["Première", "514 555-0123"], [], [], ["Autre tableau"], heads, ["Deuxième", "514 555-0124"]]  # fmt: skip
    file = SimpleUploadedFile("deux.xlsx", xlsx({"A": rows, "B": [heads, ["Ailleurs", ""]]}))
    page = ana.post(at(table), {"shape": "organisations", "file": file}).headers["Location"]
    seen = ana.get(page).content.decode()
    offered = re.findall(r'<option value="(\d)"( selected)?>([^<]*)</option>', seen)[:3]
    assert [(name, bool(chosen)) for _, chosen, name in offered] == [("A", True), ("A (2)", False), ("B", False)]  # fmt: skip
    for number, name in (("1", "Deuxième"), ("2", "Ailleurs"), ("0", "Première")):
        assert ana.post(page, {"do": "match", "table": number}).status_code == 302
        answer = ana.get(page)
        assert answer.status_code == 200 and name in answer.content.decode(), name
    ana.post(page, {"do": "match", "table": "1"})
    assert ana.post(page, {"do": "take"}).status_code == 302
    assert [one.name for one in FiduciaryPeriod.objects.all()] == ["Deuxième"]


def test_a_file_that_is_no_table_is_refused_in_a_sentence(table: Table) -> None:
    ana = signed(table.coordinator)
    for content in (b"", b"%PDF-1.7\n\x00\xe2\xe3\x00", b"PK\x03\x04broken"):
        file = SimpleUploadedFile("x.xlsx", content)
        answer = ana.post(at(table), {"shape": "organisations", "file": file})
        assert answer.status_code == 400
    assert ana.post(at(table), {"shape": "organisations"}).status_code == 400
    assert ana.post(at(table), sent(GOOD) | {"shape": "sorciers"}).status_code == 400
    assert not TableDraft.objects.exists()


def test_the_file_is_sealed_while_it_waits_and_dropped_when_asked(table: Table) -> None:
    ana = signed(table.coordinator)
    page = brought(ana, table)
    held = bytes(TableDraft.objects.get().content)
    assert b"Maison" not in held and b"514" not in held[:40]
    ana.post(page, {"do": "drop"})
    assert not TableDraft.objects.exists() and ana.get(page).status_code == 404


def test_only_who_brought_a_file_sees_it_and_only_while_they_may_write(table: Table) -> None:
    page = brought(signed(table.coordinator), table)
    assert signed(table.member).get(at(table)).status_code == 403
    assert signed(table.member).get(page).status_code == 403
    for who in (table.former, table.stranger):
        for address in (at(table), page, page + "a-corriger.xlsx", at(table, "vide/organisations.xlsx")):  # fmt: skip
            assert signed(who).get(address).status_code == 404
            assert signed(who).post(address, {"do": "take"}).status_code in (404, 405)
    assert not FiduciaryPeriod.objects.exists()
    assert "555-0123" not in str(HistoryRow.objects.values_list("before", "after", "why"))


def test_a_file_of_another_kind_is_told_what_is_read_here(table: Table) -> None:
    file = SimpleUploadedFile("plan.xlsx", b"%PDF-1.7\n\x00\xe2\x00")
    page = signed(table.coordinator).post(at(table), {"shape": "organisations", "file": file})
    assert "ODS" in page.content.decode() and "Parquet" not in page.content.decode()


def test_an_empty_table_to_fill_in_has_its_headings(table: Table) -> None:
    answer = signed(table.coordinator).get(at(table, "vide/organisations.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert any("om" in str(cell.value) for cell in next(book.worksheets[0].iter_rows()))
    assert signed(table.coordinator).get(at(table, "vide/sorciers.xlsx")).status_code == 404


def test_organisations_come_into_the_directory_and_leave_it_again(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real room: what a file says is in the directory, with the file's kind as its source."""
    monkeypatch.undo()
    ana = signed(table.coordinator)
    text = (
        "Organisme;NEQ;Téléphone;Adresse;Code postal;Courriel\n"
        "Maison d’Œuvre;1144556677;514 555-0123;1212, rue Panet;H2L 2Y7;a@example.org\n"
        "ᐃᓄᒃ – Nord;;5145550199;s.o.;;\n"
    )
    done = ana.post(brought(ana, table, text), {"do": "take"})
    assert done.status_code == 302, done.content.decode()
    page = ana.get(f"/fr/espace/{table.slug}/repertoire/").content.decode()
    assert "Maison d’Œuvre" in page and "ᐃᓄᒃ – Nord" in page
    kept = str(list(Entry.objects.values_list("values", flat=True))) + str(
        list(Part.objects.values_list("values", flat=True))
    )
    assert "1212, rue Panet" in kept and "a@example.org" in kept
    assert "empty" not in kept and "not_applicable" not in kept, "a cell without a value is no word"
    again = ana.get(brought(ana, table, text)).content.decode()
    assert "2 lignes sont déjà ici" in again
    batch = done.headers["Location"].split("batch=")[1]
    ana.post(f"/fr/espace/{table.slug}/historique/{batch}/annuler/", {"why": ""})
    page = ana.get(f"/fr/espace/{table.slug}/repertoire/").content.decode()
    assert "Maison d’Œuvre" not in page
