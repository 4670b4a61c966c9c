"""How long does it take to read 30,000 volunteers from a workbook and to tell every fault by its cell?

The peer is pandas, asked the usual way: `read_excel`, then a loop over its rows that checks each cell
with `phonenumbers`, `fromisoformat`, a regular expression and dictionaries; once with its own engine
(openpyxl) and once with ours (calamine). Ours also finds the header, matches the columns, measures the
file before it is opened, and says what it understood otherwise. `COURTEPOINTE_BENCH_ROWS` sets how many
rows (30,000).
"""

from __future__ import annotations

import datetime as dt
import os
import random
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas
import phonenumbers
import xlsxwriter

import measure
from courtepointe.formats.workbooks import find_grids, read_workbook
from courtepointe.people.bringing import propose_mapping, read_rows, shape

ROWS = int(os.environ.get("COURTEPOINTE_BENCH_ROWS", "30000"))
HEADS = (
    "Pseudonyme", "Compétences", "Langues", "Zone", "Disponibilités", "Date du consentement",
    "Téléphone", "Courriel", "Moyen de contact", "Année", "Remarques", "No",
)  # fmt: skip
SKILLS = {"Premiers soins": "first_aid", "Cuisine": "cooking", "Conduite": "driving", "Écoute et soutien": "listening", "Informatique": "computers"}  # fmt: skip
LANGUAGES = {"français": "fr", "anglais": "en", "créole haïtien": "ht", "espagnol": "es", "arabe": "ar"}  # fmt: skip
TIMES = {"Matin en semaine": "weekday_morning", "Soir en semaine": "weekday_evening", "Fin de semaine": "weekend", "En tout temps": "any"}  # fmt: skip
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
TODAY = dt.date(2026, 1, 1)


def ours(argument: Mapping[str, Any]) -> list[int]:
    """Read, find the table, match, check; give rows, clean rows and faults."""
    content = Path(argument["path"]).read_bytes()
    volunteers = shape("volunteers")
    (grid,) = find_grids(read_workbook(content, file="b.xlsx"))
    result = read_rows(grid, propose_mapping(grid, volunteers), volunteers, today=TODAY)
    return [result.n_rows, len(result.rows), len(result.faults)]


def pandas_loop(argument: Mapping[str, Any]) -> list[int]:
    """Read with pandas and check row by row; give the same."""
    frame = pandas.read_excel(argument["path"], header=2, engine=argument["engine"], dtype=object)
    seen: set[str] = set()
    checks = _checks(seen)
    n_clean, n_faults = 0, 0
    for row in frame.to_dict("records"):
        n_wrong = sum(not check(row[head]) for head, check in checks.items())
        n_clean += not n_wrong
        n_faults += n_wrong
    return [len(frame), n_clean, n_faults]


def pandas_openpyxl(argument: Mapping[str, Any]) -> list[int]:
    """Read with pandas' own engine."""
    return pandas_loop({**argument, "engine": "openpyxl"})


def pandas_calamine(argument: Mapping[str, Any]) -> list[int]:
    """Read with the engine that is ours too."""
    return pandas_loop({**argument, "engine": "calamine"})


def is_missing(value: Any) -> bool:
    """Tell whether a cell holds nothing, as the loop sees it."""
    return value is None or value != value or str(value).strip() in ("", "-", "n/d", "s.o.")


def is_phone(value: Any) -> bool:
    """Check a telephone number and write it in one form."""
    text = str(int(value)) if isinstance(value, int | float) else str(value)
    try:
        number = phonenumbers.parse(text, "CA")
    except phonenumbers.NumberParseException:
        return False
    phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return bool(phonenumbers.is_valid_number(number))


def is_day(value: Any) -> bool:
    """Check a date that is not after today."""
    if isinstance(value, dt.datetime):
        return value.date() <= TODAY
    try:
        return dt.date.fromisoformat(str(value)) <= TODAY
    except ValueError:
        return False


def _checks(seen: set[str]) -> dict[str, Callable[[Any], bool]]:
    def pseudonym(value: Any) -> bool:
        if is_missing(value) or len(str(value)) > 80 or str(value).casefold() in seen:
            return False
        seen.add(str(value).casefold())
        return True

    def listed(known: Mapping[str, str], breaks: str) -> Callable[[Any], bool]:
        return lambda value: (
            is_missing(value) or all(one.strip() in known for one in str(value).split(breaks))
        )

    return {
        "Pseudonyme": pseudonym, "Compétences": listed(SKILLS, ";"), "Langues": listed(LANGUAGES, ","),
        "Disponibilités": listed(TIMES, ";"),
        "Date du consentement": lambda value: is_missing(value) or is_day(value),
        "Téléphone": lambda value: is_missing(value) or is_phone(value),
        "Courriel": lambda value: is_missing(value) or EMAIL.fullmatch(str(value)) is not None,
    }  # fmt: skip


SIDES = {"ours": ours, "pandas_openpyxl": pandas_openpyxl, "pandas_calamine": pandas_calamine}


def write_file(path: str, n_rows: int) -> int:
    """Write a list of volunteers, some cells of it faulty; tell its bytes."""
    chance = random.Random(20260101)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Bénévoles")
    as_date = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_string(0, 0, "Réseau des bénévoles")
    sheet.write_row(2, 0, HEADS)
    for number in range(n_rows):
        sheet.write_row(number + 3, 0, _row(chance, number))
        day = dt.datetime(2025, 1, 1) + dt.timedelta(days=number % 300)
        if number % 50:
            sheet.write_datetime(number + 3, 5, day, as_date)
    book.close()
    return Path(path).stat().st_size


def _row(chance: random.Random, number: int) -> list[Any]:
    skills = chance.sample([*SKILLS], chance.randint(1, 3))
    languages = chance.sample([*LANGUAGES], chance.randint(1, 3))
    phone = 5142000000 + chance.randrange(7_999_999)
    return [
        f"{chance.choice(['Étoile', 'Nœud', 'D’Or', 'Érable', 'ᐃᓄᒃ'])}-{number:05d}",
        "; ".join(skills), ", ".join(languages), f"Nord {number % 40}", chance.choice([*TIMES]),
        None if number % 50 else "en mars",
        phone if number % 3 else f"514 {phone // 10_000 % 1000}-{phone % 10_000:04d}",
        f"personne{number}@exemple.org" if number % 100 else "personne@@exemple",
        chance.choice(["texto", "courriel", "n/d"]), 2025, f"remarque {number}", number,
    ]  # fmt: skip


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask for one file."""
    path = str(folder / "volunteers.xlsx")
    # In a process of its own: the memory of this one would count as that of both sides.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        n_bytes = pool.submit(write_file, path, ROWS).result()
    yield measure.Question(
        "volunteers from a workbook, every fault by its cell",
        f"{ROWS:,} rows of 12 cells, {n_bytes / 1e6:.1f} MB",
        {"path": path},
        (("pandas (openpyxl), row by row", "pandas_openpyxl"), ("pandas (calamine), row by row", "pandas_calamine")),
    )  # fmt: skip


if __name__ == "__main__":
    measure.answer(SIDES, questions)
