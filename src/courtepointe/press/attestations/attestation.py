"""An attestation of training: what was learnt, until when it holds, and how anyone can check it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import segno

from courtepointe.core.errors import BadInput
from courtepointe.press.attestations.codes import read_code, shown
from courtepointe.press.attestations.setting import print_paper, said
from courtepointe.press.numbers import date_text, number
from courtepointe.press.patches import patch_mark
from courtepointe.press.templates.values import Paper

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Attestation:
    """What an attestation says.

    Attributes
    ----------
    code : str
        As `code_of` makes it.
    link : str
        The address that verifies the code.
    hours : float
        0 where they are not told.
    until : date or None
        The last day on which it holds; None where it does not expire.
    issuer : str
        The organisation that issues it.
    mark : str
        What the patchwork mark is drawn from: the code of the territory or of the organisation.
    name : str
        Empty unless the person asked for it.
    role : str
        What the person is ready for, in words; may be empty.
    """

    code: str
    link: str
    training: str
    level: str
    attended: date
    issued: date
    until: date | None
    issuer: str
    mark: str
    hours: float = 0.0
    learnt: tuple[str, ...] = ()
    name: str = ""
    role: str = ""

    def __post_init__(self) -> None:
        read_code(self.code)
        for field in ("training", "issuer", "link"):
            if not getattr(self, field).strip():
                raise BadInput("attestation_lacks", value=field)
        if max(map(len, (self.training, self.issuer, self.name, self.level))) > LONGEST:
            raise BadInput("attestation_too_long", expected=LONGEST)
        if self.until is not None and self.until < self.issued:
            raise BadInput("attestation_until", value=self.until)


def write_attestation(
    made: Attestation, *, lang: str, fonts: Path, paper: Paper | str = Paper.LETTER
) -> bytes:
    """Write an attestation as PDF/UA-1, one page.

    Parameters
    ----------
    made : Attestation
    fonts : Path
        Of `courtepointe.press.faces.faces`.

    Raises
    ------
    BadInput
        ``unknown_paper``, ``unknown_language``.
    """
    told = {
        "title": said("attestation", lang=lang),
        "training": made.training,
        "level": made.level,
        "name": made.name.strip(),
        "sentence": _sentence(made, lang),
        "facts": [list(pair) for pair in _facts(made, lang)],
        "learnt_title": said("learnt", lang=lang),
        "learnt": list(made.learnt),
        "issuer": made.issuer,
        "issued": said("issued", lang=lang, date=_day(made.issued, lang)),
        "check_title": said("check", lang=lang),
        "check": said("check_text", lang=lang),
        "code": shown(made.code),
        "link": made.link,
        "qr": qr_svg(made.link),
        "qr_alt": said("qr_alt", lang=lang, link=made.link),
        "mark": patch_mark(made.mark),
    }
    return print_paper("attestation.typ", told, lang=lang, made=made.issued, fonts=fonts, paper=paper)  # fmt: skip


def _sentence(made: Attestation, lang: str) -> str:
    key = "sentence_named" if made.name.strip() else "sentence"
    return said(key, lang=lang)


def _facts(made: Attestation, lang: str) -> list[tuple[str, str]]:
    facts = [(said("attended", lang=lang), _day(made.attended, lang))]
    if made.hours > 0:
        decimals = 0 if made.hours == round(made.hours) else 1
        told = number(made.hours, decimals=decimals, lang=lang)
        facts.append((said("length", lang=lang), said("hours", lang=lang, n=told)))
    until = said("for_good", lang=lang) if made.until is None else _day(made.until, lang)
    facts.append((said("until", lang=lang), until))
    if made.role:
        facts.append((said("role", lang=lang), made.role))
    return facts


def _day(day: date, lang: str) -> str:
    return date_text(day.isoformat(), lang=lang)


def qr_svg(link: str) -> str:
    """Draw an address as a QR code, in SVG; a quarter of it may be spoiled."""
    out = io.BytesIO()
    segno.make(link, error="q", micro=False).save(
        out, kind="svg", border=4, xmldecl=False, light="#ffffff", dark="#000000", scale=4
    )
    return out.getvalue().decode("utf-8")
