"""The portraits of all areas of a type, in every form and language asked: shared among processes, resumable."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.values import AreaKey
from courtepointe.core.errors import CourtepointeError, Refused
from courtepointe.formats.whole import entry, whole, write_whole
from courtepointe.press.charts import register_fonts
from courtepointe.press.forms.registry import Form, Setting, write
from courtepointe.press.maps.place import Ground, ground_of
from courtepointe.press.names import file_stem
from courtepointe.press.publication.compose import compose
from courtepointe.press.publication.material import set_material, subject_of
from courtepointe.press.templates import read_template

MANIFEST = "portraits.json"
OnDone = Callable[[int, int], None]
"""Called with how many documents are there, and how many there will be."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for.

    Attributes
    ----------
    pack : Path
    area_type : str
        ``TYPE:VINTAGE``.
    forms, langs : tuple of str
    template : str
        The template's own text, in TOML: what a process that is handed the order reads.
    template_file : str
        Its name, for messages.
    fonts : Path
    paper : str
    """

    pack: Path
    area_type: str
    forms: tuple[str, ...]
    langs: tuple[str, ...]
    template: str
    template_file: str
    fonts: Path
    paper: str = "a4"


@dataclass(frozen=True, slots=True)
class Failed:
    """A document that could not be made, and why."""

    code: str
    lang: str
    form: str
    error: CourtepointeError


@dataclass(frozen=True, slots=True)
class Done:
    """How a batch ended: documents made now, found made, and not made."""

    made: int
    found: int
    failed: tuple[Failed, ...]


def make_all(order: Order, out: Path, *, workers: int = 1, on_done: OnDone | None = None) -> Done:
    """Make every document of an order into a folder, or a zip where ``out`` ends so.

    Parameters
    ----------
    order : Order
    out : Path
    workers : int
        Processes.
    on_done : callable, optional

    Raises
    ------
    Refused
        ``batch_other_inputs`` where the folder holds documents of other figures, or laid out in
        another way; ``batch_folder_taken`` where it holds something else.

    Notes
    -----
    A document that is there is not made again: a batch that was stopped goes on where it was.
    Each gets its name in one go, whole. An area whose portrait has no answer does not stop the
    others.
    """
    zipped = out.suffix.lower() == ".zip"
    folder = out.with_name(out.name + ".parts") if zipped else out
    atlas = Atlas(open_pack(order.pack))
    _claim(folder, order, atlas.pack.content_hash)
    for left in folder.glob(".*"):
        left.unlink()  # of a batch that was killed while it wrote
    table = area_table(atlas.pack, order.area_type)
    codes = tuple(table.codes)
    everything = len(codes) * len(order.langs) * len(order.forms)
    lacking = [code for code in codes if not _is_made(folder, order, code)]
    found = everything - sum(len(_lacking(folder, order, code)) for code in lacking)
    tell = on_done or (lambda done, total: None)
    tell(found, everything)
    made = 0
    failed: list[Failed] = []
    for told in _shared(order, folder, lacking, workers):
        made += told.made
        failed += told.failed
        tell(found + made, everything)
    if zipped and not failed:
        _zip(folder, out)
    return Done(made, found, tuple(failed))


def _claim(folder: Path, order: Order, pack_hash: str) -> None:
    """Write down what the folder's documents are made of, or see that it is the same."""
    told = asdict(order) | {"pack": pack_hash, "fonts": order.fonts.name}
    told["template"] = hashlib.sha256(order.template.encode()).hexdigest()
    del told["template_file"], told["forms"], told["langs"]
    manifest = folder / MANIFEST
    if manifest.is_file():
        if json.loads(manifest.read_text(encoding="utf-8")) != told:
            raise Refused("batch_other_inputs", folder=str(folder))
        return
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("batch_folder_taken", folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    manifest.write_text(json.dumps(told, indent=1, default=str), encoding="utf-8")


def _wanted(order: Order) -> list[tuple[str, str]]:
    return [(lang, form) for lang in order.langs for form in order.forms]


def _lacking(folder: Path, order: Order, code: str) -> list[tuple[str, str]]:
    """Give the documents of an area that are not there: language and form."""
    held = _names(order, code)
    return [pair for pair in _wanted(order) if not (folder / held[pair]).is_file()]


def _is_made(folder: Path, order: Order, code: str) -> bool:
    return not _lacking(folder, order, code)


def _names(order: Order, code: str) -> dict[tuple[str, str], str]:
    """Name the documents of an area: type, code, language, form."""
    kind, _, vintage = order.area_type.partition(":")
    stem = file_stem(f"{kind}-{vintage}-{code}")
    return {(lang, form): f"{stem}-{lang}.{form}" for lang, form in _wanted(order)}


def _shared(order: Order, folder: Path, codes: Sequence[str], workers: int) -> Iterator[Done]:
    """Make the documents of some areas, here or in other processes."""
    if workers <= 1:
        for code in codes:
            yield make_area(order, folder, code)
        return
    context = multiprocessing.get_context("spawn")
    waiting: set[Future[Done]] = set()
    left = iter(codes)
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        while True:
            for code in islice(left, 2 * workers - len(waiting)):
                waiting.add(pool.submit(make_area, order, folder, code))
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for one in done:
                yield one.result()


@cache
def _open(pack: Path, fonts: Path) -> tuple[Atlas, Ground]:
    """Open a pack once in each process."""
    register_fonts(fonts)
    atlas = Atlas(open_pack(pack))
    return atlas, ground_of(atlas.pack)


def make_area(order: Order, folder: Path, code: str) -> Done:
    """Make the documents of one area that are not there yet."""
    atlas, ground = _open(order.pack, order.fonts)
    template = read_template(order.template, file=order.template_file)
    lacking, names = _lacking(folder, order, code), _names(order, code)
    setting = Setting(order.fonts, order.paper)
    try:
        portrait = atlas.portrait(AreaKey.of(order.area_type, code))
        subject = subject_of(atlas, portrait, ground=ground)
    except CourtepointeError as error:
        return Done(0, 0, tuple(Failed(code, lang, form, error) for lang, form in lacking))
    made = 0
    failed: list[Failed] = []
    for lang in dict.fromkeys(lang for lang, _ in lacking):
        material = set_material(subject, lang=lang)
        publication = compose(template, material)
        for form in (form for one, form in lacking if one == lang):
            try:
                content = write(publication, material, Form(form), setting)
            except CourtepointeError as error:
                failed.append(Failed(code, lang, form, error))
                continue
            write_whole(folder / names[lang, form], content)
            made += 1
    return Done(made, 0, tuple(failed))


def _zip(folder: Path, out: Path) -> None:
    """Put the documents in one archive, then clear the folder."""
    files = sorted(one for one in folder.iterdir() if one.name[0] != "." and one.name != MANIFEST)
    with whole(out) as beside, zipfile.ZipFile(beside, "w") as archive:
        for file in files:
            archive.writestr(entry(file.name, compress=zipfile.ZIP_STORED), file.read_bytes())
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
