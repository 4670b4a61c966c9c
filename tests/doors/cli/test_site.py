"""`courtepointe site`, and what any command does on a machine that is not ready for it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.server import own_data

from courtepointe.core.errors import Refused
from courtepointe.doors import words
from courtepointe.doors.cli import site
from courtepointe.doors.cli.main import _write_every_letter


def run(*asked: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = str(Path(sys.executable).with_name("courtepointe"))
    return subprocess.run(
        [command, *asked], env=os.environ | environment, capture_output=True, check=False
    )


def test_a_port_that_is_taken_is_told_in_one_sentence() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(Refused, match="port_taken") as caught:
            site._check_port("127.0.0.1", port)
    told = words.sentence(caught.value, lang="fr")
    assert f"port {port}\u00a0:" in told
    site._check_port("127.0.0.1", port)


@pytest.mark.parametrize("verb", ["prepare", "serve"])
def test_a_data_folder_that_cannot_be_made_is_told_in_one_sentence(
    tmp_path: Path, verb: str
) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    done = run("site", verb, COURTEPOINTE_DATA=str(file / "data"))
    assert (done.returncode, done.stdout) == (6, b"")
    assert b"The data folder cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


def test_words_are_written_where_the_terminal_knows_ascii_only() -> None:
    asked = "import sys; from courtepointe.doors.cli.main import _write_every_letter as w; w(); "
    done = subprocess.run(
        [sys.executable, "-c", asked + r"print('c\u0153ur \u202f')"],
        env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8") == "c\u0153ur \u202f\n"


def test_a_stream_that_already_writes_utf_8_is_left_alone() -> None:
    before = sys.stdout.encoding
    _write_every_letter()
    assert sys.stdout.encoding == before


def test_measured_numbers_are_written_as_the_language_does() -> None:
    error = Refused("area_outside_atlas", west=-74.3292, east=-73.1, south=45.0, north=46.5)
    french, english = (words.sentence(error, lang=lang) for lang in ("fr", "en"))
    assert "de −74,3292° à −73,1°" in french and "de 45° à 46,5°" in french
    assert "−74.3292° to −73.1°" in english
    many = Refused("too_many_drafts", value=5001)
    assert "5\u202f001" in words.sentence(many, lang="fr")
    assert "5,001" in words.sentence(many, lang="en")
    assert "port 8765" in words.sentence(Refused("port_taken", port=8765), lang="fr")


def test_commands_of_tests_never_reach_the_database_that_somebody_works_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURTEPOINTE_DATABASE_URL", f"sqlite:///{tmp_path / 'theirs.sqlite3'}")
    told = "from django.conf import settings; print(settings.DATABASES['default']['NAME'])"
    asked = [sys.executable, "-c", told]
    more = own_data(tmp_path, DJANGO_SETTINGS_MODULE="courtepointe.config.settings")
    done = subprocess.run(asked, env=more, capture_output=True, check=True, text=True)
    assert Path(done.stdout.strip()) == tmp_path / "courtepointe.sqlite3"
