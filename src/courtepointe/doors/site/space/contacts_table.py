"""Contact persons of a spreadsheet, from the clean rows of a brought table to the organisations of the directory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5

from rapidfuzz import fuzz, process

from courtepointe.doors.site.space.frame import Space
from courtepointe.formats.hsds import Directory, Record
from courtepointe.people.bringing import RowRead, Unfit, key_of_row, shape, shown
from courtepointe.places.actions import Incoming, import_directory
from courtepointe.places.marks import name_mark
from courtepointe.places.queries.contacts import ContactHeld, contacts_held, organisations_named

SHAPE = "contacts"
NEAR = 85.0
"""From this ratio of rapidfuzz on (100 is the same), the name of an organisation is suggested; never taken."""
FIELDS = {"name": "name", "role": "title", "email": "email"}
"""What the table calls the fields of HSDS."""


def look_at_contacts(
    space: Space, rows: Sequence[RowRead]
) -> tuple[tuple[Unfit, ...], frozenset[int]]:
    """Find the rows of no organisation here and of who did not consent; and those of contacts who are here."""
    there = _Directory(space.seen.id)
    unfit = tuple(one for row in rows for one in there.faults(row))
    known = frozenset(row.number for row in rows if there.contact(row) is not None)
    return unfit, known


def bring_contacts(space: Space, rows: Sequence[RowRead], batch: str) -> int:
    """Keep the contact persons of clean rows with their organisations, all or none; give how many."""
    there = _Directory(space.seen.id)
    records = [one for row in rows for one in _records(space, there, row, batch)]
    held: dict[str, list[Record]] = defaultdict(list)
    for one in records:
        held[one.table].append(one)
    import_directory(
        space.seen.slug,
        Directory({table: tuple(some) for table, some in held.items()}),
        Incoming(name=shape(SHAPE).said(space.lang)),
        areas=None,
        by=space.by,
        now=space.now,
        batch=batch,
    )
    return len(rows)


class _Directory:
    """The organisations and the contacts that are there, by what rows say of them."""

    def __init__(self, workspace_id: int) -> None:
        self.named: dict[str, list[str]] = defaultdict(list)
        self.words: dict[str, str] = {}
        for uid, name in organisations_named(workspace_id):
            key = key_of_row({"name": name}, ("name",))
            self.named[key].append(uid)
            self.words.setdefault(key, name)
        self.held: dict[str, list[ContactHeld]] = defaultdict(list)
        for one in contacts_held(workspace_id):
            self.held[one.holder].append(one)

    def organisation(self, row: RowRead) -> str | None:
        """Give the one organisation that a row names; None where there is none, or several."""
        found = self.named.get(_key(row), ())
        return found[0] if len(found) == 1 else None

    def contact(self, row: RowRead) -> ContactHeld | None:
        """Give the contact of that organisation who has the row's name: a team may share an e-mail."""
        name = name_mark(_text(row.values, "name"))
        some = self.held.get(self.organisation(row) or "", ())
        return next((one for one in some if name and one.name_print == name), None)

    def faults(self, row: RowRead) -> Iterator[Unfit]:
        """Tell what of a row cannot be taken."""
        if self.organisation(row) is None:
            several = _key(row) in self.named
            code = "organisation_twice" if several else "organisation_not_here"
            yield Unfit(row.number, "organisation", code, "" if several else self._nearest(row))
        if row.values.get("consent") is False:
            yield Unfit(row.number, "consent", "consent_refused")

    def _nearest(self, row: RowRead) -> str:
        found = process.extractOne(_key(row), self.words.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)  # fmt: skip
        return self.words[found[0]] if found else ""


def _key(row: RowRead) -> str:
    return key_of_row({"name": row.values.get("organisation")}, ("name",))


def _records(space: Space, there: _Directory, row: RowRead, batch: str) -> Iterator[Record]:
    held = there.contact(row)
    uid = held.uid if held else str(uuid5(NAMESPACE_URL, f"{batch}/{row.number}"))
    said = {field: text for name, field in FIELDS.items() if (text := _text(row.values, name))}
    yield Record("contact", {"id": uid, "organization_id": there.organisation(row) or "", **said})
    if _text(row.values, "phone"):
        number = shown(row.values["phone"], shape(SHAPE).by_code["phone"], lang=space.lang)
        own = (held.phone if held else "") or str(uuid5(NAMESPACE_URL, f"{uid}/phone"))
        yield Record("phone", {"id": own, "contact_id": uid, "number": number})


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""
