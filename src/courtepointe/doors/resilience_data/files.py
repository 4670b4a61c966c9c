"""The files of a portrait as data, by their names: the same for whoever takes them at the site or by a command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from courtepointe.doors.resilience_data.csvw import observations_csv, observations_metadata
from courtepointe.doors.resilience_data.gathered import gathered
from courtepointe.doors.resilience_data.index import index_files
from courtepointe.doors.resilience_data.tables import Told
from courtepointe.doors.resilience_data.told import portrait_json, portrait_told
from courtepointe.doors.resilience_data.workbook import portrait_xlsx
from courtepointe.formats.whole import zipped
from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.resilience.numbers import IndicatorSeen

SCHEMA_FILE = Path(__file__).with_name("portrait.schema.json")
CSV_NAME = "observations.csv"
MEDIA: Mapping[str, str] = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
}
"""The forms of a portrait as data; the archive holds them all, and the tables of an index."""


@dataclass(frozen=True, slots=True)
class PortraitData:
    """A portrait as one object, and the indicators that it was told from."""

    told: Told
    indicators: Mapping[str, IndicatorSeen]
    lang: str

    @classmethod
    def of(cls, workspace: WorkspaceSeen, number: int, *, now: datetime, lang: str) -> PortraitData:
        """Read a portrait of a workspace; ``lang`` is of the labels of tables."""
        held = gathered(workspace, number, now=now, lang=lang)
        return cls(portrait_told(held), {one.code: one for one in held.indicators}, lang)

    def written(self, ending: str) -> bytes:
        """Write it in a form of `MEDIA`."""
        return _FORMS[ending](self)

    def files(self) -> dict[str, bytes]:
        """Write all that leaves, by file name."""
        return {
            "portrait.json": portrait_json(self.told),
            "portrait.schema.json": SCHEMA_FILE.read_bytes(),
            "portrait.xlsx": portrait_xlsx(self.told, self.lang),
            CSV_NAME: observations_csv(self.told, self.lang),
            f"{CSV_NAME}-metadata.json": observations_metadata(
                self.told, self.lang, csv_name=CSV_NAME
            ),
            **index_files(self.told, self.indicators, self.lang),
        }


_FORMS: Mapping[str, Callable[[PortraitData], bytes]] = {
    "json": lambda held: portrait_json(held.told),
    "xlsx": lambda held: portrait_xlsx(held.told, held.lang),
    "csv": lambda held: observations_csv(held.told, held.lang),
    "zip": lambda held: zipped(held.files().items()),
}
