"""Photos: upright, small, without what their files tell; broken ones are said to be."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from courtepointe.core.errors import BadInput
from courtepointe.doors.words import sentence
from courtepointe.formats import photos
from courtepointe.press.photos import read_photo


def jpeg(wide: int, tall: int, *, turned: int = 1) -> bytes:
    image = Image.new("RGB", (wide, tall), "red")
    image.paste("blue", (0, 0, wide // 2, tall))
    exif = image.getexif()
    exif[0x0112] = turned
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[2] = (45.0, 30.0, 0.0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photo_is_made_small_and_forgets_where_it_was_taken() -> None:
    made = read_photo(jpeg(3000, 2000), file="rue.jpg")
    assert (made.wide, made.tall) == (1800, 1200)
    with Image.open(io.BytesIO(made.content)) as held:
        assert held.size == (1800, 1200)
        assert not held.getexif()


def test_a_photo_taken_sideways_stands_upright() -> None:
    made = read_photo(jpeg(400, 300, turned=6), file="rue.jpg")
    assert (made.wide, made.tall) == (300, 400)
    with Image.open(io.BytesIO(made.content)) as held:
        top, bottom = held.getpixel((150, 20)), held.getpixel((150, 380))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert top[2] > 200 and bottom[0] > 200, "what was left is up"


def test_what_is_see_through_stands_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(read_photo(out.getvalue(), file="a.png").content)) as held:
        assert held.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [b"", b"not a photo", b"\xff\xd8\xff\xe0" + b"\0" * 200, jpeg(900, 900)[:3000], b"<svg/>", b"GIF89a" + b"\0" * 40],
)  # fmt: skip
def test_a_broken_photo_is_said_to_be(content: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        read_photo(content, file="rue.jpg")
    assert caught.value.code == "photo_unreadable"
    assert caught.value.facts["file"] == "rue.jpg"


def test_a_telephones_heic_is_said_to_be_one_and_what_to_do_is_worded() -> None:
    with pytest.raises(BadInput) as caught:
        read_photo(b"\0\0\0\x18ftypheic" + b"\0" * 60, file="rue.heic")
    assert caught.value.code == "photo_heic"
    assert "«\u202frue.heic\u202f»" in sentence(caught.value, lang="fr")
    assert "Most Compatible" in sentence(caught.value, lang="en")


def test_a_photo_of_forty_megabytes_is_refused_before_it_is_opened() -> None:
    with pytest.raises(BadInput) as caught:
        read_photo(b"\0" * (40 * 1024 * 1024), file="rue.jpg")
    assert (caught.value.code, caught.value.facts["value"]) == ("photo_too_heavy", 40.0)


def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(photos, "MOST_PIXELS", 1000)
    with pytest.raises(BadInput, match="photo_too_large"):
        read_photo(jpeg(100, 100), file="rue.jpg")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(BadInput, match="photo_too_large"):
        read_photo(jpeg(100, 100), file="rue.jpg")
