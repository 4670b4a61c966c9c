"""Photos of sheets as bytes: turned upright, refused in words."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from courtepointe.core.errors import BadInput
from courtepointe.formats import photos
from courtepointe.formats.sheet_photos import png_of, read_sheet_photo
from courtepointe.formats.sheet_photos import read as reader


def picture(wide: int = 800, tall: int = 600) -> Image.Image:
    """Draw a picture that is black at the upper left and white elsewhere."""
    made = np.full((tall, wide, 3), 255, np.uint8)
    made[: tall // 4, : wide // 4] = 0
    return Image.fromarray(made)


def saved(made: Image.Image, form: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    made.save(out, form, **more)
    return out.getvalue()


def refused(content: bytes) -> BadInput:
    with pytest.raises(BadInput) as told:
        read_sheet_photo(content, file="IMG_1.jpg")
    assert told.value.facts["file"] == "IMG_1.jpg"
    return told.value


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_red_green_blue(form: str) -> None:
    read = read_sheet_photo(saved(picture(), form), file="a")
    assert read.pixels.shape == (600, 800, 3) and read.pixels.dtype == np.uint8
    assert read.pixels[10, 10].max() < 30 and read.pixels[500, 700].min() > 225


@pytest.mark.parametrize(
    ("orientation", "dark"), [(1, (10, 10)), (3, (-10, -10)), (6, (10, -10)), (8, (-10, 10))]
)
def test_a_photo_is_turned_as_the_camera_was_held(orientation: int, dark: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    read = read_sheet_photo(saved(picture(), exif=exif), file="a")
    assert read.pixels.shape == ((800, 600, 3) if orientation in (6, 8) else (600, 800, 3))
    assert read.pixels[dark].max() < 40


def test_what_is_see_through_stands_on_white_paper() -> None:
    clear = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    assert read_sheet_photo(saved(clear, "PNG"), file="a").pixels.min() == 255


def test_a_photo_far_larger_than_needed_is_made_smaller() -> None:
    read = read_sheet_photo(saved(picture(6000, 4500)), file="a")
    assert max(read.pixels.shape) <= reader.LONGEST_PX
    assert read.pixels[10, 10].max() < 30


def test_a_telephones_heic_is_refused_with_what_to_do() -> None:
    for brand in (b"heic", b"mif1", b"avif"):
        assert refused(b"\0\0\0\x18ftyp" + brand + b"\0" * 60).code == "photo_heic"


def test_what_is_no_photo_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(b"%PDF-1.7 ...").code == "sheet_photo_pdf"
    assert refused(b"").code == "photo_unreadable"
    assert refused(b"GIF89a" + b"\0" * 40).code == "photo_unreadable"
    assert refused(saved(picture())[:2000]).code == "photo_unreadable"
    assert refused(saved(picture(700, 400))).code == "sheet_photo_small"
    monkeypatch.setattr(photos, "MOST_PIXELS", 1000)
    assert refused(saved(picture())).code == "photo_too_large"
    monkeypatch.setattr(reader, "MOST_BYTES", 1000)
    assert refused(saved(picture())).code == "photo_too_heavy"


def test_a_picture_is_written_with_its_size_on_paper() -> None:
    with Image.open(io.BytesIO(png_of(np.zeros((20, 30), np.uint8), dpi=200.0))) as read:
        assert read.size == (30, 20)
        assert read.info["dpi"] == pytest.approx((200, 200), abs=0.1)
