"""A batch: every area, form and language; goes on after a kill; one bad area does not stop the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from tests.press.documents.conftest import QUARTERS, ROOT

from courtepointe.core.errors import NoAnswer, Refused
from courtepointe.press import batch
from courtepointe.press.batch import MANIFEST, Order, make_all

FICHE = (ROOT / "src/courtepointe/press/templates/fiche.toml").read_text(encoding="utf-8")


@pytest.fixture
def order(demo_pack: Path, fonts: Path) -> Order:
    return Order(demo_pack, QUARTERS, ("pdf", "csv"), ("fr", "en"), FICHE, "fiche.toml", fonts)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.name != MANIFEST)


def test_every_area_in_every_form_and_language(order: Order, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    done = make_all(order, tmp_path / "all", on_done=lambda n, of: told.append((n, of)))
    assert (done.made, done.found, done.failed) == (36, 0, ())
    assert told[0] == (0, 36) and told[-1] == (36, 36)
    assert "quartier-sociologique-2014-q01-fr.pdf" in names(tmp_path / "all")
    assert len(names(tmp_path / "all")) == 36


def test_what_is_there_is_not_made_again_and_processes_give_the_same(
    order: Order, tmp_path: Path
) -> None:
    make_all(replace(order, langs=("fr",)), tmp_path / "one")
    kept = {f: (tmp_path / "one" / f).read_bytes() for f in names(tmp_path / "one")}
    gone = sorted(kept)[:3]
    for file in gone:
        (tmp_path / "one" / file).unlink()
    done = make_all(replace(order, langs=("fr",)), tmp_path / "one", workers=2)
    assert (done.made, done.found) == (3, len(kept) - 3)
    assert {f: (tmp_path / "one" / f).read_bytes() for f in names(tmp_path / "one")} == kept


def test_documents_of_other_inputs_are_not_mixed(order: Order, tmp_path: Path) -> None:
    small = replace(order, forms=("csv",), langs=("fr",))
    make_all(small, tmp_path / "all")
    with pytest.raises(Refused, match="batch_other_inputs"):
        make_all(replace(small, template=FICHE + "\n# mine"), tmp_path / "all")
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match="batch_folder_taken"):
        make_all(small, taken)
    assert names(taken) == ["mine.txt"]


def test_a_zip_holds_them_all_and_leaves_no_folder(order: Order, tmp_path: Path) -> None:
    out = tmp_path / "all.zip"
    make_all(replace(order, forms=("csv",)), out)
    assert [one.name for one in tmp_path.iterdir()] == ["all.zip"]
    with zipfile.ZipFile(out) as archive:
        assert len(archive.namelist()) == 18
        assert archive.testzip() is None


def test_an_area_without_an_answer_does_not_stop_the_others(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered = batch.subject_of

    def some(atlas: object, portrait: object, **more: object) -> object:
        if portrait.area.key.code == "Q02":  # type: ignore[attr-defined]
            raise NoAnswer("area_too_small", area_type="x", nearest="y", share=1.0)
        return gathered(atlas, portrait, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "subject_of", some)
    done = make_all(replace(order, forms=("csv",)), tmp_path / "all")
    assert done.made == 16
    assert {(one.code, one.lang) for one in done.failed} == {("Q02", "fr"), ("Q02", "en")}


@pytest.mark.slow
def test_a_batch_that_was_killed_goes_on(order: Order, tmp_path: Path, demo_pack: Path) -> None:
    out = tmp_path / "all"
    command = [
        str(Path(sys.executable).with_name("courtepointe")), "press", "all", str(demo_pack),
        "--type", QUARTERS, "--template", "fiche", "--format", "pdf", "--out", str(out),
    ]  # fmt: skip
    environment = os.environ | {"COURTEPOINTE_DATA": str(tmp_path / "data")}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    for _ in range(600):
        if out.is_dir() and len(names(out)) >= 3:
            break
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    made = len([name for name in names(out) if not name.startswith(".")])
    told = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert len(names(out)) == 18
    assert f"{18 - made} made, {made} already there" in told.stdout
