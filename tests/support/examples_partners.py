"""What the crawler plants of the network: organisations, an answered link, two waves, a trust."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from tests.support.examples import Planted
from tests.support.table import Table

from courtepointe.engagement.partners.actions import (
    add_partner,
    answer_by_link,
    close_wave,
    make_links,
    open_wave,
)
from courtepointe.engagement.partners.values import NewTie

NAMES = ("partenaire-sentinelle-un", "partenaire-sentinelle-deux", "partenaire-sentinelle-trois")
WAVE, LATER = "vague-sentinelle-7", "vague-sentinelle-8"


def plant(table: Table) -> Planted:
    """Plant two waves in the table; in each, one organisation names another."""
    now, by = timezone.now(), table.coordinator
    numbers = [add_partner(table.slug, name=name, sector="Santé", by=by, now=now) for name in NAMES]
    waves, secret = [], ""
    for days, name in ((90, WAVE), (1, LATER)):
        at = now - timedelta(days=days)
        waves.append(open_wave(table.slug, name=name, by=by, now=at))
        secret = dict(make_links(table.slug, waves[-1], by=by, now=at))[NAMES[0]]
        answer_by_link(secret, role="staff", ties=[NewTie(numbers[1], ("project",), 2, 3)], now=at)
    close_wave(table.slug, waves[0], by=by, now=now)
    pages = ("space_wave", "space_wave_links", "space_wave_import", "space_wave_change", "space_wave_own", "space_wave_file")  # fmt: skip
    ids: dict[str, object] = {f"{page}.number": waves[1] for page in pages}
    ids |= {
        "space_partner.number": numbers[0],
        "space_wave_change.before": waves[0],
        "space_wave_own.partner": numbers[0],
        "space_wave_file.file": "ties.csv",
        "survey.secret": "sans-secret",
    }
    return Planted(ids, (*NAMES, WAVE, LATER))
