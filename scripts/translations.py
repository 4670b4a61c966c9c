"""Gather, check and compile the interface's words: French and English, both complete.

    python scripts/translations.py gather    # new words of the code into locale/*/…/django.po
    python scripts/translations.py check     # every word in both languages, nothing stale or fuzzy
    python scripts/translations.py compile   # django.po -> django.mo

Django's own commands need GNU gettext on the machine; Babel does the same from a wheel.
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "courtepointe"
LANGUAGES = ("fr", "en")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
SLOT = re.compile(r"%\((\w+)\)[sd]")


def catalog_file(language: str) -> Path:
    """Say where a language's words are."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """Read a language's words; an absent file has none."""
    file = catalog_file(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def code_of(file: Path) -> bytes:
    """Give a file as Python that calls gettext, as Django itself does for templates."""
    text = file.read_text(encoding="utf-8")
    return (templatize(text) if file.suffix in (".html", ".txt") else text).encode()


def words_of_the_code() -> Catalog:
    """Gather every word that the code and the templates mark for translation."""
    found = Catalog()
    files = [
        *SOURCE.rglob("*.py"),
        *SOURCE.rglob("templates/**/*.html"),
        *SOURCE.rglob("templates/**/*.txt"),
    ]
    for file in sorted(files):
        where = file.relative_to(ROOT).as_posix()
        for line, message, _comments, context in extract(
            "python", BytesIO(code_of(file)), keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            found.add(message, locations=[(where, line)], context=context)
    return found


def gather() -> int:
    """Add new words to both files, mark none fuzzy, drop what the code no longer says."""
    template = words_of_the_code()
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        file = catalog_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            write_po(stream, catalog, width=100, sort_output=True, include_lineno=False)
    return check()


def texts(message: Message) -> list[str]:
    """Give a message's translations, one per plural form."""
    string = message.string
    return list(string) if isinstance(string, (list, tuple)) else [string]


def faults_of(language: str, template: Catalog) -> list[str]:
    """Name what is missing, stale, fuzzy or has other slots than the code gives."""
    catalog, faults = read(language), []
    for message in template:
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        known = catalog.get(key, message.context)
        if known is None or not all(texts(known)):
            faults.append(f"{language}: no words for {key!r}")
            continue
        if known.fuzzy:
            faults.append(f"{language}: fuzzy words for {key!r}")
        given = set(SLOT.findall(" ".join(message.id) if isinstance(message.id, tuple) else key))
        for text in texts(known):
            if not set(SLOT.findall(text)) <= given:
                faults.append(f"{language}: unknown slot in {text!r}")
    for message in catalog:
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        if key and template.get(key, message.context) is None:
            faults.append(f"{language}: stale words {key!r}")
    return faults


def check() -> int:
    """Print every fault of both languages; 1 where there is one."""
    template = words_of_the_code()
    faults = [fault for language in LANGUAGES for fault in faults_of(language, template)]
    print("\n".join(faults) or f"{len(template)} words, complete in {' and '.join(LANGUAGES)}")
    return int(bool(faults))


def compile_() -> int:
    """Write the .mo files that Django reads."""
    for language in LANGUAGES:
        if catalog_file(language).exists():
            with catalog_file(language).with_suffix(".mo").open("wb") as stream:
                write_mo(stream, read(language))
    return 0


if __name__ == "__main__":
    settings.configure()
    verbs = {"gather": gather, "check": check, "compile": compile_}
    if len(sys.argv) != 2 or sys.argv[1] not in verbs:
        sys.exit(__doc__)
    sys.exit(verbs[sys.argv[1]]())
