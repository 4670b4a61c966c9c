"""Wrong passwords are counted for all processes together, and by the visitor's address, not the proxy's."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as served_with
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client
from tests.support.table import QUICK, person

WRONG = {"login": "ana@example.org", "password": "wrong horse battery staple"}


@pytest.fixture(autouse=True)
def _ana(db: None, settings: Any) -> None:
    settings.PASSWORD_HASHERS = QUICK
    person("Ana")


def tried(times: int, **sent: Any) -> list[int]:
    browser = Client(HTTP_HOST="localhost")
    return [browser.post("/en/account/sign-in/", WRONG, **sent).status_code for _ in range(times)]


def test_attempts_of_another_process_count(settings: Any) -> None:
    tried(5)
    table = settings.CACHES["default"]["LOCATION"]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        assert cursor.fetchone()[0] > 0, (
            "what was counted is in the database, which all processes share"
        )
    other = DatabaseCache(table, {})
    other.set("of-another-process", [1.0])
    assert cache.get("of-another-process") == [1.0]
    page = Client(HTTP_HOST="localhost").post("/en/account/sign-in/", WRONG).content.decode()
    assert "Too many" in page


def test_who_tries_seldom_is_not_stopped() -> None:
    page = Client(HTTP_HOST="localhost").post("/en/account/sign-in/", WRONG).content.decode()
    assert "Too many" not in page


def test_behind_a_proxy_one_visitor_s_attempts_do_not_close_the_door_to_others(
    settings: Any,
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(12):
        told = {"login": f"nobody{number}@example.org", "password": "x"}
        browser = Client(HTTP_HOST="localhost", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9")
        browser.post("/en/account/sign-in/", told)
    again = browser.post("/en/account/sign-in/", WRONG).content.decode()
    assert "Too many" in again, "what the visitor claims before the proxy's own word is not heard"
    other = Client(HTTP_HOST="localhost", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.10")
    assert "Too many" not in other.post("/en/account/sign-in/", WRONG).content.decode()


def test_without_a_proxy_nothing_a_visitor_claims_is_heard() -> None:
    assert served_with.ALLAUTH_TRUSTED_PROXY_COUNT == 0
    for number in range(12):
        told = {"login": f"nobody{number}@example.org", "password": "x"}
        Client(HTTP_HOST="localhost", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}").post("/en/account/sign-in/", told)  # fmt: skip
    other = Client(HTTP_HOST="localhost", HTTP_X_FORWARDED_FOR="203.0.113.200")
    assert "Too many" in other.post("/en/account/sign-in/", WRONG).content.decode()
