"""The contract of the API: its description is valid, its answers keep it, nothing breaks it."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trials
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = (
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
TRIED = trials(
    max_examples=12,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_the_description_is_valid(program: Client) -> None:
    described = program.get("/api/openapi.json").json()
    assert described["openapi"] == "3.0.3"
    validate(described)


def test_every_answer_keeps_the_contract(settings: Any) -> None:
    # Asked in the process, nobody unpacks what a browser would.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "gzip" not in name]
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:
        _try(operation)


def _try(operation: Any) -> None:
    @TRIED
    @given(case=operation.as_strategy())
    def keeps(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    keeps()


AREA = {"key": "quartier:2014:1"}
QUARTERS = {"collection_id": "quartier:2014"}
GRID = {"tile_matrix_set": "WebMercatorQuad"}
POLYGON = {
    "type": "Polygon",
    "coordinates": [
        [[-73.56, 45.501], [-73.54, 45.501], [-73.54, 45.508], [-73.56, 45.508], [-73.56, 45.501]]
    ],
}
ANSWERED: tuple[tuple[str, str, dict[str, str], dict[str, str]], ...] = (
    ("/", "GET", {}, {}),
    ("/conformance", "GET", {}, {}),
    ("/collections", "GET", {}, {"lang": "en"}),
    ("/collections/{collection_id}", "GET", QUARTERS, {}),
    ("/collections/{collection_id}/items", "GET", QUARTERS, {"indicators": "population"}),
    ("/collections/{collection_id}/items/{feature_id}", "GET", QUARTERS | {"feature_id": "1"}, {}),
    ("/tileMatrixSets", "GET", {}, {}),
    ("/tileMatrixSets/{tile_matrix_set}", "GET", GRID, {}),
    ("/tiles", "GET", {}, {}),
    ("/tiles/{tile_matrix_set}", "GET", GRID, {}),
    ("/collections/{collection_id}/tiles", "GET", QUARTERS, {}),
    ("/collections/{collection_id}/tiles/{tile_matrix_set}", "GET", QUARTERS | GRID, {}),
    ("/v1/areas", "GET", {}, {"type": "quartier"}),
    ("/v1/areas/{key}", "GET", AREA, {"fit": "as_drawn"}),
    ("/v1/areas/{key}/figures", "GET", AREA, {}),
    ("/v1/figures", "GET", {}, {"type": "secteur", "indicator": "immigrants_share"}),
    ("/v1/shades", "GET", {}, {"type": "secteur", "indicator": "immigrants_share"}),
    ("/v1/indicators", "GET", {}, {}),
    ("/v1/sources", "GET", {}, {}),
    ("/v1/releases", "GET", {}, {}),
    ("/v1/search", "GET", {}, {"q": "moulin"}),
)


@pytest.mark.parametrize("form", [{}, {"f": "html"}], ids=["json", "html"])
def test_what_has_an_answer_is_answered_as_described(settings: Any, form: dict[str, str]) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "gzip" not in name]
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    for path, method, where, asked in ANSWERED:
        if form and path.startswith("/v1"):
            continue
        case = schema[path][method].Case(path_parameters=where, query=asked | form)
        assert case.call_and_validate(checks=CHECKS).status_code == 200, path


def test_a_drawn_area_is_answered_as_described(settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "gzip" not in name]
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    case = schema["/v1/portrait"]["POST"].Case(body=POLYGON, media_type="application/json")
    answer = case.call_and_validate(checks=CHECKS)
    assert answer.status_code == 200
    assert answer.json()["area"]["kind"] == "drawn"
