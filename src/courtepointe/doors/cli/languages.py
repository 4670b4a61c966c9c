"""Which language a command answers in: that of --lang, also for its help and for what it refuses."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

LANGUAGES = ("fr", "en")
CLICKS_WORDS = {
    "Usage:": "Utilisation :",
    "Options:": "Options :",
    "[required]": "[obligatoire]",
    "[default:": "[par défaut :",
    "Show this message and exit.": "Montre ces lignes.",
}
"""What click writes by itself."""
KINDS = {
    "INTEGER RANGE": "ENTIER",
    "FLOAT RANGE": "NOMBRE",
    "DIRECTORY": "DOSSIER",
    "FILE": "FICHIER",
    "TEXT": "TEXTE",
}
"""What click calls the kinds of options, in a column of its own."""


def asked(words: Sequence[str]) -> str | None:
    """Give the language that words on the command line ask for; None where they do not."""
    found = None
    for word, after in pairwise([*words, ""]):
        told = after if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and told in LANGUAGES:
            found = told
    return found


def spoken(root: click.Command, words: Sequence[str]) -> str:
    """Give the language to refuse in: that of --lang, else the default of the verb, else English."""
    command: click.Command | None = root
    for word in words:
        if not isinstance(command, click.Group):
            break
        command = command.get_command(click.Context(command), word)
    params = [] if command is None else command.params
    usual = [one.default for one in params if one.name == "lang" and one.default in LANGUAGES]
    return asked(words) or (str(usual[0]) if usual else "en")


class FrenchToo(click.Command):
    """A command whose help is in French beside `--lang fr`: `NAME.help.fr.toml` in this folder.

    The file has `help`, and a line for each option that has words.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note the language before any option is obeyed."""
        ctx.meta[__name__] = asked(args)
        return super().parse_args(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        """Give the help, in French where it is asked for."""
        if ctx.meta.get(__name__) != "fr":
            return super().get_help(ctx)
        words = _french(str(self.callback.__module__ if self.callback else "").rpartition(".")[2])
        own = copy.copy(self)
        own.help, own.params = words["help"], [_told(one, words) for one in self.params]
        formatter = ctx.make_formatter()
        own.format_help(ctx, formatter)
        text = formatter.getvalue().rstrip("\n")
        for english, french in CLICKS_WORDS.items():
            text = text.replace(english, french)
        for english, french in KINDS.items():
            text = re.sub(rf"\b{english}\b *", partial(_as_wide, french), text)
        return text


def _as_wide(word: str, found: re.Match[str]) -> str:
    """Put a word in the place of another with the blanks after it."""
    return word.ljust(len(found[0]))


def _told(param: click.Parameter, words: dict[str, str]) -> click.Parameter:
    own = copy.copy(param)
    if isinstance(own, click.Option) and own.name in words:
        own.help = words[own.name]
    return own


def _french(module: str) -> dict[str, Any]:
    file = Path(__file__).with_name(f"{module}.help.fr.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
