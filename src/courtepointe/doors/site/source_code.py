"""The source code of the running site, offered to whoever uses it, as its licence asks (AGPL, 13)."""

from __future__ import annotations

import gzip
import io
import tarfile
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
ROOT = PACKAGE.parents[1]
BESIDE = (
    "pyproject.toml", "LICENSE", "README.md", "Makefile", "package.json", "package-lock.json",
    "requirements", "recipes", "locale", "scripts", "docs",
)  # fmt: skip
LEFT_OUT = ("__pycache__", ".pyc", ".nbi", ".nbc")


def file_name() -> str:
    """Name the archive by the version that runs."""
    return f"courtepointe-{version('courtepointe')}.tar.gz"


@lru_cache(maxsize=1)
def archive() -> bytes:
    """Pack the program as it runs: the package, and what stands beside it in a checkout.

    Only the program's own files: no data, no settings, no key.
    """
    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w") as tar,
    ):
        for file in _files():
            tar.add(file, arcname=f"courtepointe/{_place(file)}", recursive=False, filter=_plain)
    return packed.getvalue()


def _files() -> list[Path]:
    kept = [PACKAGE, *(ROOT / name for name in BESIDE if _is_checkout())]
    found = [file for place in kept for file in ([place] if place.is_file() else place.rglob("*"))]
    return sorted(f for f in found if f.is_file() and not any(bad in str(f) for bad in LEFT_OUT))


def _is_checkout() -> bool:
    """Whether the package stands in its own repository, and not among other installed ones."""
    return (ROOT / "src" / PACKAGE.name) == PACKAGE and (ROOT / "pyproject.toml").is_file()


def _place(file: Path) -> str:
    return file.relative_to(ROOT if _is_checkout() else PACKAGE.parent).as_posix()


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Say nothing of this machine's people and clock."""
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry
