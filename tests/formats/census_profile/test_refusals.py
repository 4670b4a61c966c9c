"""Files that cannot be read: each is refused by name, with file, row, column and value."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.support.census_profile import line, profile, refusal, rows, saved, zipped

from courtepointe.core.errors import BadInput
from courtepointe.doors.words import sentence, table
from courtepointe.formats.census_profile import ProfileQuery, characteristic_tree, read_layout
from courtepointe.formats.census_profile import source as source_module

WEST, EAST = "2021S051224660001", "2021S051224660002"
GOOD = line(1)


def refused(folder: Path, *lines: str, **options: object) -> tuple[str, dict[str, object]]:
    told = refusal(saved(folder, profile([GOOD, *lines])), **options)
    assert told.facts["file"] == "profile.csv"
    for lang in ("fr", "en"):
        words = sentence(told, lang=lang)
        assert "profile.csv" in words and "—" not in words.replace("colonne —", "")
    return told.code, told.facts


@pytest.mark.parametrize("query", [ProfileQuery(), ProfileQuery(frozenset({1}))])
@pytest.mark.parametrize("change", [-1, 1])
def test_a_row_with_the_wrong_number_of_fields(
    tmp_path: Path, query: ProfileQuery, change: int
) -> None:
    """Found in wanted rows and in the others alike."""
    bad = line(2)
    bad = bad + ',""' if change == 1 else bad.rsplit(",", 1)[0]
    code, facts = refused(tmp_path, bad, line(3), query=query)
    assert code == "census_profile_field_count"
    assert (facts["row"], facts["found"], facts["expected"]) == (3, 23 + change, 23)


def test_a_file_cut_in_the_middle_of_a_row(tmp_path: Path) -> None:
    for length in range(1, len(line(2)) - 1, 7):
        code, facts = refused(tmp_path, line(2)[:-length].rstrip('"').rstrip(","))
        assert facts["row"] == 3
        assert code in ("census_profile_field_count", "census_profile_open_quote")


@pytest.mark.parametrize(
    "value", ["abc", "1,5", "1 000", "12a", "-", ".", "1e", "nan", "inf", "1e99", "--1", "9" * 19]
)
def test_a_value_that_is_no_number(tmp_path: Path, value: str) -> None:
    code, facts = refused(tmp_path, line(2, [("5", ""), (f'"{value}"', "")]))
    assert code == "census_profile_number"
    assert (facts["row"], facts["column"], facts["value"]) == (3, "C2_COUNT_MEN+", value)


@pytest.mark.parametrize("value", ["", "x1", "1.5", "-3", "123456"])
def test_a_characteristic_that_is_no_id(tmp_path: Path, value: str) -> None:
    code, facts = refused(tmp_path, line(value))
    assert code == "census_profile_number"
    assert (facts["row"], facts["column"], facts["value"]) == (3, "CHARACTERISTIC_ID", value)


@pytest.mark.parametrize(("column", "place"), [("TNR_SF", 0), ("TNR_LF", 1)])
def test_a_non_response_rate_that_is_no_number(tmp_path: Path, column: str, place: int) -> None:
    rates = ["1", "2"]
    rates[place] = "élevé"
    code, facts = refused(tmp_path, line(2, tnr=(rates[0], rates[1])))
    assert code == "census_profile_number"
    assert (facts["row"], facts["column"], facts["value"]) == (3, column, "élevé")


def test_a_year_that_is_none(tmp_path: Path) -> None:
    code, facts = refused(tmp_path, line(2).replace("2021,", "MMXXI,", 1))
    assert code == "census_profile_number"
    assert (facts["row"], facts["column"], facts["value"]) == (3, "CENSUS_YEAR", "MMXXI")


def test_a_row_that_names_no_geography(tmp_path: Path) -> None:
    code, facts = refused(tmp_path, line(2, dguid=""))
    assert (code, facts["row"], facts["column"]) == ("census_profile_empty_cell", 3, "DGUID")


def test_a_text_over_several_lines(tmp_path: Path) -> None:
    for query in (ProfileQuery(), ProfileQuery(frozenset({1}))):
        code, facts = refused(tmp_path, line(2, name="Population,\n2021"), query=query)
        assert (code, facts["row"]) == ("census_profile_open_quote", 3)


def test_a_quote_that_is_not_doubled(tmp_path: Path) -> None:
    code, facts = refused(tmp_path, line(2).replace("24660001", '2466"0001', 1))
    assert (code, facts["row"], facts["column"]) == ("census_profile_stray_quote", 3, "DGUID")


def test_bytes_that_are_not_of_the_encoding(tmp_path: Path) -> None:
    raw = profile([line(geo_name="é"), line(2, geo_name="è")]).encode("utf-8")
    told = refusal(saved(tmp_path, raw.replace("è".encode(), b"\xe8")), encoding="utf-8")
    assert told.code == "census_profile_encoding"
    assert (told.facts["row"], told.facts["column"]) == (3, "GEO_NAME")
    undefined = profile([line(geo_name="é\x00")]).encode("cp1252").replace(b"\x00", b"\x81")
    assert refusal(saved(tmp_path, undefined)).facts["expected"] == "cp1252"


@pytest.mark.parametrize("encoding", ["klingon", "utf-16", "base64"])
def test_an_encoding_that_cannot_be(tmp_path: Path, encoding: str) -> None:
    told = refusal(saved(tmp_path, profile([GOOD])), encoding=encoding)
    assert (told.code, told.facts["value"]) == ("census_profile_encoding_unknown", encoding)


def test_the_same_cell_with_two_values(tmp_path: Path) -> None:
    code, facts = refused(tmp_path, line(2), line(1, [("8882", "")]))
    assert code == "census_profile_conflict"
    assert (facts["row"], facts["geography"], facts["characteristic"]) == (4, WEST, 1)
    assert (facts["first_file"], facts["first_row"]) == ("profile.csv", 2)


@pytest.mark.parametrize("cell", [("8881", "E"), ("", "x"), ("0", ""), ("", "")])
def test_two_files_that_contradict_each_other(tmp_path: Path, cell: tuple[str, str]) -> None:
    one = saved(tmp_path, profile([line(dguid=EAST), GOOD]), name="a.csv")
    two = saved(tmp_path, profile([line(cells=[cell])]), name="b.csv")
    told = refusal(one, two)
    assert told.code == "census_profile_conflict"
    assert (told.facts["file"], told.facts["row"]) == ("b.csv", 2)
    assert (told.facts["first_file"], told.facts["first_row"]) == ("a.csv", 3)


def test_a_conflict_inside_one_geography_of_one_block(tmp_path: Path) -> None:
    code, facts = refused(tmp_path, line(2), line(2, [("1", "")]), line(3))
    assert (code, facts["row"], facts["characteristic"]) == ("census_profile_conflict", 4, 2)


def test_rows_before_the_bad_one_come_first(tmp_path: Path) -> None:
    """The row told is counted from the top of the file, across blocks."""
    lines = [line(c, dguid=f"2021S0512{g:08d}") for g in range(400) for c in range(1, 100)]
    lines[30_000] = line(2, [("beaucoup", "")], dguid="2021S051200000303")
    told = refusal(saved(tmp_path, profile(lines)))
    assert (told.code, told.facts["row"]) == ("census_profile_number", 30_002)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    told = refusal(tmp_path / "absent.csv")
    assert (told.code, told.facts["file"]) == ("census_profile_no_file", "absent.csv")


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"\xef\xbb\xbf", b"   \n"])
def test_an_empty_file(tmp_path: Path, raw: bytes) -> None:
    assert refusal(saved(tmp_path, raw)).code == "census_profile_empty"


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x8b", "gzip"),
        (b"\xff\xfe", "UTF-16"),
        (b"PAR1", "Parquet"),
    ],
)
def test_another_kind_of_file(tmp_path: Path, start: bytes, kind: str) -> None:
    told = refusal(saved(tmp_path, start + b"\x00" * 20))
    assert (told.code, told.facts["found"]) == ("census_profile_container", kind)


def test_a_file_without_lines(tmp_path: Path) -> None:
    told = refusal(saved(tmp_path, b"x" * 9_000_000))
    assert told.code == "census_profile_line_too_long"


def long_profile() -> bytes:
    lines = [line(c, [(str(c * 7919 % 1000), "")]) for c in range(1, 2632)]
    return profile(lines).encode("cp1252")


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.98])
def test_a_truncated_zip(tmp_path: Path, kept: float) -> None:
    path = zipped(tmp_path, {"data.csv": long_profile()})
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * kept)])
    told = refusal(path)
    assert (told.code, told.facts["file"]) == ("census_profile_zip_broken", "profile.zip")


def test_a_zip_damaged_inside(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"data.csv": long_profile()})
    raw = bytearray(path.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 40] = bytes(40)
    path.write_bytes(bytes(raw))
    assert refusal(path).code == "census_profile_zip_broken"


def test_a_zip_without_rows(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"98_Geo_starting_row.CSV": b"a", "readme.pdf": b"b"})
    told = refusal(path)
    assert told.code == "census_profile_zip_without_data"
    assert "readme.pdf" in str(told.facts["found"])


def test_a_zip_that_grows_beyond_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path, {"data.csv": profile([GOOD]).encode() + b" \n" * 1_500_000})
    assert len(rows(path)) == 1
    monkeypatch.setattr(source_module, "SMALL_ENOUGH", 1_000_000)
    told = refusal(path)
    assert (told.code, told.facts["member"]) == ("census_profile_zip_suspicious", "data.csv")


def test_a_zip_compressed_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("data.csv", profile([GOOD]))
    told = refusal(path)
    assert (told.code, told.facts["member"]) == ("census_profile_zip_method", "data.csv")


def test_the_tree_refuses_what_the_reader_refuses(tmp_path: Path) -> None:
    short = saved(tmp_path, profile([GOOD, line(2).rsplit(",", 2)[0]]))
    with pytest.raises(BadInput) as told:
        characteristic_tree(short)
    assert told.value.code == "census_profile_field_count"
    assert told.value.facts["row"] == 3
    lettered = saved(tmp_path, profile([line("1a")]))
    with pytest.raises(BadInput) as told:
        characteristic_tree(lettered)
    assert (told.value.code, told.value.facts["value"]) == ("census_profile_number", "1a")
    with pytest.raises(BadInput):
        read_layout(tmp_path / "absent.csv")


def test_every_refusal_has_its_two_sentences() -> None:
    mine = {code: words for code, words in table().items() if code.startswith("census_profile")}
    assert len(mine) >= 20
    assert all(
        words["fr"] and words["en"] and words["fr"] != words["en"] for words in mine.values()
    )
