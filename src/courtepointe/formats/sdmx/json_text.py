"""SDMX-JSON 2.0: a data message, and the structure message that explains it."""

from __future__ import annotations

import json
from typing import Any

from courtepointe.formats.sdmx.values import (
    AGENCY,
    ATTRIBUTES,
    CODED,
    DIMENSIONS,
    MEASURE,
    NUMBERS,
    STRUCTURE,
    VERSION,
    Code,
    Message,
)

SCHEMAS = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master"
DATA_SCHEMA = f"{SCHEMAS}/data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json"
STRUCTURE_SCHEMA = (
    f"{SCHEMAS}/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json"
)
URN = "urn:sdmx:org.sdmx.infomodel"
DSD = f"{URN}.datastructure.DataStructure={AGENCY}:{STRUCTURE}({VERSION})"
NAMES = {
    "AREA_TYPE": ("Type de territoire et millésime", "Area type and vintage"),
    "REF_AREA": ("Territoire", "Area"),
    "INDICATOR": ("Indicateur", "Indicator"),
    "OBS_VALUE": ("Valeur", "Value"),
    "OBS_STATUS": ("Statut de l’observation", "Observation status"),
    "STATUS": ("Statut, en nos mots", "Status, in our words"),
    "LOW": ("Borne basse de l’intervalle à 95 %", "Low end of the 95% interval"),
    "HIGH": ("Borne haute de l’intervalle à 95 %", "High end of the 95% interval"),
    "UNCERTAINTY": ("Ce que l’intervalle prend en compte", "What the interval accounts for"),
    "UNIT_MEASURE": ("Unité", "Unit"),
    "METHOD": ("Méthode", "Method"),
    "COVERAGE": ("Couverture", "Coverage"),
    "REF_PERIOD": ("Période", "Period"),
    "RELEASE": ("Édition", "Release"),
    "CAUTIONS": ("Mises en garde", "Cautions"),
}


def write_data(message: Message) -> bytes:
    """Write observations as an SDMX-JSON data message.

    Parameters
    ----------
    message : Message
    """
    places = [_places(message, place) for place in range(len(DIMENSIONS))]
    structure = {
        "dataSets": [0],
        "links": [{"urn": DSD, "rel": "datastructure"}],
        "name": message.title,
        "dimensions": {
            "observation": [
                _component(message, name, values=list(places[at])) | {"keyPosition": at}
                for at, name in enumerate(DIMENSIONS)
            ]
        },
        "measures": {"observation": [_component(message, MEASURE)]},
        "attributes": {
            "observation": [_attribute(message, name) for name in ATTRIBUTES],
        },
        "annotations": [
            {"id": name, "title": name, "text": text} for name, text in message.notes.items()
        ],
    }
    data = {
        "structure": 0,
        "links": [{"urn": DSD, "rel": "datastructure"}],
        "action": "Information",
        "annotations": list(range(len(message.notes))),
        "observations": {
            ":".join(str(places[at][code]) for at, code in enumerate(one.key)): [
                one.value,
                *(_held(message, name, one.attributes.get(name)) for name in ATTRIBUTES),
            ]
            for one in message.observations
        },
    }
    return _written(message, DATA_SCHEMA, {"structures": [structure], "dataSets": [data]})


def _places(message: Message, at: int) -> dict[str, int]:
    """Number the values of a dimension in the order in which they appear."""
    found = dict.fromkeys(one.key[at] for one in message.observations)
    return {code: place for place, code in enumerate(found)}


def _component(message: Message, name: str, *, values: list[str] | None = None) -> dict[str, Any]:
    """Describe a component; one without values has them in the observations."""
    told: dict[str, Any] = {"id": name, "name": _said(NAMES[name], message.lang)}
    if values is None:
        return told
    if name not in CODED:
        return told | {"values": [{"value": code} for code in values]}
    names = {code.id: code for code in message.codes(name)}
    return told | {"values": [_value(names[code], message.lang) for code in values]}


def _attribute(message: Message, name: str) -> dict[str, Any]:
    values = [code.id for code in message.codes(name)] if name in CODED else None
    return _component(message, name, values=values) | {"relationship": {"observation": {}}}


def _held(message: Message, name: str, value: str | float | None) -> str | float | None:
    """Give the place of a code among its list's, or the value itself."""
    if name not in CODED or value is None:
        return value
    return [code.id for code in message.codes(name)].index(str(value))


def _value(code: Code, lang: str) -> dict[str, Any]:
    return {"id": code.id, "name": _said((code.fr, code.en), lang)}


def _said(names: tuple[str, str], lang: str) -> str:
    return names[1] if lang == "en" else names[0]


def write_structure(message: Message) -> bytes:
    """Write the structure of the figures: concepts, code lists, data structure.

    Parameters
    ----------
    message : Message
        Its observations are not needed.
    """
    lists = [
        _maintained(list_id, message, NAMES[name])
        | {"codes": [_code(code, message.lang) for code in message.codes(name)]}
        for name, list_id in CODED.items()
    ]
    concepts = _maintained("CS_FIGURES", message, ("Concepts", "Concepts")) | {
        "concepts": [
            {"id": name, "name": _said(names, message.lang), "names": _both(*names)}
            for name, names in NAMES.items()
        ]
    }
    titles = ("Chiffres de territoires", "Figures of areas")
    structure = _maintained(STRUCTURE, message, titles) | {"dataStructureComponents": _components()}
    held = {"codelists": lists, "conceptSchemes": [concepts], "dataStructures": [structure]}
    return _written(message, STRUCTURE_SCHEMA, held)


def _components() -> dict[str, Any]:
    return {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": [_named(name) | {"position": at} for at, name in enumerate(DIMENSIONS)],
        },
        "measureList": {
            "id": "MeasureDescriptor",
            "measures": [_named(MEASURE) | {"usage": "optional"}],
        },
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": [
                _named(name)
                | {
                    "usage": "mandatory" if name in ("OBS_STATUS", "STATUS") else "optional",
                    "attributeRelationship": {"observation": {}},
                }
                for name in ATTRIBUTES
            ],
        },
    }


def _named(name: str) -> dict[str, Any]:
    concept = f"{URN}.conceptscheme.Concept={AGENCY}:CS_FIGURES({VERSION}).{name}"
    if name in CODED:
        held: dict[str, Any] = {
            "enumeration": f"{URN}.codelist.Codelist={AGENCY}:{CODED[name]}({VERSION})"
        }
    else:
        kind = "Double" if name in (MEASURE, *NUMBERS) else "String"
        held = {"format": {"dataType": kind}}
    return {"id": name, "conceptIdentity": concept, "localRepresentation": held}


def _maintained(id_: str, message: Message, names: tuple[str, str]) -> dict[str, Any]:
    return {
        "id": id_,
        "agencyID": AGENCY,
        "version": VERSION,
        "name": _said(names, message.lang),
        "names": _both(*names),
    }


def _code(code: Code, lang: str) -> dict[str, Any]:
    return {
        "id": code.id,
        "name": _said((code.fr, code.en), lang),
        "names": _both(code.fr, code.en),
    }


def _both(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr, "en": en}


def _written(message: Message, schema: str, data: dict[str, Any]) -> bytes:
    meta = {
        "schema": schema,
        "id": message.id,
        "prepared": message.prepared,
        "test": False,
        "contentLanguages": ["fr", "en"] if message.lang == "fr" else ["en", "fr"],
        "sender": {"id": AGENCY},
    }
    told = {"meta": meta, "data": data}
    return json.dumps(told, ensure_ascii=False, allow_nan=False).encode("utf-8")
