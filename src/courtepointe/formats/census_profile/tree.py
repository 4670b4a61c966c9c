"""The tree of characteristics, as indentation draws it in the file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from courtepointe.core.errors import BadInput
from courtepointe.formats.census_profile.layout import ProfileLayout
from courtepointe.formats.census_profile.read import read_header
from courtepointe.formats.census_profile.schema import SPACES_A_LEVEL, Characteristic
from courtepointe.formats.census_profile.source import line_blocks, opened, profile_files
from courtepointe.formats.census_profile.text import Decoder

_SMALL_BLOCK = 1024 * 1024


def characteristic_tree(path: Path, *, encoding: str | None = None) -> tuple[Characteristic, ...]:
    """Read the characteristics in order from a file's first geography.

    Raises
    ------
    BadInput
        As `read_profile` does; ``census_profile_number`` for an id or a note that is none.
    """
    file = profile_files([path])[0]
    with opened(file) as stream:
        blocks = line_blocks(stream, file, block_bytes=_SMALL_BLOCK)
        layout, decoder, rows = read_header(blocks, file, encoding=encoding)
        named = _first_geography(rows, layout, decoder, file=file.name)
        return tuple(_with_parents(named))


def _first_geography(
    blocks: Iterable[bytes], layout: ProfileLayout, decoder: Decoder, *, file: str
) -> Iterator[tuple[int, str, int | None]]:
    """Give id, indented name and note of each row, until the geography changes."""
    dguid, number, name, note = (layout.identification[i] for i in (1, 8, 9, 10))
    former: str | None = None
    row = 1
    for block in blocks:
        decoder.learn(block)
        for line in block.splitlines():
            row += 1
            if not line.strip():
                continue
            words = decoder.words(line.replace(b'"', b'""'), row=row, column="—")
            fields = next(csv.reader([words], delimiter=layout.separator))
            if len(fields) != len(layout.columns):
                raise BadInput(
                    "census_profile_field_count",
                    file=file,
                    row=row,
                    found=len(fields),
                    expected=len(layout.columns),
                )
            if former is not None and fields[dguid] != former:
                return
            former = fields[dguid]
            at = (file, row, layout.columns[number])
            yield _whole(fields[number], at), fields[name], _note(fields[note], at)


def _whole(words: str, at: tuple[str, int, str]) -> int:
    if not words.strip().isdecimal():
        file, row, column = at
        raise BadInput("census_profile_number", file=file, row=row, column=column, value=words)
    return int(words)


def _note(words: str, at: tuple[str, int, str]) -> int | None:
    return _whole(words, at) if words.strip() else None


def _with_parents(named: Iterable[tuple[int, str, int | None]]) -> Iterator[Characteristic]:
    above: list[tuple[int, int]] = []
    for number, name, note in named:
        bare = name.lstrip(" \u00a0")
        depth = (len(name) - len(bare)) // SPACES_A_LEVEL
        while above and above[-1][0] >= depth:
            above.pop()
        parent = above[-1][1] if above else None
        above.append((depth, number))
        yield Characteristic(number, bare.rstrip(), depth, parent, note)
