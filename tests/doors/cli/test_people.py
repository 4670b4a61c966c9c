"""`courtepointe people`: open, invite, recover; what is refused and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.support.server import copied, own_data


@pytest.fixture(scope="module")
def data(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(prepared, tmp_path_factory.mktemp("people"))


def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("courtepointe")), *words],
        cwd=ROOT,
        env=own_data(data),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_workspace_is_opened_and_its_first_coordinator_gets_a_link(data: Path) -> None:
    told = run(data, "people", "open", "Table ᐃ – l’Œuvre", "--site", "https://ville.example", "--json")  # fmt: skip
    assert told.returncode == 0, told.stderr
    made = json.loads(told.stdout)
    assert made["workspace"] == "table-l-oeuvre"
    assert made["link"].startswith("https://ville.example/fr/invitation/")
    again = run(data, "people", "invite", made["workspace"], "--json")
    assert again.returncode == 0 and json.loads(again.stdout)["link"] != made["link"]
    quiet = run(data, "people", "open", "Autre", "--if-none")
    assert quiet.returncode == 0 and quiet.stdout == ""


def test_what_cannot_be_is_said_in_one_sentence(data: Path) -> None:
    for words, code, said in (
        (("people", "open", "X", "--kind", "secte"), 3, "Unknown kind of workspace"),
        (("people", "invite", "aucun"), 5, "No workspace has this address"),
        (("people", "recover", "personne@example.org"), 5, "No account has the address"),
    ):
        told = run(data, *words)
        assert told.returncode == code, told.stderr
        assert said in told.stderr and "Traceback" not in told.stderr


def test_help_teaches(data: Path) -> None:
    told = run(data, "people", "open", "--help").stdout
    assert "first coordinator" in told and "courtepointe people open" in told
