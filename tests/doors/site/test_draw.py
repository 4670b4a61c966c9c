"""An area is drawn, uploaded or assembled; fitted, named, read and shared."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.support.town import CRS, square, town

from courtepointe.atlas.query.areas import to_degrees
from courtepointe.doors.served import served
from courtepointe.portraits import actions
from courtepointe.portraits.models import CustomArea

pytestmark = pytest.mark.django_db
NAME = "L’îlot de l’œuvre – ᐃᓄᒃ"


def in_degrees(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, to_degrees(town()).transform, interleaved=False)


def drawn(west: float = 100, south: float = 100, east: float = 1900, north: float = 900) -> str:
    return str(shapely.to_wkt(in_degrees(square(west, south, east, north)), rounding_precision=7))


def draft(visitor: Client, **sent: Any) -> str:
    answer = visitor.post("/fr/tracer/", {"way": "draw", "shape": drawn()} | sent)
    assert answer.status_code == 302, answer.status_code
    return str(answer.headers["Location"])


def named(visitor: Client, **sent: Any) -> str:
    address = draft(visitor).partition("?")[0]
    answer = visitor.post(address, {"name": NAME, "fit": "best_fit"} | sent)
    assert answer.status_code == 302, answer.status_code
    return str(answer.headers["Location"])


def test_a_drawn_area_is_fitted_named_and_read_by_whoever_has_its_address(visitor: Client) -> None:
    address = draft(visitor)
    step = visitor.get(address).content.decode()
    assert "Ajustement au mieux" in step and 'aria-current="step">Son ajustement' in step
    portrait = named(visitor)
    page = Client(HTTP_HOST="localhost").get(portrait).content.decode()
    assert f"<h1>{NAME}</h1>" in page
    assert "conservée jusqu’au" in page
    english = Client(HTTP_HOST="localhost").get(portrait.replace("/fr/sur-mesure/", "/en/custom/"))
    assert f"<h1>{NAME}</h1>" in english.content.decode()


def test_a_draft_that_was_looked_at_shows_its_name_once_it_has_one(visitor: Client) -> None:
    step = draft(visitor).partition("?")[0]
    assert "Territoire sans nom" in visitor.get(step).content.decode()
    portrait = visitor.post(step, {"name": NAME, "fit": "best_fit", "against": "quartier:2014:4"})
    page = visitor.get(portrait.headers["Location"]).content.decode()
    assert f"<h1>{NAME}</h1>" in page and "Territoire sans nom" not in page
    assert "Pointe-aux-Fées" in page


def test_what_was_chosen_is_what_is_shown(visitor: Client) -> None:
    portrait = named(visitor, fit="as_drawn", section=["places"], against="quartier:2014:3")
    page = visitor.get(portrait).content.decode()
    assert 'id="places-title"' in page and 'id="population-title"' not in page
    assert 'aria-current="true">Tel que tracé' in page
    assert "Plateau-des-Érables" in page
    assert visitor.get(portrait + "donnees.csv").status_code == 200


def test_a_named_area_never_changes_under_its_address(visitor: Client) -> None:
    portrait = named(visitor)
    again = visitor.post(portrait + "ajuster/", {"name": "Autre"})
    assert again.status_code == 409
    assert NAME in visitor.get(portrait).content.decode()
    copied = visitor.get(f"/fr/tracer/?from={portrait.split('/')[3]}").content.decode()
    assert "Polygon" in copied


@pytest.mark.parametrize(
    ["name", "told"],
    [["", "Donnez un nom"], ["x" * 121, "121"], ["a\u202eb", "U+202E"], ["a\x07b", "U+0007"]],
)
def test_a_name_that_cannot_be_kept_is_refused_and_still_in_its_field(
    visitor: Client, name: str, told: str
) -> None:
    answer = visitor.post(draft(visitor).partition("?")[0], {"name": name})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert told in page and 'role="alert"' in page
    assert f'value="{name}"' in page


@pytest.mark.parametrize(
    ["shape", "told"],
    [
        ["", "Aucune forme"],
        ["bonjour", "bonjour"],
        ["POLYGON EMPTY", ""],
        ["POINT (-73.6 45.5)", ""],
        ['{"type": "Polygon"}', ""],
        ["POLYGON ((2 48, 2.1 48, 2.1 48.1, 2 48))", ""],
        ["POLYGON ((2000 48, 2001 48, 2001 49, 2000 48))", ""],
    ],
)
def test_a_shape_that_cannot_be_answered_is_refused_in_words_and_kept_in_its_field(
    visitor: Client, shape: str, told: str
) -> None:
    answer = visitor.post("/fr/tracer/", {"way": "draw", "shape": shape})
    page = answer.content.decode()
    assert answer.status_code in (400, 422)
    assert told in page and 'class="fault" role="alert"' in page
    assert shape.replace('"', "&quot;") in page
    assert not CustomArea.objects.exists()


def test_a_shape_that_crosses_itself_is_mended_and_said(visitor: Client) -> None:
    corners = [(-400, -900), (2400, 1900), (2400, -900), (-400, 1900), (-400, -900)]
    bow = shapely.Polygon([(300_000 + x, 5_040_000 + y) for x, y in corners])
    told = visitor.get(draft(visitor, shape=shapely.to_wkt(in_degrees(bow)))).content.decode()
    assert "a été réparée" in told


def uploaded(visitor: Client, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content)
    return visitor.post("/fr/tracer/?way=upload", {"way": "upload", "file": file})


def test_an_uploaded_file_suggests_its_name(visitor: Client) -> None:
    geometry = json.loads(shapely.to_geojson(in_degrees(square(100, 100, 1900, 900))))
    feature = {"type": "Feature", "properties": {"name": "Cœur"}, "geometry": geometry}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    answer = uploaded(visitor, "ilot œ.geojson", content)
    assert answer.status_code == 302
    assert 'value="Cœur"' in visitor.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ["name", "content"],
    [["a.geojson", b"{"], ["a.gpkg", b"no"], ["a.zip", b"PK\x03\x04"], ["a.exe", b"MZ"]],
)
def test_a_file_that_is_no_boundary_is_refused_by_name(
    visitor: Client, name: str, content: bytes
) -> None:
    answer = uploaded(visitor, name, content)
    assert answer.status_code == 400
    assert name in answer.content.decode()
    assert 'type="file"' in answer.content.decode()


def test_no_file_and_a_file_too_large_are_said(visitor: Client, settings: Any) -> None:
    answer = visitor.post("/fr/tracer/?way=upload", {"way": "upload"})
    assert "Aucun fichier" in answer.content.decode()
    settings.UPLOAD_LIMIT_BYTES = 1000
    answer = uploaded(visitor, "grand.geojson", b" " * 1001)
    assert answer.status_code == 413


def test_a_body_too_large_is_refused_before_it_is_read(visitor: Client) -> None:
    class Unread:
        def read(self, size: int = -1) -> bytes:
            raise AssertionError("the body must not be read")

    answer = visitor.generic("POST", "/fr/tracer/", b"", CONTENT_LENGTH=str(50 * 1024 * 1024))
    assert answer.status_code == 413
    assert "50 Mo" in answer.content.decode() and "10 Mo" in answer.content.decode()


def test_units_are_assembled_and_strange_ones_refused(visitor: Client) -> None:
    sent = {"way": "assemble", "unit_type": "secteur:2021", "unit": ["001", "002"]}
    page = visitor.get(draft(visitor, **sent)).content.decode()
    assert "2" in page
    for wrong in ({"unit": []}, {"unit": ["999"]}, {"unit_type": "rien:1"}):
        assert visitor.post("/fr/tracer/", sent | wrong).status_code == 400
    listed = visitor.get("/fr/tracer/?way=assemble").content.decode()
    assert listed.count('name="unit"') == 6


def test_a_form_without_its_token_is_refused_in_words() -> None:
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    answer = strict.post("/fr/tracer/", {"way": "draw", "shape": drawn()})
    assert answer.status_code == 403
    assert "Le formulaire" in answer.content.decode()


def test_an_area_is_forgotten_when_its_time_is_over(visitor: Client) -> None:
    portrait = named(visitor)
    tag = visitor.get(portrait).headers["ETag"]
    assert visitor.get(portrait, HTTP_IF_NONE_MATCH=tag).status_code == 304
    CustomArea.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert visitor.get(portrait, HTTP_IF_NONE_MATCH=tag).status_code == 404


def test_the_atlas_answers_as_the_site_does(visitor: Client) -> None:
    shape = shapely.from_wkt(drawn())
    figure = served().atlas.portrait_of_shape(shape).figure("population")
    page = visitor.get(named(visitor) + "donnees.csv").content.decode()
    assert f",{figure.value:.0f}," in page
    assert served().pack.recipe.metric_crs == CRS


def said(visitor: Client, shape: shapely.Geometry, address: str = "/fr/tracer/") -> str:
    sent = {"way": "draw", "shape": shapely.to_wkt(shape)}
    answer = visitor.post(address, sent)
    assert answer.status_code in (400, 422)
    assert not CustomArea.objects.exists()
    return answer.content.decode()


def test_a_shape_whose_coordinates_are_exchanged_is_named_so(visitor: Client) -> None:
    right = in_degrees(square(100, 100, 1900, 900))
    exchanged = shapely.transform(right, lambda points: points[:, ::-1])
    assert "semblent inversées" in said(visitor, exchanged)
    assert "seem swapped" in said(visitor, exchanged, "/en/draw/")
    assert "semblent inversées" not in said(visitor, shapely.box(2.3, 48.8, 2.4, 48.9))


def test_the_whole_world_and_metres_are_told_apart_from_an_empty_shape(visitor: Client) -> None:
    assert "s’étend sur 360° de longitude" in said(visitor, shapely.box(-180, -90, 180, 90))
    assert "EPSG:4326" in said(visitor, square(300_000, 5_040_000, 302_000, 5_042_000))


def test_an_area_outside_is_told_with_decimal_commas_in_french(visitor: Client) -> None:
    far = shapely.box(2.3, 48.8, 2.4, 48.9)
    assert "en dehors de l’atlas" in said(visitor, far)
    assert "." not in said(visitor, far).partition("qui va de ")[2].partition("° à ")[0]
    assert "," not in said(visitor, far, "/en/draw/").partition("longitudes ")[2].partition("°")[0]


def test_an_area_smaller_than_half_a_unit_is_read_as_drawn(visitor: Client) -> None:
    address = draft(visitor, shape=drawn(100, 100, 300, 300))
    assert "Tel que tracé" in visitor.get(address).content.decode()
    refused = visitor.get(address + "?fit=best_fit")
    assert refused.status_code == 422
    told = refused.content.decode()
    assert (
        "aucune unité du type «\u202fSecteur" in told
        and "secteur:2021" not in told.partition("<h1")[2]
    )


def test_a_form_sent_twice_leads_to_the_same_portrait(visitor: Client) -> None:
    step = draft(visitor).partition("?")[0]
    first = visitor.post(step, {"name": NAME, "fit": "best_fit"})
    again = visitor.post(step, {"name": NAME, "fit": "best_fit"})
    other = visitor.post(step, {"name": "Autre nom", "fit": "best_fit"})
    assert (first.status_code, again.status_code, other.status_code) == (302, 302, 409)
    assert first.headers["Location"] == again.headers["Location"]


def test_a_draft_named_without_its_fit_keeps_its_own(visitor: Client) -> None:
    step = draft(visitor, shape=drawn(100, 100, 300, 300))
    named = visitor.post(step, {"name": NAME})
    assert named.status_code == 302
    assert visitor.get(named.headers["Location"]).status_code == 200


def test_a_page_that_takes_no_form_says_so(visitor: Client) -> None:
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    refused = strict.post("/fr/methodes/", {"a": "1"})
    assert refused.status_code == 405 and refused.headers["Allow"] == "GET, HEAD"
    assert "ne reçoit rien" in refused.content.decode()
    stale = strict.post("/fr/tracer/", {"shape": "x"})
    assert stale.status_code == 403
    assert "ne reçoit rien" not in stale.content.decode()


def test_drafts_have_a_limit_and_nothing_more_is_kept(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions.kept, "MOST_DRAFTS", 1)
    draft(visitor)
    refused = visitor.post("/fr/tracer/", {"way": "draw", "shape": drawn()})
    assert refused.status_code == 503
    assert "Le vôtre n’a pas été gardé" in refused.content.decode()


def test_a_wrong_fit_is_refused_in_the_words_of_people(visitor: Client) -> None:
    page = visitor.get("/fr/territoires/quartier/2014/1-vieux-moulin/?fit=any")
    text = page.content.decode()
    assert page.status_code == 400 and "ajustement au mieux" in text.lower()
    assert "as_drawn" not in text


def test_an_expired_address_and_a_guessed_one_are_the_same_to_a_visitor(visitor: Client) -> None:
    step = draft(visitor)
    token = step.split("/")[3]
    CustomArea.objects.filter(token=token).update(expires=datetime(2020, 1, 1, tzinfo=UTC))
    gone, never = visitor.get(step), visitor.get(step.replace(token, "x" * 22))
    assert gone.status_code == never.status_code == 404
    told = [a.content.decode().replace(token, "").replace("x" * 22, "") for a in (gone, never)]
    assert told[0] == told[1]
