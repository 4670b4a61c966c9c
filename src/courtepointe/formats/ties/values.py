"""Organisations and the ties they name, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.core.errors import BadInput


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the survey.

    Attributes
    ----------
    code : str
        Its own in the file.
    sector : str
        Empty where it was not said.
    answered : bool or None
        None where the file does not say.
    """

    code: str
    name: str
    sector: str = ""
    answered: bool | None = None


@dataclass(frozen=True, slots=True)
class NamedTie:
    """One organisation names another.

    Attributes
    ----------
    from_code, to_code : str
    kind : str
        A code of the vocabulary; empty where it was not said.
    frequency, trust : int or None
        From 1 for the least; None where it was not said.
    """

    from_code: str
    to_code: str
    kind: str = ""
    frequency: int | None = None
    trust: int | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """Organisations, each once, and their ties, each once."""

    organisations: tuple[Organisation, ...]
    ties: tuple[NamedTie, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds, or all that is wrong with it: never a part.

    Attributes
    ----------
    survey : Survey or None
        None where there is a fault.
    faults : tuple of BadInput
        With the file, the row, the column, the value and what was expected.
    n_repeated : int
        Rows that say again, word for word, what another row said; they count once.
    ignored : tuple of str
        Columns that were not read.
    """

    survey: Survey | None
    faults: tuple[BadInput, ...] = ()
    n_repeated: int = 0
    ignored: tuple[str, ...] = ()

    def whole(self) -> Survey:
        """Give the survey, or raise the first fault."""
        if self.survey is None:
            raise self.faults[0]
        return self.survey
