"""Files of filled forms, as somebody brought them, to contributions with their photographs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from courtepointe.core.errors import BadInput
from courtepointe.formats.submissions import MediaFile, read_submissions
from courtepointe.places.collecting import Contributions, contributions, field_form
from courtepointe.press.photos import MOST_BYTES, read_photo
from courtepointe.press.publication.values import Photo

File = tuple[str, bytes]
NAMED = 120
PHOTOS = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True, slots=True)
class Arrived:
    """What files of one form held.

    Attributes
    ----------
    found : Contributions
        Empty where there is a fault: nothing is half read.
    faults, told : tuple of BadInput
        What is wrong; what is odd, photographs that could not be read among it.
    photos : mapping of name -> Photo
        Made ready: upright, re-encoded, without what their files tell.
    """

    found: Contributions
    faults: tuple[BadInput, ...] = ()
    told: tuple[BadInput, ...] = ()
    photos: Mapping[str, Photo] = field(default_factory=dict)


def arrived(files: Sequence[File], form: str) -> Arrived:
    """Read files together: a filled form that is in two of them is one.

    Parameters
    ----------
    files : sequence of (name, content)
        Exports of ODK or Kobo, instances of telephones, archives of these; photographs beside them.
    form : str
        Code of one of our forms.

    Raises
    ------
    BadInput
        Where a file cannot be read at all; ``nothing_arrived``.
    """
    told_form = field_form(form)
    with TemporaryDirectory() as folder:
        paths = [*_laid(files, Path(folder))]
        loose = [MediaFile(one.name, one) for one in paths if one.suffix.lower() in PHOTOS]
        filled = [one for one in paths if one.suffix.lower() not in PHOTOS]
        if not filled:
            raise BadInput("nothing_arrived")
        read = read_submissions(filled, [told_form.form])
        found = contributions(read.batch, told_form)
        wanted = {name for one in found.contributions for name in one.photos}
        told: list[BadInput] = [*read.told, *found.told]
        photos = dict(_photos([*read.media, *loose], wanted, told))
    return Arrived(found, read.faults, tuple(told), photos)


def _laid(files: Sequence[File], folder: Path) -> Iterator[Path]:
    """Lay files in a folder, each under its own name; two of one name go into folders of their own."""
    for number, (name, content) in enumerate(files):
        own = folder / str(number)
        own.mkdir()
        path = own / (Path(name).name[-NAMED:] or "file")
        path.write_bytes(content)
        yield path


def _photos(
    media: Sequence[MediaFile], wanted: set[str], told: list[BadInput]
) -> Iterator[tuple[str, Photo]]:
    """Make photographs ready; two different ones of one name could be of anybody, and are left out."""
    held: dict[str, dict[bytes, None]] = {}
    for one in media:
        if one.name in wanted:
            held.setdefault(one.name, {})[_content(one)] = None
    for name, contents in held.items():
        try:
            if len(contents) > 1:
                raise BadInput("photo_named_twice", value=name)
            yield name, read_photo(next(iter(contents)), file=name)
        except BadInput as error:
            told.append(error)


def _content(one: MediaFile) -> bytes:
    if not one.member:
        with one.file.open("rb") as held:
            return held.read(MOST_BYTES + 1)
    with zipfile.ZipFile(one.file) as archive, archive.open(one.member) as held:
        return held.read(MOST_BYTES + 1)
