"""Files that leave: every row, days as days, no formula, the same bytes twice."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
from tests.apps.programme.test_board import CARD, PHASE, RUN

from courtepointe.engagement.programme.exports import chronology_csv, communications_xlsx
from courtepointe.engagement.programme.values import Achievement, Communication

TOLD = Communication(1, "exposed", "=2+2", "poster", ("fr", "es"), date(2026, 5, 1), "agent", "sent", date(2026, 5, 2), "")  # fmt: skip
PARTY = Achievement(1, "Fête", "", date(2026, 6, 1), 3, None, None, "shared", "", None)


def test_the_chronology_is_read_back_in_two_languages() -> None:
    own = replace(CARD, stage="", title="-jardin", due=date(2026, 7, 1))
    told = chronology_csv(RUN, phases=[PHASE], cards=[CARD, own], achievements=[PARTY], lang="fr")
    assert told.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(told.removeprefix("\ufeff"))))
    assert [row["Genre"] for row in rows] == ["programme", "phase", "étape", "étape propre au secteur", "réalisation"]  # fmt: skip
    assert rows[1]["Titre"] == "S’installer et se présenter" and rows[1]["Fin prévue"] == "2026-05-01"  # fmt: skip
    assert rows[3]["Titre"] == "'-jardin", "a spreadsheet must not compute it"
    english = chronology_csv(RUN, phases=[PHASE], cards=[CARD], achievements=[], lang="en")
    assert "Agree with the hosts,Spaces for activities and exchange,to do" in english


def test_the_communications_plan_opens_in_excel() -> None:
    made = communications_xlsx([TOLD], title="Plan", lang="en")
    assert made == communications_xlsx([TOLD], title="Plan", lang="en")
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert head[:4] == ["For whom", "Message", "Channel", "Languages"]
    assert row[:5] == ["groups most exposed", "=2+2", "poster", "French, Spanish", datetime(2026, 5, 1)]  # fmt: skip
    assert sheet["B2"].data_type == "s", "a text, not a formula"


def test_an_empty_plan_is_a_sheet_with_its_heads() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(communications_xlsx([], title="", lang="fr"))).active
    assert sheet is not None and sheet["A1"].value == "Pour qui" and sheet.max_row == 1
