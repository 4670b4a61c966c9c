"""All or nothing: whatever happens to a build, the former pack is whole or the new one is."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from tests.atlas.build.conftest import Build

from courtepointe.atlas.build import swap
from courtepointe.atlas.pack.open import open_pack
from courtepointe.core.errors import BadInput, Refused
from courtepointe.doors.words import exit_code, sentence


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def formerly(pack: Path, village: Path) -> str:
    """Put a former pack where the build will be, and give its hash."""
    shutil.copytree(pack, village / "pack")
    return open_pack(village / "pack").content_hash


def test_a_full_disk_is_said_and_leaves_the_former_pack(
    village: Path, village_pack: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = formerly(village_pack, village)

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "values.npy")

    with monkeypatch.context() as patched:
        patched.setattr(np.lib.format, "open_memmap", full)
        with pytest.raises(BadInput) as caught:
            build()
    assert caught.value.code == "disk_full"
    assert "place" in sentence(caught.value, lang="fr")
    assert exit_code(caught.value) == 3
    assert open_pack(village / "pack").content_hash == former
    assert left_in(village) == ["pack", "sources", "village.toml"]


def test_a_disk_that_fails_at_the_last_step_leaves_the_former_pack(
    village: Path, village_pack: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = formerly(village_pack, village)
    rename = Path.rename

    def broken(path: Path, target: Path) -> Path:
        if ".building-" in path.name:
            raise OSError(errno.EIO, "Input/output error", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(BadInput, match="disk_error"):
        build()
    assert open_pack(village / "pack").content_hash == former
    assert left_in(village) == ["pack", "sources", "village.toml"]


@pytest.mark.skipif(os.name == "nt", reason="no kill -9 on this system")
def test_a_killed_build_leaves_the_former_pack_and_the_next_one_clears_up(
    village: Path, village_pack: Path, build: Build
) -> None:
    former = formerly(village_pack, village)
    script = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from courtepointe.atlas.build.swap import replacing
        with replacing(Path(sys.argv[1])) as folder:
            (folder / "half").write_text("half")
            print("building", flush=True)
            time.sleep(60)
    """)
    started = subprocess.Popen(
        [sys.executable, "-c", script, str(village / "pack")], stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "building\n"
    with pytest.raises(Refused, match="build_in_progress"):
        build()
    started.send_signal(signal.SIGKILL)
    started.wait()
    started.stdout.close()
    assert any(".building-" in name for name in left_in(village))
    assert open_pack(village / "pack").content_hash == former
    assert build().content_hash == former
    assert left_in(village) == ["pack", "sources", "village.toml"]


def test_a_build_that_died_between_two_names_is_made_good(
    village: Path, village_pack: Path, build: Build
) -> None:
    former = formerly(village_pack, village)
    (village / "pack").rename(village / ".pack.former")
    with pytest.raises(BadInput, match="source_missing"):
        (village / "sources" / "counts.csv").unlink()
        build()
    with pytest.raises(ZeroDivisionError), swap.replacing(village / "pack"):
        raise ZeroDivisionError
    assert open_pack(village / "pack").content_hash == former


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_no_pack_is_never_replaced(village: Path, build: Build, kind: str) -> None:
    out = village / "out"
    if kind == "folder":
        out.mkdir()
        (out / "thesis.odt").write_text("years of work")
    elif kind == "file":
        out.write_text("a file")
    else:
        out.symlink_to(village / "sources")
    with pytest.raises(Refused, match="out_is_no_pack"):
        build(out="out")
    assert out.exists()
    assert kind != "folder" or (out / "thesis.odt").read_text() == "years of work"


def test_an_empty_folder_may_become_a_pack(village: Path, build: Build) -> None:
    (village / "out").mkdir()
    built = build(out="out")
    assert open_pack(village / "out").content_hash == built.content_hash


def test_a_pack_being_read_outlives_its_replacement(village: Path, build: Build) -> None:
    table = open_pack(build().folder).release_tables["counts_2021", "area:2021"]
    before = table.values.copy()
    text = (village / "sources" / "counts.csv").read_text(encoding="utf-8")
    (village / "sources" / "counts.csv").write_text(text.replace("400,", "401,"), encoding="utf-8")
    build()
    assert np.array_equal(table.values, before, equal_nan=True)
    fresh = open_pack(village / "pack").release_tables["counts_2021", "area:2021"]
    assert fresh.values[0][0] == 401


@pytest.mark.parametrize("room", ["16k", "48k", "96k", "160k"])
def test_a_disk_that_is_truly_full_is_said(village: Path, build: Build, room: str) -> None:
    disk = village / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("needs the right to mount a tiny disk")
    try:
        with pytest.raises(BadInput) as caught:
            build(out="disk/pack")
        assert caught.value.code == "disk_full"
        assert left_in(disk) == []
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
