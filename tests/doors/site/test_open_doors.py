"""What leaves the site: drawings that others frame, citations, notices about releases."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.support.town import town

from courtepointe.atlas.recipe.values import Words
from courtepointe.doors.served import served
from courtepointe.portraits.actions import recall_release
from courtepointe.portraits.queries import uses_of_release

MOULIN = "/fr/territoires/quartier/2014/1-vieux-moulin/"
EMBED = "/fr/integrer/territoires/quartier/2014/1-vieux-moulin/"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WHY = Words("Deux colonnes étaient échangées.", "Two columns were exchanged.")


def recall(release: str = "comptage") -> None:
    recall_release(
        release, atlas_code=town().recipe.code, known=["comptage", "profil"], reason=WHY,
        replaced_by="comptage_2", by="opératrice", now=NOW,
    )  # fmt: skip


def test_only_what_is_made_to_be_framed_may_be(visitor: Client) -> None:
    framed = visitor.get(EMBED + "carte/population/")
    assert framed.status_code == 200
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "script-src" not in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    page = framed.content.decode()
    assert "<svg" in page and "<script" not in page and "src=" not in page and "<link" not in page
    assert f'href="http://localhost{MOULIN}#population"' in page
    portrait = visitor.get(MOULIN)
    assert portrait.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in portrait.headers["Content-Security-Policy"]


def test_what_is_not_there_is_not_framed(visitor: Client) -> None:
    assert visitor.get(EMBED + "carte/absente/").status_code == 404
    assert visitor.get(EMBED + "graphique/population/99/").status_code == 404


def test_a_portrait_offers_the_text_to_embed_its_drawings(visitor: Client) -> None:
    page = visitor.get(MOULIN).content.decode()
    assert f"&lt;iframe src=&quot;http://localhost{EMBED}carte/population/&quot;" in page


def test_every_page_says_how_to_cite_it(visitor: Client) -> None:
    page = visitor.get("/fr/sources/?x=1").content.decode()
    assert "http://localhost/fr/sources/?x=1" in page
    cited = visitor.get(MOULIN + "?fit=as_drawn").content.decode()
    assert "Comptage 2021" in cited and "fit=as_drawn" in cited
    csl = re.search(r"<pre tabindex=\"0\">(\{.*?)</pre>", cited, re.DOTALL)
    assert csl is not None
    told = json.loads(csl.group(1).replace("&quot;", '"').replace("&#x27;", "'"))
    assert told["type"] == "dataset" and told["URL"].endswith("?fit=as_drawn")


def test_a_recall_shows_at_once_on_page_drawer_csv_and_release_list(visitor: Client) -> None:
    before = visitor.get(MOULIN)
    assert "Retirée le" not in before.content.decode()
    assert served().notices == ()
    recall()
    page = visitor.get(MOULIN, headers={"If-None-Match": before.headers["ETag"]})
    assert page.status_code == 200
    assert WHY.fr in page.content.decode() and "comptage_2" in page.content.decode()
    drawer = visitor.get(MOULIN + "chiffre/population/").content.decode()
    assert "édition retirée" in drawer.lower()
    rows = visitor.get(MOULIN + "donnees.csv").content.decode().splitlines()
    people = next(row for row in rows if row.startswith("population,"))
    assert "recalled_release" in people and ",3002," in people
    listed = visitor.get("/en/releases/").content.decode()
    assert WHY.en in listed and "Recalled on 2026-03-01" in listed


@pytest.fixture
def kept(visitor: Client) -> str:
    """Draw and name an area; give its address."""
    square = "POLYGON((-73.56 45.501,-73.54 45.501,-73.54 45.508,-73.56 45.508,-73.56 45.501))"
    drawn = visitor.post("/fr/tracer/", {"way": "draw", "shape": square})
    named = visitor.post(drawn.headers["Location"], {"name": "Chez nous", "fit": "best_fit"})
    return str(named.headers["Location"])


def test_who_holds_an_area_sees_what_it_was_read_with_and_a_stranger_does_not(
    visitor: Client, kept: str
) -> None:
    token = kept.rstrip("/").rpartition("/")[2]
    uses = uses_of_release("comptage", atlas_code=town().recipe.code, now=NOW)
    assert [(use.key, use.name, use.pack_hash) for use in uses] == [(token, "Chez nous", "town")]
    recall()
    own = visitor.get(f"{kept}editions/").content.decode()
    assert "Comptage 2021" in own and WHY.fr in own
    assert f"{kept}editions/" in visitor.get(kept).content.decode()
    stranger = Client(HTTP_HOST="localhost")
    address = kept.replace(token, "a" * len(token))
    assert stranger.get(f"{address}editions/").status_code == 404
    assert token not in stranger.get("/fr/editions/").content.decode()
