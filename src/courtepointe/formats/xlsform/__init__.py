"""XLSForm, the workbook that ODK and Kobo make a telephone's form from: written, read, checked.

XLSForm standard, xlsform.org. What is accepted is decided by pyxform, which takes half a second to
load: `courtepointe.formats.xlsform.accepted` is imported by whoever asks it.
"""

from courtepointe.formats.xlsform.names import Collision, is_name, name_from, names_for
from courtepointe.formats.xlsform.read import FormRead, read_xlsform
from courtepointe.formats.xlsform.values import (
    Choice,
    Group,
    Language,
    Part,
    Placed,
    Question,
    Texts,
    XlsForm,
)
from courtepointe.formats.xlsform.write import write_xlsform

__all__ = [
    "Choice",
    "Collision",
    "FormRead",
    "Group",
    "Language",
    "Part",
    "Placed",
    "Question",
    "Texts",
    "XlsForm",
    "is_name",
    "name_from",
    "names_for",
    "read_xlsform",
    "write_xlsform",
]
