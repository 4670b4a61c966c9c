"""Read submissions from whatever people bring: exports of ODK and Kobo, JSON, XML, archives of these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from courtepointe.core.errors import BadInput
from courtepointe.formats.submissions.batch import Batch, batch_of
from courtepointe.formats.submissions.heads import head_of
from courtepointe.formats.submissions.raw import MediaFile, Source
from courtepointe.formats.submissions.scope import Scopes
from courtepointe.formats.submissions.sources import sources
from courtepointe.formats.submissions.typed import Typer
from courtepointe.formats.submissions.values import Filled, Submission
from courtepointe.formats.xlsform import XlsForm

SHOWN = 8


@dataclass(frozen=True, slots=True)
class SubmissionsRead:
    """What files of submissions held.

    Attributes
    ----------
    batch : Batch
        Empty where anything is wrong: nothing is half read.
    faults : tuple of BadInput
        With the file, the row, the column, the value and what was expected.
    told : tuple of BadInput
        What is odd without being wrong, and what was changed.
    unknown : tuple of (file, heading)
        Columns that no version of the form asks for; they are left out.
    media : tuple of MediaFile
        Photographs and other files found in archives.
    """

    batch: Batch
    faults: tuple[BadInput, ...]
    told: tuple[BadInput, ...]
    unknown: tuple[tuple[str, str], ...]
    media: tuple[MediaFile, ...]


def read_submissions(files: Sequence[Path], forms: Sequence[XlsForm] = ()) -> SubmissionsRead:
    """Read submissions of one form.

    Parameters
    ----------
    files : sequence of Path
        Zips of CSV, JSON, XML or workbooks; single CSV, XLSX, JSON or XML files; folders of them.
        Single CSV files given together are tables of one export.
    forms : sequence of XlsForm
        Versions of the form. Without any, every answer is a text under its heading.

    Returns
    -------
    SubmissionsRead

    Raises
    ------
    BadInput
        Where a file cannot be read at all.

    Notes
    -----
    Who sent a submission, and with which telephone, is not read.
    """
    typer = Typer(forms)
    faults: list[BadInput] = []
    found = tuple(sources(files, repeats=frozenset(typer.scopes.repeats()), faults=faults))
    submissions = []
    for source in found:
        faults += _lacking(source, typer.scopes)
        submissions += _submissions(source, typer, faults)
    faults += typer.faults
    if forms:
        at_fault = {str(one.facts["file"]) for one in faults}
        strange = {file for file, _ in typer.unknown} - typer.known - at_fault
        faults += _strangers(found, strange, forms)
    batch = Batch() if faults else batch_of(submissions)
    media = tuple(one for source in found for one in source.media)
    told = (*typer.told, *_changes(batch))
    return SubmissionsRead(batch, tuple(faults), told, tuple(typer.unknown), media)


def _submissions(source: Source, typer: Typer, faults: list[BadInput]) -> list[Submission]:
    made = []
    for node in source.nodes:
        try:
            head = head_of(node)
        except BadInput as error:
            faults.append(error)
            continue
        content = typer.filled(node, head.form_version)
        media = head.media | {*_media(content, typer.scopes, "")}
        made.append(
            Submission(
                head.instance_id, content, head.version_id, head.form_id, head.form_version,
                head.also, head.replaces, head.edits, head.submitted, media, f"{node.file}:{node.row}",
            )
        )  # fmt: skip
    return made


def _media(content: Filled, scopes: Scopes, repeat: str) -> Iterator[str]:
    """Give the names of files that answers name."""
    if not scopes.forms:
        return
    for path, answer in content.answers.items():
        asked = scopes.scope(repeat).asked[path]
        if isinstance(answer.value, str) and asked[0].question.spec.answer == "file":
            yield answer.value
    for path, turns in content.repeats.items():
        for turn in turns:
            yield from _media(turn, scopes, path)


def _lacking(source: Source, scopes: Scopes) -> Iterator[BadInput]:
    """Name repeats that all versions have and that tables do not: they stand in other files."""
    if source.tables is None or not source.nodes:
        return
    for path in scopes.everywhere():
        last = path.rpartition("/")[2]
        named = re.compile(rf"(?:.*-)?{re.escape(last)}(?:~\d+)?")
        known = any(
            named.fullmatch(table) or scopes.repeat_named(scopes.around(path), table) == path
            for table in source.tables
        )
        if not known:
            first = source.nodes[0]
            yield BadInput(
                "submission_repeats_elsewhere", file=first.file, row=first.row, column=path
            )


def _strangers(
    found: Sequence[Source], strange: set[str], forms: Sequence[XlsForm]
) -> Iterator[BadInput]:
    """Name files whose headings are questions, and none of them one of the form's."""
    files = dict.fromkeys(node.file for source in found for node in source.nodes)
    asked = [one.question.name for one in forms[0].questions() if one.question.asks]
    asked = [name for name in asked if name != forms[0].consent]
    for file in files:
        if file in strange:
            expected = ", ".join(asked[:SHOWN])
            yield BadInput("submission_of_another_form", file=file, value=forms[0].id, expected=expected)  # fmt: skip


def _changes(batch: Batch) -> Iterator[BadInput]:
    for lineage in batch.changed():
        current = lineage.current
        told = {"value": lineage.tellings[0].instance_id, "count": len(lineage.tellings)}
        where = ", ".join(one.where for one in lineage.tellings)
        if current is None:
            yield BadInput("submission_contested", file=where, **told)
        else:
            yield BadInput("submission_corrected", file=where, found=current.where, **told)
