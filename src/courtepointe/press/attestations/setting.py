"""How papers are set: a layout in Typst, data that is never read as markup, PDF/UA-1."""

from __future__ import annotations

import json
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst

from courtepointe.core.errors import BadInput
from courtepointe.press.faces import FAMILY, SYLLABICS
from courtepointe.press.palette import tokens
from courtepointe.press.templates.values import Paper
from courtepointe.press.words import LANGUAGES, typeset

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class _Press:
    """A compiler of one layout; it serves one at a time."""

    compiler: typst.Compiler
    turn: threading.Lock = field(default_factory=threading.Lock)


@lru_cache(maxsize=8)
def _press(layout: str, fonts: Path) -> _Press:
    held = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)])
    file = str(FOLDER / layout)
    return _Press(typst.Compiler(file, font_paths=held, ignore_system_fonts=True))


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


def said(key: str, *, lang: str, **slots: object) -> str:
    """Give the words of a key, typeset, its slots filled."""
    if lang not in LANGUAGES:
        raise BadInput("unknown_language", value=lang, expected=", ".join(LANGUAGES))
    return typeset(_words()[key][lang], lang=lang).format(**slots)


def print_paper(
    layout: str,
    told: Mapping[str, Any],
    *,
    lang: str,
    made: date,
    fonts: Path,
    paper: Paper | str,
) -> bytes:
    """Set a paper.

    Parameters
    ----------
    layout : str
        A Typst file: of this folder by its name, or a whole path.
    told : mapping
        What the layout reads, as JSON.
    made : date
        What the file says of when it was made: the same paper gives the same bytes.

    Raises
    ------
    BadInput
        ``unknown_paper``.
    """
    if paper not in set(Paper):
        raise BadInput("unknown_paper", value=paper, expected=", ".join(Paper))
    held = {
        **told,
        "lang": lang,
        "paper": "us-letter" if paper == Paper.LETTER else "a4",
        "fonts": [FAMILY, SYLLABICS],
        "colours": tokens("light"),
    }
    press = _press(layout, fonts)
    with press.turn:
        pdf = press.compiler.compile(
            format="pdf",
            sys_inputs={"paper": json.dumps(held, ensure_ascii=False)},
            pdf_standards="ua-1",
            timestamp=datetime(made.year, made.month, made.day, tzinfo=UTC),
        )
    assert isinstance(pdf, bytes)
    return pdf
