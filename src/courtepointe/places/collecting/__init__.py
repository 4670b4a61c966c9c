"""Collecting by telephone, offline: our forms as data, and filled forms as contributions to review.

Pure: no database. A contribution becomes an asset, a note or an observation when somebody has
reviewed it.
"""

from courtepointe.places.collecting.gather import contributions
from courtepointe.places.collecting.json_text import contributions_json
from courtepointe.places.collecting.read import field_form, field_forms
from courtepointe.places.collecting.values import (
    Clue,
    Consent,
    ConsentText,
    Contribution,
    Contributions,
    FieldForm,
    Visibility,
)

__all__ = [
    "Clue",
    "Consent",
    "ConsentText",
    "Contribution",
    "Contributions",
    "FieldForm",
    "Visibility",
    "contributions",
    "contributions_json",
    "field_form",
    "field_forms",
]
