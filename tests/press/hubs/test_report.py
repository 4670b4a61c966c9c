"""A report as it falls on its pages: a heading is never left alone at the foot of one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from courtepointe.doors.faces import paper_faces
from courtepointe.press.forms.pdf import write_pdf
from courtepointe.press.hubs.report import ReportPart, StudyReport, study_publication

NOTES = "Sources et méthode"


def report(n_lines: int) -> StudyReport:
    lines = tuple(f"Ligne {line}" for line in range(n_lines))
    return StudyReport(
        kind="Étude", title="Œuvre", workspace_word="Espace", workspace="Table", mark="x", lang="fr",
        parts=[ReportPart("Partie", lines)], notes_heading=NOTES, notes=("une note", "une autre"),
        citation="Table, Œuvre", foot="", pack="", dated="2026-01-01",
    )  # fmt: skip


@pytest.mark.parametrize("n_lines", range(32, 38))
def test_the_heading_of_the_notes_goes_with_them(tmp_path: Path, n_lines: int) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine: `make test` installs poppler-utils")
    file = tmp_path / "report.pdf"
    file.write_bytes(write_pdf(study_publication(report(n_lines)), fonts=paper_faces(), paper="letter"))  # fmt: skip
    told = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    pages = told.stdout.decode().split("\f")
    where = {word: [n for n, page in enumerate(pages) if word in page] for word in (NOTES, "une note")}  # fmt: skip
    assert where[NOTES] == where["une note"] != []
