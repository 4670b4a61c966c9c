"""Read a recipe: TOML in, one frozen `Recipe` out, or the reason why not."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from courtepointe.atlas.recipe.bands import with_shared_bands
from courtepointe.atlas.recipe.bind import Spot, bind, convert, missing, told
from courtepointe.atlas.recipe.references import Named, check_references
from courtepointe.atlas.recipe.text import Part, RecipeText, read_text
from courtepointe.atlas.recipe.values import Recipe, Release, Variable
from courtepointe.core.errors import BadInput

SETS = "variable_sets"
FIELDS = tuple(field for field in dataclasses.fields(Recipe) if field.name != "text")


def read_recipe(path: Path | str) -> Recipe:
    """Read a recipe file and all it includes.

    Parameters
    ----------
    path : path
        Of the TOML file; names in its ``include`` are relative to its folder.

    Returns
    -------
    Recipe
        ``text`` is the one TOML text that says the same alone.

    Raises
    ------
    NotFound
        ``recipe_not_found``.
    BadInput
        Naming file, table, key, value and what was expected.
    """
    return recipe_of(read_text(Path(path)))


def recipe_of(text: RecipeText) -> Recipe:
    """Make a recipe of its files' tables, and check that every name leads somewhere."""
    _check_tops(text.parts)
    sets = _variable_sets(text.parts)
    kinds = get_type_hints(Recipe)
    given: dict[str, Any] = {"text": text.whole}
    spots: dict[str, list[Spot]] = {}
    for field in FIELDS:
        kind = kinds[field.name]
        if _is_list_of_values(kind):
            bound = _bind_all(field.name, get_args(kind)[0], text.parts, sets)
            given[field.name] = tuple(value for value, _ in bound)
            spots[field.name] = [spot for _, spot in bound]
        else:
            given |= _one(field, kind, text)
    given["indicators"] = with_shared_bands(given["indicators"], spots["indicators"])
    recipe = Recipe(**given)
    check_references(Named(recipe, text.main, spots))
    return recipe


def _check_tops(parts: tuple[Part, ...]) -> None:
    known = {field.name for field in FIELDS} | {SETS}
    for part in parts:
        for key in part.tables:
            if key not in known:
                raise BadInput(
                    "recipe_unknown_key",
                    file=part.file,
                    table="top of the file",
                    key=key,
                    value=_short(part.tables[key]),
                    expected=", ".join(sorted(known | {"include"})),
                )


def _one(field: dataclasses.Field[Any], kind: Any, text: RecipeText) -> dict[str, Any]:
    """Bind a key that stands once, wherever it stands; nothing where it may be absent."""
    for part in text.parts:
        if field.name in part.tables:
            spot = Spot(part.file, "")
            return {field.name: convert(kind, part.tables[field.name], spot=spot, key=field.name)}
    if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
        raise missing(Spot(text.main, ""), field.name, expected=told(kind))
    return {}


def _short(value: object) -> str:
    return repr(value)[:80]


def _is_list_of_values(kind: Any) -> bool:
    return get_origin(kind) is tuple and dataclasses.is_dataclass(get_args(kind)[0])


def _bind_all(
    key: str, kind: type, parts: tuple[Part, ...], sets: Mapping[str, tuple[Variable, ...]]
) -> list[tuple[Any, Spot]]:
    bound: list[tuple[Any, Spot]] = []
    for part in parts:
        tables = part.tables.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            raise Spot(part.file, "").wrong(key, _short(tables), f"tables [[{key}]]")
        for place, table in enumerate(tables, start=1):
            name = table.get("code", table.get("area_type", ""))
            spot = Spot(part.file, f"{key}[{place}]" + (f" ({name})" if name else ""))
            if kind is Release:
                bound.append((_release(table, spot, sets), spot))
            else:
                bound.append((bind(kind, table, spot), spot))
    return bound


def _release(
    table: dict[str, Any], spot: Spot, sets: Mapping[str, tuple[Variable, ...]]
) -> Release:
    """Bind a release; its ``variable_sets`` come before its own variables."""
    own = {key: value for key, value in table.items() if key != SETS}
    own.setdefault("variables", [])
    names = convert(tuple[str, ...], table.get(SETS, []), spot=spot, key=SETS)
    shared: tuple[Variable, ...] = ()
    for name in names:
        if name not in sets:
            raise BadInput(
                "recipe_dangling",
                file=spot.file,
                table=spot.table,
                key=SETS,
                value=name,
                expected=", ".join(sets) or "no variable set is declared",
            )
        shared += sets[name]
    release = bind(Release, own, spot)
    return dataclasses.replace(release, variables=shared + release.variables)


@dataclasses.dataclass(frozen=True, slots=True)
class _VariableSet:
    code: str
    variables: tuple[Variable, ...]


def _variable_sets(parts: tuple[Part, ...]) -> dict[str, tuple[Variable, ...]]:
    bound = _bind_all(SETS, _VariableSet, parts, {})
    return {one.code: one.variables for one, _ in bound}
