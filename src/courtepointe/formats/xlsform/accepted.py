"""Ask pyxform, which ODK and Kobo stand on, whether they would take a form."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from courtepointe.core.errors import BadInput
from courtepointe.formats.xlsform.values import XlsForm
from courtepointe.formats.xlsform.write import write_xlsform

ROW = re.compile(r"\[row : (\d+)\]\s*")
SHEET = re.compile(r"'(survey|choices|settings)' sheet")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A form as ODK and Kobo load it.

    Attributes
    ----------
    xform : str
        XML.
    warnings : tuple of str
        What pyxform advises, in its own English.
    """

    xform: str
    warnings: tuple[str, ...]


def accepted_by_pyxform(form: XlsForm) -> Accepted:
    """Convert a form, written as a workbook, to the XForm that telephones load.

    Parameters
    ----------
    form : XlsForm

    Raises
    ------
    BadInput
        ``xlsform_refused`` with the sheet, the row where pyxform names one, and its own words.

    Notes
    -----
    ODK Validate, which needs Java, is not run: what an expression computes is not checked.
    """
    content = io.BytesIO(write_xlsform(form))
    try:
        made = convert(content, validate=False, file_type=".xlsx")
    except PyXFormError as error:
        said = str(error)
        row, sheet = ROW.search(said), SHEET.search(said)
        raise BadInput(
            "xlsform_refused", value=form.id, sheet=sheet[1] if sheet else "survey",
            row=int(row[1]) if row else "?", detail=ROW.sub("", said),
        ) from error  # fmt: skip
    return Accepted(str(made.xform), tuple(made.warnings))
