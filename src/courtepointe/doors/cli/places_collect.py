"""`courtepointe places form` and `submissions`: collecting by telephone, with ODK or Kobo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from courtepointe.core.errors import BadInput
from courtepointe.doors.words import sentence
from courtepointe.formats.submissions import SubmissionsRead, read_submissions, submissions_json
from courtepointe.formats.whole import write_whole
from courtepointe.formats.xlsform import XlsForm, read_xlsform, write_xlsform
from courtepointe.formats.xlsform.accepted import accepted_by_pyxform
from courtepointe.places.collecting import contributions, contributions_json, field_form

LANG = click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
SHOWN = 50
WORKBOOKS = (".xlsx", ".xls")


@click.command()
@click.argument("name", metavar="FORM")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="A .xlsx to load into ODK or Kobo.")  # fmt: skip
def form(name: str, out: Path) -> None:
    """Write the field form FORM as an XLSForm, in French and English, checked by pyxform.

    FORM is one of: assets (what the neighbourhood can count on), place-notes (what makes a place
    fragile), walk (an exploratory walk, with one turn for each stop).
    """
    if out.suffix.lower() != ".xlsx":
        raise BadInput("field_form_file", value=out.name)
    told = field_form(name).form
    accepted_by_pyxform(told)
    write_whole(out, write_xlsform(told))
    click.echo(
        f"{out} · {told.id} {told.version} · {sum(one.question.asks for one in told.questions())}"
    )


@click.command()
@click.argument("name", metavar="FORM")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option("--earlier", multiple=True, type=click.Path(path_type=Path), help="An XLSForm of another version of FORM; may be given several times.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A .json to write.")
@click.option("--json", "as_json", is_flag=True, help="Print the JSON instead of a summary.")
@LANG
def submissions(
    name: str,
    files: tuple[Path, ...],
    earlier: tuple[Path, ...],
    out: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """Read filled forms of FORM from FILEs, each filled form once, and say what is wrong by the cell.

    FORM is assets, place-notes or walk, and contributions are written, ready for review; or an
    XLSForm of your own (.xlsx), and its submissions are. FILE is an export of ODK (.zip, JSON with
    $expand=*), of Kobo (XLS, JSON, CSV), an XML instance, or a zip or folder of these.
    """
    own = Path(name)
    shipped = own.suffix.lower() not in WORKBOOKS
    first = field_form(name).form if shipped else _read_form(own, lang)
    read = read_submissions(files, [first, *(_read_form(one, lang) for one in earlier)])
    _tell(read.told, lang)
    for file, heading in read.unknown:
        click.echo(f"{file}\t{heading}\t?", err=True)
    _refuse_faults(read, lang)
    text, summary = (
        _contributed(read, name, lang) if shipped else (submissions_json(read.batch), "")
    )
    if out is not None:
        write_whole(out, text.encode())
    if as_json:
        click.echo(text, nl=False)
        return
    told = f"{len(read.batch.lineages())}{summary}"
    click.echo(f"{out} · {told}" if out is not None else told)


def _contributed(read: SubmissionsRead, name: str, lang: str) -> tuple[str, str]:
    """Give the contributions as JSON, and how many there are."""
    told = field_form(name)
    found = contributions(read.batch, told)
    _tell(found.told, lang)
    text = contributions_json(found, told)
    return text, f" · {len(found.contributions)} {told.kind} · {len(found.refused)} −"


def _read_form(path: Path, lang: str) -> XlsForm:
    read = read_xlsform(path)
    if read.form is None:
        _tell(read.faults, lang)
        raise BadInput("xlsform_faults", file=path.name, value=len(read.faults))
    return read.form


def _refuse_faults(read: SubmissionsRead, lang: str) -> None:
    if read.faults:
        _tell(read.faults, lang)
        raise BadInput("field_faults", value=len(read.faults))


def _tell(told: Sequence[BadInput], lang: str) -> None:
    for one in told[:SHOWN]:
        click.echo(sentence(one, lang=lang), err=True)
    if len(told) > SHOWN:
        click.echo(f"… {len(told) - SHOWN}", err=True)
