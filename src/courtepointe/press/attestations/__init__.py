"""Papers of a neighbourhood's life: attestations of training, sheets of meetings."""

from courtepointe.press.attestations.attestation import Attestation, write_attestation
from courtepointe.press.attestations.codes import SYMBOLS, code_of, read_code, shown
from courtepointe.press.attestations.sheet import (
    AgendaLine,
    DecisionLine,
    MeetingSheet,
    PresenceLine,
    write_meeting_sheet,
)

__all__ = [
    "SYMBOLS",
    "AgendaLine",
    "Attestation",
    "DecisionLine",
    "MeetingSheet",
    "PresenceLine",
    "code_of",
    "read_code",
    "shown",
    "write_attestation",
    "write_meeting_sheet",
]
