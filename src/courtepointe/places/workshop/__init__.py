"""From the sheets of a mapping workshop to contributions on the map: keyed by people, twice, checked."""

from courtepointe.places.workshop.keyed import (
    FIELDS,
    Caution,
    Checked,
    Contribution,
    Keyed,
    check_keyed,
    coded,
)
from courtepointe.places.workshop.record import (
    PrintedWorkshop,
    printed,
    read_record,
    write_record,
)
from courtepointe.places.workshop.squares import Square, square_on_ground
from courtepointe.places.workshop.tables import contributions_geojson, keying_csv, read_keying
from courtepointe.places.workshop.twice import Difference, agreed, differences

__all__ = [
    "FIELDS",
    "Caution",
    "Checked",
    "Contribution",
    "Difference",
    "Keyed",
    "PrintedWorkshop",
    "Square",
    "agreed",
    "check_keyed",
    "coded",
    "contributions_geojson",
    "differences",
    "keying_csv",
    "printed",
    "read_keying",
    "read_record",
    "square_on_ground",
    "write_record",
]
