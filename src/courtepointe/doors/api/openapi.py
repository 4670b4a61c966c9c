"""The API's description in OpenAPI 3.0, as OGC API's conformance class ``oas30`` asks for.

django-ninja writes 3.1. What 3.1 says in its own way is said in 3.0's; what the views answer in
forms other than JSON is named; every operation tells its errors.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import get_schema

from courtepointe.doors.api.problems import PROBLEM

OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
DROPPED = frozenset({"x-forms", "examples", "title"})
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened, for people."},
        "code": {"type": "string", "description": "What happened, for programs."},
        "instance": {"type": "string"},
    },
}
ERRORS = {
    "400": "What is asked cannot be read",
    "404": "Nothing has this name",
    "406": "No such form",
    "409": "Refused as things stand",
    "413": "Too large",
    "422": "There is no answer",
    "503": "No atlas is built yet",
}


def openapi(api: NinjaAPI, request: HttpRequest) -> dict[str, Any]:
    """Describe an API; its server is the one that was asked."""
    root = request.path[: request.path.index("/api") + len("/api")]
    described = dict(get_schema(api, path_prefix=""))
    paths = {
        path: {method: _operation(told) for method, told in operations.items()}
        for path, operations in described["paths"].items()
    }
    schemas = {
        name: lowered(told)
        for name, told in described["components"].get("schemas", {}).items()
        if name != "Input"
    }
    return {
        "openapi": "3.0.3",
        "info": described["info"],
        "servers": [{"url": root}],
        "paths": {path.rstrip("/") or "/": told for path, told in paths.items()},
        "components": {"schemas": {**schemas, "Problem": PROBLEM_SCHEMA}},
    }


def _operation(told: dict[str, Any]) -> dict[str, Any]:
    forms = told.get("x-forms")
    made: dict[str, Any] = lowered(told)
    made["parameters"] = [_parameter(one) for one in made.get("parameters", [])]
    made["responses"] = {
        str(status): _response(answer, forms if int(status) == 200 else None)
        for status, answer in told["responses"].items()
    } | {
        status: {
            "description": text,
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, text in ERRORS.items()
    }
    return made


def _parameter(told: dict[str, Any]) -> dict[str, Any]:
    """Say how lists are written: with commas, as OGC API writes a box."""
    schema = told["schema"]
    if told["in"] == "query" and schema.get("type") == "array":
        return told | {"style": "form", "explode": False}
    return told


def _response(told: dict[str, Any], forms: list[str] | None) -> dict[str, Any]:
    made: dict[str, Any] = lowered(told)
    held = made.get("content", {}).get("application/json")
    if forms is None:
        return made
    plain = {"schema": {"type": "string"}}
    binary = {"schema": {"type": "string", "format": "binary"}}
    content = {}
    for form in forms:
        is_json = "json" in form and held is not None
        content[form] = held if is_json else plain if form.startswith("text/") else binary
    return made | {"content": content}


def lowered(told: Any) -> Any:
    """Write a JSON Schema of 2020 as OpenAPI 3.0 does: ``nullable``, one ``enum`` for a constant."""
    if isinstance(told, list):
        return [lowered(one) for one in told]
    if not isinstance(told, dict):
        return told
    kept = {name: lowered(one) for name, one in told.items() if not _left_out(name, told)}
    if "const" in kept:
        kept["enum"] = [kept.pop("const")]
    if "prefixItems" in kept:
        kept["items"] = kept.pop("prefixItems")[0]
    if "exclusiveMinimum" in kept:
        kept |= {"minimum": kept["exclusiveMinimum"], "exclusiveMinimum": True}
    return _nullable(kept)


def _left_out(name: str, told: dict[str, Any]) -> bool:
    """A title that says the field's own name again; what only this module reads."""
    return name in DROPPED and not (name == "title" and isinstance(told[name], dict))


def _nullable(kept: dict[str, Any]) -> dict[str, Any]:
    choices = kept.get("anyOf")
    if not isinstance(choices, list) or {"type": "null"} not in choices:
        return kept
    others = [one for one in choices if one != {"type": "null"}]
    rest = {name: one for name, one in kept.items() if name not in ("anyOf", "default")}
    if len(others) == 1 and "$ref" not in others[0]:
        return {**rest, **others[0], "nullable": True}
    return {**rest, "anyOf": others, "nullable": True}
