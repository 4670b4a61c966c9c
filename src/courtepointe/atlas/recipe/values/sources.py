"""Where things come from, and the words of both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in the two languages."""

    fr: str
    en: str

    @classmethod
    def either(cls, fr: str, en: str) -> Words:
        """Give words that may be written in one language only: it then stands for both."""
        return cls(fr or en, en or fr)

    def in_(self, lang: str) -> str:
        """Give the words in a language, ``"fr"`` or ``"en"``."""
        return self.en if lang == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Steward:
    """Who defines a territory or publishes data."""

    code: str
    name: Words
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which words data may be used, and how they must be credited."""

    code: str
    title: Words
    url: str
    attribution: Words


@dataclass(frozen=True, slots=True)
class Source:
    """One publication: a file, or several regional ones, with where and when it comes from.

    Attributes
    ----------
    files : tuple of str
        Paths or glob patterns under the folder of sources; the first that exist are read.
    url : str or None
        The publisher's address of the file itself, for downloading.
    page : str or None
        The publisher's page about it, for people.
    sha256 : tuple of str
        Checksums of known editions, one per edition; another checksum is a newer edition:
        loaded where its columns hold, and said so.
    optional : bool
        A missing optional source leaves its indicators ``not_loaded``; another stops the build.
    """

    code: str
    publisher: str
    title: Words
    licence: str
    citation: Words
    files: tuple[str, ...]
    url: str | None = None
    page: str | None = None
    date_published: str | None = None
    date_accessed: str | None = None
    sha256: tuple[str, ...] = ()
    optional: bool = False
    encoding: str | None = None
