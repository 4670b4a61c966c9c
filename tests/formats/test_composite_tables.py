"""iData and iMeta as the world writes them, and back as COINr reads them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.words import sentence
from courtepointe.formats.composite import IndexData, IndexMeta, read_data, read_meta
from courtepointe.formats.composite.coinr import coinr_files
from courtepointe.formats.composite.made import Node, data_file, meta_file

META = """Level,iCode,iName,Direction,Weight,Unit,Denominator,Parent,Type,Note
1,cœurs,Cœur d’îlot – arbres,1,0.5,m²,pop,vie,Indicator,« à vérifier »
1,+65,Personnes aînées,-1,1.25,%,,vie,Indicator,
2,vie,Milieu de vie,1,1,,,tout,Aggregate,
3,tout,L’indice,1,1,,,,Aggregate,
,pop,Population,,,,,,Denominator,
,côté,Rive,,,,,,Group,
"""
DATA = """uCode,uName,cœurs,+65,pop,côté,an
A,Saint-Henri – Petite-Bourgogne,12.5,30,1200,sud,2021
B,Cœur-de-l’Île,1234.75,NA,800,nord,2021
C,ᐃᓄᒃᑎᑐᑦ,,0.1,1000,nord,2021
D,"=2+3, ""dit"" le coin",7,31.000000000000004,950,sud,
"""


def files(folder: Path, meta: bytes, data: bytes) -> tuple[IndexMeta, IndexData]:
    for name, content in (("iMeta.csv", meta), ("iData.csv", data)):
        (folder / name).write_bytes(content)
    told = read_meta(folder / "iMeta.csv")
    return told, read_data(folder / "iData.csv", told, group="côté")


def same(one: tuple[IndexMeta, IndexData], other: tuple[IndexMeta, IndexData]) -> None:
    for name in ("codes", "names", "units", "denominators", "groups"):
        assert getattr(one[0], name) == getattr(other[0], name)
    for name in ("parent", "weight", "direction"):
        np.testing.assert_array_equal(getattr(one[0].tree, name), getattr(other[0].tree, name))
    np.testing.assert_array_equal(one[0].polarity, other[0].polarity)
    for name in ("units", "names", "unused"):
        assert getattr(one[1], name) == getattr(other[1], name)
    for name in ("values", "denominators", "denominator_of", "groups"):
        np.testing.assert_array_equal(getattr(one[1].raw, name), getattr(other[1].raw, name))


def french(text: str) -> str:
    """Write a table as a French sheet does: semicolons, and commas in numbers."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in csv.reader(io.StringIO(text)):
        numbers = [one.replace(".", "", 1).isdecimal() for one in row]
        writer.writerow([
            one.replace(".", ",") if number else one for one, number in zip(row, numbers, strict=True)
        ])  # fmt: skip
    return out.getvalue()


def test_names_of_here_are_read(tmp_path: Path) -> None:
    meta, data = files(tmp_path, META.encode(), DATA.encode())
    assert meta.indicators == ("cœurs", "+65") and meta.names[0] == "Cœur d’îlot – arbres"
    assert data.names[1:3] == ("Cœur-de-l’Île", "ᐃᓄᒃᑎᑐᑦ")
    np.testing.assert_array_equal(
        data.raw.values, [[12.5, 30], [1234.75, np.nan], [np.nan, 0.1], [7, 31.000000000000004]]
    )
    assert meta.tree.weight.tolist() == [0.5, 1.25, 1, 1] and data.unused == ("an",)


@pytest.mark.parametrize(
    "way",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("ᐃᓄᒃᑎᑐᑦ", "Île").encode("cp1252"),
        lambda text: french(text).encode(),
        lambda text: french(text).encode("utf-8-sig"),
        lambda text: french(text).replace("ᐃᓄᒃᑎᑐᑦ", "Île").encode("cp1252"),
        lambda text: text.replace(",", "\t").replace('"=2+3\t ""dit"" le coin"', "=2+3").encode(),
        lambda text: (text + "\n,,,,,,,,,\n").encode() if "Level" in text else text.encode(),
    ],
)
def test_every_way_to_write_it_says_the_same(tmp_path: Path, way) -> None:  # type: ignore[no-untyped-def]
    plain = files(tmp_path, META.encode(), DATA.encode())
    other = files(tmp_path, way(META), way(DATA))
    assert other[0].codes == plain[0].codes and other[0].names == plain[0].names
    assert other[1].units == plain[1].units and other[1].names[1] == "Cœur-de-l’Île"
    np.testing.assert_array_equal(other[1].raw.values, plain[1].raw.values)
    np.testing.assert_array_equal(other[1].raw.denominators, plain[1].raw.denominators)


def test_what_is_written_back_is_what_was_read(tmp_path: Path) -> None:
    once = files(tmp_path, META.encode(), DATA.encode())
    written = coinr_files(*once)
    again = files(tmp_path, written["iMeta.csv"], written["iData.csv"])
    same(once, again)
    assert coinr_files(*again) == written
    lines = written["iData.csv"].decode().splitlines()
    # A column or a name that a sheet would run is held by an apostrophe; gaps are NA, as R has it.
    assert lines[0] == "uCode,uName,cœurs,'+65,pop,côté,an"
    assert lines[2] == "B,Cœur-de-l’Île,1234.75,NA,800,nord,2021"
    assert lines[4].startswith('D,"\'=2+3, ""dit"" le coin",7,31.000000000000004,950')
    top = written["iMeta.csv"].decode().splitlines()[4]
    assert top == "3,tout,L’indice,1,1,NA,NA,NA,Aggregate,NA"
    from_sheet = files(tmp_path, french(META).encode(), french(DATA).encode("utf-8-sig"))
    assert coinr_files(*from_sheet) == written


@pytest.mark.shared
def test_coinrs_own_tables_come_back(shared: Path, tmp_path: Path) -> None:
    folder = shared / "reference" / "coinr_asem"
    if not folder.is_dir():
        pytest.skip(f"no reference data in {folder}")
    meta = read_meta(folder / "ASEM_iMeta.csv")
    data = read_data(folder / "ASEM_iData.csv", meta, group="EurAsia_group")
    for name, content in coinr_files(meta, data).items():
        (tmp_path / name).write_bytes(content)
        told, theirs = (
            list(csv.reader(io.StringIO(text)))
            for text in (content.decode(), (folder / f"ASEM_{name}").read_text("utf-8"))
        )
        assert told[0] == theirs[0] and len(told) == len(theirs)
        for ours, row in zip(told, theirs, strict=True):
            for one, other in zip(ours, row, strict=True):
                either = one == other or {one, other} <= {"NA", ""}
                assert either or float(one) == float(other)
    again = read_meta(tmp_path / "iMeta.csv")
    same((meta, data), (again, read_data(tmp_path / "iData.csv", again, group="EurAsia_group")))


@pytest.mark.parametrize(
    ("which", "was", "now", "code", "place"),
    [
        ("data", "\nB,", "\nA,", "composite_twice", ("iData.csv", 3, "uCode")),
        ("meta", ",pop,Pop", ",vie,Pop", "composite_twice", ("iMeta.csv", 6, "iCode")),
        ("data", "1234.75", "beaucoup", "not_a_number", ("iData.csv", 3, "cœurs")),
        ("data", "800,nord", "800,", "composite_empty_cell", ("iData.csv", 3, "côté")),
        ("data", "12.5,30", "12.5,30,9", "ragged_row", ("iData.csv", 2, None)),
        ("data", "cœurs,", "coeurs,", "composite_column", ("iData.csv", None, "cœurs")),
        ("meta", "1,+65,Personnes aînées,-1", "1,+65,Personnes aînées,2", "composite_direction",
         ("iMeta.csv", 3, "Direction")),
        ("meta", "2,vie,Milieu de vie,1", "2,vie,Milieu de vie,0", "composite_cell",
         ("iMeta.csv", 4, "Direction")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_row_and_column(
    tmp_path: Path, which: str, was: str, now: str, code: str, place: tuple[object, ...]
) -> None:
    texts = {"meta": META, "data": DATA}
    assert was in texts[which]
    texts[which] = texts[which].replace(was, now, 1)
    with pytest.raises(CourtepointeError) as refused:
        files(tmp_path, texts["meta"].encode(), texts["data"].encode())
    error = refused.value
    assert error.code == code
    assert tuple(error.facts.get(name) for name in ("file", "row", "column")) == place
    for lang in ("fr", "en"):
        assert str(place[0]) in sentence(error, lang=lang) and "{" not in sentence(error, lang=lang)


def test_a_column_that_comes_twice_is_refused_where_it_is_read(tmp_path: Path) -> None:
    for was, now, column in (("côté,an", "côté,pop", "pop"), ("cœurs,+65", "cœurs,cœurs", "cœurs")):
        with pytest.raises(CourtepointeError) as refused:
            files(tmp_path, META.encode(), DATA.replace(was, now).encode())
        assert refused.value.code == "composite_column_twice"
        assert refused.value.facts["column"] == column
    _, data = files(tmp_path, META.encode(), DATA.replace("côté,an", "côté,").encode())
    assert data.unused == ("column_7",)


def test_tables_of_plain_values_are_read_back_with_every_letter_and_gap(tmp_path: Path) -> None:
    nodes = [
        Node(1, "+65", "=Cœur d’îlot – ᐃᓄᒃᑎᑐᑦ", -1, 1 / 3, "vie", "Indicator", "%"),
        Node(1, "b.c", "B, « dit »", 1, 2.0, "vie", "Indicator"),
        Node(1, "jamais", "Jamais vu", 1, 1.0, "vie", "Other"),
        Node(2, "vie", "Milieu de vie", 1, 1.0, "tout", "Aggregate"),
        Node(3, "tout", "Tout", 1, 1.0, "", "Aggregate"),
    ]
    units = [("A", "@Ville", {"+65": 0.1 + 0.2, "b.c": None}), ("B", "L’Île", {"b.c": -7.0})]
    (tmp_path / "iMeta.csv").write_bytes(meta_file(nodes))
    (tmp_path / "iData.csv").write_bytes(data_file(("+65", "b.c", "jamais"), units))
    meta = read_meta(tmp_path / "iMeta.csv")
    data = read_data(tmp_path / "iData.csv", meta)
    assert meta.codes == ("+65", "b.c", "vie", "tout")
    assert meta.names[0] == "=Cœur d’îlot – ᐃᓄᒃᑎᑐᑦ" and meta.units[0] == "%"
    assert (meta.tree.weight[0], meta.polarity.tolist()) == (1 / 3, [-1, 1])
    assert (data.units, data.names, data.unused) == (("A", "B"), ("@Ville", "L’Île"), ("jamais",))
    assert np.array_equal(data.raw.values, [[0.1 + 0.2, np.nan], [np.nan, -7.0]], equal_nan=True)
