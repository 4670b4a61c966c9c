"""`courtepointe portraits demonstrate`: a workspace as it is once a neighbourhood has worked in it."""

from __future__ import annotations

import importlib
import json
import secrets
from typing import Any

import click
from django.utils import timezone

EMAIL = "demonstration@example.org"
"""An address that nobody has; its password is drawn and told to nobody."""


@click.command()
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def demonstrate(slug: str, as_json: bool) -> None:
    """Write the demonstration's resilience portrait into the workspace SLUG.

    The neighbourhood, its people and their words are invented and said to be so; the figures are those of the
    atlas that the site serves. A workspace that has a portrait is left as it is.

    \b
    courtepointe portraits demonstrate table-de-quartier-de-la-demonstration
    """
    now = timezone.now()
    build: Any = importlib.import_module("courtepointe.doors.cli.demonstration.build")
    number = build.demonstrate(slug, by=_writer(slug, now), now=now)
    if as_json:
        click.echo(json.dumps({"workspace": slug, "portrait": number}))
        return
    click.echo(f"Resilience portrait {number} of {slug}.", err=True)


def _writer(slug: str, now: Any) -> Any:
    """Give the account that writes the story, with a coordinator's seat."""
    actions: Any = importlib.import_module("courtepointe.people.actions")
    queries: Any = importlib.import_module("courtepointe.people.queries")
    models: Any = importlib.import_module("django.contrib.auth").get_user_model()
    account = models.objects.filter(email=EMAIL).first() or actions.open_account(
        email=EMAIL, name="Démonstration", password=secrets.token_urlsafe(24), lang="fr", now=now
    )
    by = queries.person_of(account)
    workspace = queries.workspace_named(slug)
    if workspace is None or all(seen.slug != slug for seen in queries.workspaces_of(by, now=now)):
        secret = actions.invite(slug, label="Démonstration", told_roles=["coordinator"], by=None, now=now)  # fmt: skip
        actions.accept_invitation(secret, by=by, now=now)
    return by
