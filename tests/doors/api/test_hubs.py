"""Hubs that are shown to everyone, as the description of the API says them."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from tests.doors.api.test_contract import CHECKS
from tests.support.hub_made import PAGE, form
from tests.support.table import NOW, QUICK, table_and_around

from courtepointe.hubs.actions.held import note_power
from courtepointe.hubs.actions.shown import show_hub
from courtepointe.hubs.values import NewPower


@pytest.fixture
def name(settings: Any) -> str:
    settings.PASSWORD_HASHERS = QUICK
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "gzip" not in one]
    table = table_and_around()
    made = form(table)
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    note_power(table.slug, made.hub, NewPower(0.1, 20.0, 80, 90, 5.0, None, None), **k)
    return show_hub(table.slug, made.hub, PAGE, **k)


def test_what_is_shown_is_answered_as_described(name: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    for path, where in (("/v1/hubs", {}), ("/v1/hubs/{name}", {"name": name})):
        case = schema[path]["GET"].Case(path_parameters=where, query={"lang": "en"})
        assert case.call_and_validate(checks=CHECKS).status_code == 200, path


def test_numbers_and_words_stand_side_by_side(name: str, program: Client) -> None:
    told = program.get(f"/api/v1/hubs/{name}?lang=en").json()
    (seats,) = told["capacities"]
    assert (seats["text"], seats["unit"], seats["maximum"], seats["available"]) == ("seats", "people", 120, 40)  # fmt: skip
    assert 0.0 < seats["confidence"] <= 1.0 and seats["half_life_days"] == 730
    assert told["form"] == {"code": "place", "text": "place"} and told["reached"] is None
    assert {part["code"] for part in told["parts"]} <= {"exercise", "power", "place", "capacities"}
    # 0.1 kW on 5 kW of panels: the sun renews the battery even in winter; the generator is not known.
    assert [(one["least_h"], one["without_limit"], one["known"]) for one in told["autonomy"]] == [(None, True, False)] * 4  # fmt: skip
    assert told["links"][1]["href"] == f"http://localhost/en/hubs/{name}/"


def test_a_page_of_the_list_and_a_parameter_that_is_not_known(name: str, program: Client) -> None:
    assert program.get("/api/v1/hubs?limit=1&offset=1").json()["hubs"] == []
    refused = program.get("/api/v1/hubs?nom=x")
    assert refused.status_code == 400 and refused.json()["code"] == "api_unknown_parameter"
    assert program.get("/api/v1/hubs/nulle-part").json()["code"] == "unknown_hub"
