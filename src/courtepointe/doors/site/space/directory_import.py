"""A directory comes in, looked at first; it goes out, as the reader may see it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.doors.served import served
from courtepointe.doors.site.errors import told
from courtepointe.doors.site.space.directory import HERE, areas_served
from courtepointe.doors.site.space.directory_forms import AtlasForm, FileForm
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    sent,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.formats.hsds import Directory, write_json, write_package
from courtepointe.hubs.actions.held import take_counts
from courtepointe.hubs.exchange import hubs_apart
from courtepointe.hubs.queries.leaving import known_hubs, leaving
from courtepointe.people.queries import territories_of
from courtepointe.places.actions import Incoming, drop_waiting, keep_waiting, take_in, waiting
from courtepointe.places.exports import exported
from courtepointe.places.files import read_directory
from courtepointe.places.from_atlas import gathered_for, only_there, source_of_layer
from courtepointe.places.planned import Difference
from courtepointe.places.queries import imports_waiting
from courtepointe.places.queries.imports import compared_with, faults_left
from courtepointe.places.words import field_word, table_word

SHOWN = 40
FORMS = {"json": ("application/json", write_json), "zip": ("application/zip", write_package)}


@space_page("write", methods=FORM)
def bring(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Choose a file or layers of the atlas; what they would do is shown before it is done."""
    form = FileForm(sent(request, "file"), request.FILES or None)
    layers = _layers(space)
    atlas = AtlasForm(sent(request, "atlas"), layers=layers, auto_id="atlas_%s")
    faults: list[BadInput] = []

    def file(typed: dict[str, Any]) -> str | None:
        read, wrong = _read(space, typed)
        faults.extend(wrong)
        return None if wrong else _kept(space, read, _incoming(typed))

    done = acted(form, file, lang=space.lang) or acted(atlas, lambda typed: _from_atlas(space, typed), lang=space.lang)  # fmt: skip
    if done:
        return done
    values = {
        "form": form,
        "atlas": atlas if layers else None,
        "standing": bool(territories_of(space.seen.id, on=localdate(space.now))),
        "faults": [told(one, lang=space.lang) for one in faults[:SHOWN]],
        "n_faults": len(faults),
        "waiting": imports_waiting(space.seen.id, space.by.id),
    }
    status = 400 if faults else status_of(form, atlas)
    return space_answer(request, space, "directory_import.html", values, here=HERE, status=status)


def _layers(space: Space) -> list[tuple[str, str]]:
    try:
        return [(one.code, one.name.in_(space.lang)) for one in served().pack.recipe.places]
    except CourtepointeError:
        return []


def _incoming(typed: dict[str, Any]) -> Incoming:
    name = PurePath(typed["file"].name).name
    return Incoming(typed["name"] or name, name, typed["dated"], typed["visibility"])


def _read(space: Space, typed: dict[str, Any]) -> tuple[Directory, tuple[BadInput, ...]]:
    sent_file: UploadedFile[bytes] = typed["file"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (PurePath(str(sent_file.name)).name[-100:] or "a.json")
        path.write_bytes(sent_file.read())
        read = read_directory(path)
    directory = read.directory
    if typed["here"]:
        directory = only_there(space.seen.id, served().pack, directory, now=space.now)
    return directory, faults_left(space.seen.id, read.faults)


def _from_atlas(space: Space, typed: dict[str, Any]) -> str:
    pack = served().pack
    found = gathered_for(space.seen.slug, pack, [typed["layer"]], by=space.by, now=space.now)
    name, dated = source_of_layer(pack, typed["layer"], lang=space.lang)
    return _kept(space, found, Incoming(name, pack.recipe.code, dated, typed["visibility"]))


def _kept(space: Space, directory: Directory, incoming: Incoming) -> str:
    number = keep_waiting(space.seen.slug, directory, incoming, by=space.by, now=space.now)
    return space.address("space_incoming", number=number)


@space_page("write", methods=FORM)
def preview(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show what an import would do; do it, or forget it."""
    slug, by, now = space.seen.slug, space.by, space.now
    if request.method == "POST":
        if request.POST.get("do") != "take":
            drop_waiting(slug, number, by=by, now=now)
            return redirect(space.address("space_take_in"))
        return _taken(space, number)
    directory, incoming = waiting(slug, number, by=by, now=now)
    ours = known_hubs(space.seen)
    directory, of_hubs = hubs_apart(directory, ours.uids)
    compared = compared_with(space.seen.id, directory, dated=incoming.dated)
    plan = compared.plan
    counts = Counter(one.table for one in plan.new)
    heads = [one for one in plan.new if one.values.get("name") and one.table in ("organization", "service", "location")]  # fmt: skip
    values = {
        "incoming": incoming,
        "plan": plan,
        "counts": [(table_word(table, lang=space.lang), n) for table, n in counts.items()],
        "some": [(table_word(one.table, lang=space.lang), one.values["name"]) for one in heads[:SHOWN]],
        "n_more": max(len(heads) - SHOWN, 0),
        "changes": _shown(plan.changes, lang=space.lang),
        "proposals": _shown(plan.proposals, lang=space.lang),
        "faults": [told(one, lang=space.lang) for one in compared.faults[:SHOWN]],
        "hubs": [(ours.hubs[uid][1], some) for uid, some in of_hubs.items() if uid in ours.hubs],
    }  # fmt: skip
    return space_answer(request, space, "directory_preview.html", values, here=HERE)


def _taken(space: Space, number: int) -> HttpResponseBase:
    """Do an import: records go to the directory, what it says of our hubs to the hubs, under one batch."""
    ours = known_hubs(space.seen)
    who: dict[str, Any] = {"by": space.by, "now": space.now}
    directory, _ = waiting(space.seen.slug, number, **who)
    _, counts = hubs_apart(directory, ours.uids)
    done = take_in(
        space.seen.slug,
        number,
        areas=areas_served(),
        only=lambda held: hubs_apart(held, ours.uids)[0],
        **who,
    )
    for uid, some in counts.items():
        if uid in ours.hubs:
            take_counts(space.seen.slug, ours.hubs[uid][0], some, batch=done.batch, **who)
    return redirect(f"{space.address('space_history')}?batch={done.batch}")


def _shown(differences: Iterable[Difference], *, lang: str) -> list[tuple[str, str, Any, Any]]:
    return [
        (one.name or table_word(one.table, lang=lang), field_word(one.field, lang=lang), one.before, one.after)
        for one in list(differences)[:SHOWN]
    ]  # fmt: skip


@space_page("read")
def leave(request: HttpRequest, space: Space, ending: str) -> HttpResponseBase:
    """Give the directory as a file: no contact person is ever in it."""
    directory = leaving(space.seen, exported(space.seen.slug, by=space.by, now=space.now))
    return file_of(directory, ending, name=space.seen.slug)


def file_of(directory: Directory, ending: str, *, name: str) -> HttpResponse:
    """Answer with a directory in one of the standard's two forms."""
    if ending not in FORMS:
        raise Http404
    kind, write = FORMS[ending]
    answer = HttpResponse(write(directory), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
