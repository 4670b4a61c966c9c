"""HSDS as JSON: records inside each other, taken apart into tables, and put together again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.formats.hsds.check import checked
from courtepointe.formats.hsds.spec import ATTACHED, TableSpec, tables, version_of
from courtepointe.formats.hsds.values import Directory, Read, Record, Value

LISTS = {"services": "service", "organizations": "organization", "locations": "location",
         "service_at_locations": "service_at_location", "taxonomies": "taxonomy",
         "taxonomy_terms": "taxonomy_term"}  # fmt: skip
LOOSE = "unattached"
"""Where records stand that belong to nothing here: the standard has no place for them, and none is lost."""
DEEPEST = 12
KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("service", frozenset({"status"})),
    ("location", frozenset({"location_type"})),
    ("service_at_location", frozenset({"location", "service", "location_id", "service_id"})),
    ("taxonomy_term", frozenset({"taxonomy", "taxonomy_detail", "term_uri", "parent_id"})),
    ("taxonomy", frozenset({"version"})),
)
"""What tells a table, in this order; a name alone is an organisation's."""


def read_json(content: bytes, *, file: str) -> Read:
    """Read services, organisations or places: one, a list, or a page of an API.

    Parameters
    ----------
    content : bytes
        UTF-8, with or without a byte-order mark.
    file : str
        Name for messages.

    Raises
    ------
    BadInput
        ``hsds_not_json``, ``hsds_shape``: what cannot be read at all. What is wrong with single
        records is in ``Read.faults``.
    """
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInput("hsds_not_json", file=file, problem="UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadInput("hsds_not_json", file=file, problem=str(error)) from error
    found = [
        record
        for table, things, path in _tops(told, file)
        for place, thing in enumerate(things)
        for record in _apart(thing, table, f"{path}[{place}]", file, {}, DEEPEST)
    ]
    return checked(found, file=file)


def _tops(told: Any, file: str) -> Iterator[tuple[str, Sequence[Any], str]]:
    """Give the outermost records, with their table and their path."""
    if isinstance(told, Mapping) and isinstance(told.get("contents"), list):
        told = told["contents"]
    if isinstance(told, list):
        for place, one in enumerate(told):
            yield _kind(one, file), [one], f"$[{place}]"
    elif isinstance(told, Mapping) and "id" not in told and any(key in told for key in (*LISTS, LOOSE)):  # fmt: skip
        for key, table in LISTS.items():
            if isinstance(told.get(key), list):
                yield table, told[key], f"$.{key}"
        for table, some in told.get(LOOSE, {}).items():
            if table in tables() and isinstance(some, list):
                yield table, some, f"$.{LOOSE}.{table}"
    else:
        yield _kind(told, file), [told], "$"


def _kind(thing: Any, file: str) -> str:
    """Tell what an object is by the fields that only its table has."""
    if isinstance(thing, Mapping) and "id" in thing:
        for table, own in KINDS:
            if own & thing.keys():
                return table
        if "name" in thing:
            return "organization"
    raise BadInput("hsds_shape", file=file, expected="services, organizations, locations")


def _apart(
    thing: Any, table: str, path: str, file: str, given: Mapping[str, Value], left: int
) -> Iterator[Record]:
    """Take a record out of what it stands in, and its own records out of it."""
    if not isinstance(thing, Mapping) or left == 0:
        raise BadInput("hsds_shape", file=file, expected=f"{path}: {{…}}")
    spec = tables()[table]
    values: dict[str, Value] = dict(given)
    more: dict[str, Any] = {}
    own = str(thing.get("id", ""))
    inner: list[tuple[str, str, Any, dict[str, Value]]] = []
    for name, held in thing.items():
        if held is None or held == "":
            continue
        if (
            name in spec.fields
            and isinstance(held, str | int | float)
            and not isinstance(held, bool)
        ):
            values[name] = held
        elif name in spec.nested and isinstance(held, list):
            back = f"{table}_id"
            inner += [(spec.nested[name], f"{path}.{name}[{n}]", one, {back: own}) for n, one in enumerate(held)]  # fmt: skip
        elif name in spec.inside and isinstance(held, Mapping):
            field = spec.inside[name]
            values[field] = str(held.get("id", ""))
            inner.append(
                (
                    spec.links[field],
                    f"{path}.{name}",
                    held,
                    _known_inside(spec.links[field], thing, given),
                )
            )
        elif (attached := _attached(name)) is not None and isinstance(held, list):
            by_id, by_table = ATTACHED[attached][1:]
            inner += [(attached, f"{path}.{name}[{n}]", one, {by_id: own, by_table: table}) for n, one in enumerate(held)]  # fmt: skip
        else:
            more[name] = held
    # Where it stands says whose it is, whatever it says itself.
    values |= given
    yield Record(table, {k: v for k, v in values.items() if k in spec.fields}, more, path)
    for inner_table, inner_path, one, back_to in inner:
        yield from _apart(one, inner_table, inner_path, file, back_to, left - 1)


def _known_inside(
    table: str, host: Mapping[str, Any], given: Mapping[str, Value]
) -> dict[str, Value]:
    """Say what a record inside another has from it: a service's programme is its organisation's."""
    inner = host.get("organization")
    own = inner.get("id") if isinstance(inner, Mapping) else host.get("organization_id")
    own = own or given.get("organization_id")
    return {"organization_id": str(own)} if table == "program" and own else {}


def _attached(name: str) -> str | None:
    return next((table for table, (key, _, _) in ATTACHED.items() if key == name), None)


def write_json(directory: Directory) -> bytes:
    """Write a directory: services with all that belongs to them, then what no service holds."""
    together = _Together(directory)
    told: dict[str, Any] = {"version": version_of(directory.records)}
    services = [together.whole(one) for one in directory.of("service")]
    told["services"] = services
    for key, table in LISTS.items():
        left = [one for one in directory.of(table) if (table, one.id) not in together.written]
        if left:
            told[key] = [*told.get(key, []), *(together.whole(one) for one in left)]
    loose = {
        table: [
            together.whole(one)
            for one in directory.of(table)
            if (table, one.id) not in together.written
        ]
        for table in tables()
    }
    if loose := {table: some for table, some in loose.items() if some}:
        told[LOOSE] = loose
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


class _Together:
    """Puts records inside those that they belong to."""

    def __init__(self, directory: Directory) -> None:
        self.by_id = {table: {r.id: r for r in directory.of(table)} for table in tables()}
        self.belongs: dict[tuple[str, str, str], list[Record]] = {}
        self.written: set[tuple[str, str]] = set()
        for record in directory:
            for table, own in self._owners(record):
                self.belongs.setdefault((table, own, record.table), []).append(record)

    def _owners(self, record: Record) -> Iterator[tuple[str, str]]:
        if record.table in ATTACHED:
            _, by_id, by_table = ATTACHED[record.table]
            yield str(record.values.get(by_table, "")), str(record.values.get(by_id, ""))
            return
        for field, table in tables()[record.table].links.items():
            if field in record.values:
                yield table, str(record.values[field])

    def whole(self, record: Record, *, under: str = "") -> dict[str, Any]:
        """Write a record with its own; the field that says where it stands is not said again."""
        self.written.add((record.table, record.id))
        spec = tables()[record.table]
        skip = {f"{under}_id"} if under else set()
        if under and record.table in ATTACHED:
            skip = set(ATTACHED[record.table][1:])
        told: dict[str, Any] = {k: v for k, v in record.values.items() if k not in skip}
        told |= record.more
        for name, field in spec.inside.items():
            target = self.by_id[spec.links[field]].get(str(record.values.get(field, "")))
            if target is not None and target.table != under:
                told[name] = self._pointed(target)
                told.pop(field, None)
        for name, table in self._own(spec):
            found = self.belongs.get((record.table, record.id, table), [])
            if found:
                told[name] = [self.whole(one, under=record.table) for one in found]
        return told

    def _own(self, spec: TableSpec) -> Iterator[tuple[str, str]]:
        # Services hold their organisation, not the other way round: each is told once.
        yield from ((name, table) for name, table in spec.nested.items() if table != "service")
        for table, (name, _, _) in ATTACHED.items():
            if spec.name not in ATTACHED or (spec.name == "attribute" and table == "metadata"):
                yield name, table

    def _pointed(self, record: Record) -> dict[str, Any]:
        """Write a record that others point to: its places are whole, its organisation's own are not told again."""
        if record.table == "organization" and (record.table, record.id) in self.written:
            return {**record.values, **record.more}
        return self.whole(record)
