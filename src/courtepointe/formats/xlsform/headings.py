"""Headings of the sheets of a form: ``label::Français (fr)``, as they are written and read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from courtepointe.formats.xlsform.values import NO_LANGUAGE, Language

TRANSLATED = ("label", "hint", "constraint_message")
"""Columns that there is one of for each language, and that we read."""
KEPT = frozenset(
    {
        "choice_filter", "parameters", "trigger", "read_only", "required_message", "guidance_hint",
        "media::image", "media::audio", "media::video", "image", "audio", "video", "autoplay", "rows",
        "save_to", "bind::odk:length", "intent", "note", "notes", "comment", "comments", "$kuid", "hxl",
    }
)  # fmt: skip
"""Columns of the standard, or of those who write forms with it, that are kept as they are."""
ALIASES: Mapping[str, str] = {
    "relevance": "relevant", "calculate": "calculation", "caption": "label", "command": "type",
    "tag": "name", "readonly": "read_only", "count": "repeat_count", "jr:count": "repeat_count",
    "constraining_message": "constraint_message", "constraint_msg": "constraint_message",
    "value": "name", "list name": "list_name", "form_name": "form_title", "set_form_title": "form_title",
    "title": "form_title", "set_form_id": "form_id", "id_string": "form_id",
}  # fmt: skip
SPLIT = re.compile(r"\s*::?\s*")
CODED = re.compile(r"(?P<name>.*\S)\s*\((?P<code>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)")


def parted(heading: str) -> tuple[str, str]:
    """Part a heading into its column and its language.

    Returns
    -------
    column : str
        Lower case, by its usual name.
    language : str
        ``Français (fr)``; empty where the heading names none.
    """
    text = heading.strip()
    if text.casefold().startswith(
        ("media::", "media:", "bind::", "control::", "body::", "instance::")
    ):
        return text.casefold(), ""  # fmt: skip
    column, *rest = SPLIT.split(text, maxsplit=1)
    plain = re.sub(r"\s+", "_", column.casefold())
    plain = ALIASES.get(column.casefold(), ALIASES.get(plain, plain))
    return plain, rest[0].strip() if rest else ""


def language_named(text: str) -> Language:
    """Read the language of a heading.

    Parameters
    ----------
    text : str
        ``Français (fr)``, ``French``; empty: the form names none.
    """
    if not text:
        return Language(NO_LANGUAGE)
    coded = CODED.fullmatch(text)
    return Language(coded["code"].lower(), coded["name"]) if coded else Language(text, text)


def languages_in(headings: Iterable[str]) -> tuple[Language, ...]:
    """Give the languages of the headings of labels, in their order."""
    found: dict[str, Language] = {}
    for heading in headings:
        column, language = parted(heading)
        if column in TRANSLATED:
            told = language_named(language)
            found.setdefault(told.code, told)
    return tuple(found.values())


def translated(column: str, language: Language) -> str:
    """Write the heading of a column in a language."""
    return f"{column}::{language.heading}" if language.heading else column
