"""All or nothing: build beside the pack, then take its place in one step.

The former pack is served until then, and stays where anything fails. What a killed build left
behind is cleared by the next one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from courtepointe.atlas.pack.layout import DESCRIPTOR
from courtepointe.core.errors import BadInput, Refused

try:
    import fcntl
except ImportError:  # Windows: two builds of one pack at once are left to the operator's care
    fcntl = None  # type: ignore[assignment]

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
NUMPY_NO_ROOM = re.compile(r"\d+ requested and \d+ written")
"""NumPy tells a full disk in words, without the number of the error."""


@contextlib.contextmanager
def replacing(pack: Path) -> Iterator[Path]:
    """Give an empty folder to build in; put it in the pack's place when nothing failed.

    Raises
    ------
    Refused
        ``out_is_no_pack`` (the folder holds something else), ``build_in_progress``.
    BadInput
        ``disk_full``, ``disk_error``.
    """
    _check_out(pack)
    try:
        pack.parent.mkdir(parents=True, exist_ok=True)
        with _alone(pack):
            _clear_leftovers(pack)
            folder = Path(tempfile.mkdtemp(prefix=_prefix(pack, "building"), dir=pack.parent))
            try:
                yield folder
                _sync(folder)
                _swap(folder, pack)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise _worded(error, pack) from error


def _worded(error: OSError, pack: Path) -> BadInput:
    where = Path(str(error.filename)).name if error.filename else pack.name
    if error.errno in NO_ROOM or NUMPY_NO_ROOM.search(str(error)):
        return BadInput("disk_full", folder=pack.name, file=where)
    return BadInput("disk_error", folder=pack.name, file=where, found=error.strerror or str(error))


def _check_out(pack: Path) -> None:
    if pack.is_symlink() or (pack.exists() and not pack.is_dir()):
        raise Refused("out_is_no_pack", folder=pack.name)
    if pack.is_dir() and any(pack.iterdir()) and not (pack / DESCRIPTOR).is_file():
        raise Refused("out_is_no_pack", folder=pack.name)


def _prefix(pack: Path, what: str) -> str:
    return f".{pack.name}.{what}-"


@contextlib.contextmanager
def _alone(pack: Path) -> Iterator[None]:
    """Hold the pack's lock; the system lets it go when the process ends, however it ends."""
    lock = pack.parent / f".{pack.name}.lock"
    with lock.open("w") as held:
        if fcntl is not None:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Refused("build_in_progress", folder=pack.name) from error
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _clear_leftovers(pack: Path) -> None:
    """Remove what a killed build left; put the former pack back if it died between two names."""
    former = pack.parent / f".{pack.name}.former"
    if former.is_dir() and not pack.exists():
        former.rename(pack)
    shutil.rmtree(former, ignore_errors=True)
    for left in pack.parent.glob(f"{_prefix(pack, 'building')}*"):
        shutil.rmtree(left, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Push every file and folder to the disk, so that a power cut leaves a whole pack."""
    for path in sorted(folder.rglob("*")):
        _sync_one(path)
    _sync_one(folder)


def _sync_one(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(folder: Path, pack: Path) -> None:
    folder.chmod(0o755)
    former = pack.parent / f".{pack.name}.former"
    if pack.exists():
        pack.rename(former)
    try:
        folder.rename(pack)
    except OSError:
        if former.exists():
            former.rename(pack)
        raise
    _sync_one(pack.parent)
    shutil.rmtree(former, ignore_errors=True)
