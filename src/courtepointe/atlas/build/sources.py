"""Find the files of a recipe's sources, and tell which edition they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from courtepointe.atlas.build.work import Desk
from courtepointe.atlas.pack.describe import file_hash
from courtepointe.atlas.recipe.values import Recipe, Source
from courtepointe.core.errors import BadInput

KNOWN, NEWER, UNSTATED = "known", "newer", "unstated"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of a source.

    Attributes
    ----------
    name : str
        Under the folder of sources.
    edition : str
        ``known`` (a checksum of the recipe), ``newer`` (another), ``unstated`` (the recipe
        knows no checksum of this source, or nobody has looked yet).
    """

    path: Path
    name: str
    sha256: str = ""
    edition: str = UNSTATED


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source whose files are here."""

    source: Source
    files: tuple[FoundFile, ...]

    @property
    def edition(self) -> str:
        """``known`` only where every file is."""
        editions = {file.edition for file in self.files}
        return NEWER if NEWER in editions else editions.pop()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where the files are."""
        return tuple(file.path for file in self.files)

    def one_path(self) -> Path:
        """Give the only file, or refuse several where one is read."""
        if len(self.files) > 1:
            raise BadInput(
                "source_several_files",
                source=self.source.code,
                found=", ".join(file.name for file in self.files),
            )
        return self.files[0].path

    def facts(self) -> dict[str, Any]:
        """Say what was read, for the pack."""
        sums = [file.sha256 for file in self.files]
        joined = hashlib.sha256("".join(sums).encode()).hexdigest()
        return {
            "file": ", ".join(file.name for file in self.files),
            "sha256": sums[0] if len(sums) == 1 else joined,
            "edition": self.edition,
            "files": [
                {"file": one.name, "sha256": one.sha256, "edition": one.edition}
                for one in self.files
            ],
        }


def find_sources(recipe: Recipe, folder: Path) -> Mapping[str, FoundSource]:
    """Find every source that is here.

    Parameters
    ----------
    recipe : Recipe
    folder : Path
        What the patterns of the recipe are relative to.

    Returns
    -------
    mapping of source code -> FoundSource
        Without the optional ones that are absent.

    Raises
    ------
    NotFound, BadInput
        ``sources_folder_missing``; ``source_missing``, naming the source, the files expected and
        the publisher's address.
    """
    if not folder.is_dir():
        raise BadInput("sources_folder_missing", folder=folder.name)
    found: dict[str, FoundSource] = {}
    for source in recipe.sources:
        paths = matching_files(source, folder)
        if paths:
            files = tuple(FoundFile(path, path.relative_to(folder).as_posix()) for path in paths)
            found[source.code] = FoundSource(source, files)
        elif not source.optional:
            raise BadInput(
                "source_missing",
                source=source.code,
                title=source.title.fr,
                publisher=source.publisher,
                expected=", ".join(source.files),
                address=source.page or source.url or "—",
            )
    return found


def matching_files(source: Source, folder: Path) -> tuple[Path, ...]:
    """Give the files of the first pattern that has any, in the order of their names."""
    for pattern in source.files:
        paths = tuple(sorted(path for path in folder.glob(pattern) if path.is_file()))
        if paths:
            return paths
    return ()


@dataclass(frozen=True, slots=True)
class Summing:
    """A file whose checksum is wanted."""

    path: Path


def sum_file(given: Summing, desk: Desk) -> dict[str, Any]:
    """Tell the checksum of a file."""
    return {"sha256": file_hash(given.path)}


def with_sums(found: Mapping[str, FoundSource], sums: Mapping[Path, str]) -> dict[str, FoundSource]:
    """Say which edition each file is, once their checksums are known."""
    return {
        code: FoundSource(one.source, tuple(_identified(f, one.source, sums) for f in one.files))
        for code, one in found.items()
    }


def _identified(file: FoundFile, source: Source, sums: Mapping[Path, str]) -> FoundFile:
    checksum = sums[file.path]
    edition = UNSTATED
    if source.sha256:
        edition = KNOWN if checksum in source.sha256 else NEWER
    return replace(file, sha256=checksum, edition=edition)
