"""Files as they come: excerpts, encodings, line ends, zips, regions, and what is asked of them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from tests.support.census_profile import line, profile, rows, saved, zipped

from courtepointe.core.errors import BadInput
from courtepointe.formats.census_profile import PROFILE_SCHEMA, ProfileQuery, read_profile
from courtepointe.formats.census_profile.schema import MAX_ID
from courtepointe.formats.census_profile.source import line_blocks

WEST, EAST = "2021S051224660001", "2021S051224660002"
TRACT = "2021S05074620001.00"


@pytest.mark.shared
def test_the_true_excerpt_says_what_it_says(montreal_files: Path) -> None:
    folder = montreal_files / "census" / "statcan_layout"
    read = rows(folder / "98-401-X2021012_English_CSV_data_EXCERPT.csv")
    assert [row["characteristic"] for row in read] == list(range(1, 10))
    first, last = read[0], read[-1]
    assert first["dguid"] == "2021S051610010001" and first["geo_code"] == "10010001"
    assert first["geo_level"] == "Aggregate dissemination area"
    assert (first["census_year"], first["tnr_sf"], first["tnr_lf"]) == (2021, 3.1, 4.6)
    assert first["quality_flag"] == "00000"
    assert first["total_count"] == 8881 and first["total_rate_status"] == "not_applicable"
    assert read[2]["total_rate"] == -4.9 and read[6]["total_count"] == 941.33
    assert (last["total_count"], last["men_count"], last["women_count"]) == (925, 460, 465)
    assert (last["total_rate"], last["men_rate"], last["women_rate"]) == (10.4, 10.5, 10.3)
    assert last["total_count_low"] is None and last["total_rate_high"] is None


def test_batches_bear_the_promised_schema(tmp_path: Path) -> None:
    path = saved(tmp_path, profile([line(1), line(2)]))
    (batch,) = read_profile([path], ProfileQuery())
    assert batch.schema == PROFILE_SCHEMA and batch.num_rows == 2
    pa.Table.from_batches([batch]).validate(full=True)


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize(
    "tail", ["", "\r\n", "\n\n\n", "   \r\n", ",,,,,,,,,,,,,,,,,,,,,,\r\n\r\n"]
)
def test_line_ends_and_empty_tails_do_not_matter(tmp_path: Path, end: str, tail: str) -> None:
    text = profile([line(1), line(2, [("7", "E")])], end=end) + tail
    read = rows(saved(tmp_path, text))
    assert [(row["characteristic"], row["total_count"]) for row in read] == [(1, 8881), (2, 7)]


def test_the_last_line_may_lack_its_end(tmp_path: Path) -> None:
    cells = [("1", "")] * 5 + [("2.5", "")]
    whole = profile([line(1, cells), line(2, cells)])
    unquoted = whole.removesuffix('""\r\n')
    for text in (whole.removesuffix("\n"), whole.removesuffix("\r\n"), unquoted):
        read = rows(saved(tmp_path, text))
        assert [row["women_rate"] for row in read] == [2.5, 2.5]


NAME = "L’Île-Dorval – « Cœur », 5 €"


@pytest.mark.parametrize(
    "raw",
    [
        profile([line(geo_name=NAME)]).encode("cp1252"),
        profile([line(geo_name=NAME)]).encode("utf-8"),
        profile([line(geo_name=NAME)]).encode("utf-8-sig"),
        profile([line(geo_name=NAME)], language="fr").encode("cp1252"),
        profile([line(geo_name=NAME)], language="fr").encode("utf-8"),
    ],
    ids=["cp1252", "utf-8", "utf-8 with a mark", "French cp1252", "French utf-8"],
)
def test_words_survive_in_cp1252_and_in_utf8(tmp_path: Path, raw: bytes) -> None:
    assert rows(saved(tmp_path, raw))[0]["geo_name"] == NAME


@pytest.mark.parametrize("name", ["« Cité\u00a0»", "« Là\u00a0»", "é’œ"])
def test_french_that_looks_like_utf8_is_still_cp1252(tmp_path: Path, name: str) -> None:
    raw = name.encode("cp1252")
    assert raw[-3:].decode("utf-8")
    path = saved(tmp_path, profile([line(geo_name=raw[-3:].decode("cp1252"))]))
    assert rows(path)[0]["geo_name"] == name[-3:]


def test_the_first_accents_may_come_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = {"block_bytes": 300}
    monkeypatch.setattr(line_blocks, "__kwdefaults__", small)
    lines = [line(c) for c in range(1, 9)] + [line(1, dguid=EAST, geo_name=NAME)]
    for encoding in ("cp1252", "utf-8"):
        path = saved(tmp_path, profile(lines).encode(encoding))
        assert rows(path)[-1]["geo_name"] == NAME


def test_an_encoding_given_decides(tmp_path: Path) -> None:
    # These two bytes are valid both ways; only the recipe knows.
    path = saved(tmp_path, profile([line(geo_name="Ã©")]).encode("cp1252"))
    assert rows(path)[0]["geo_name"] == "é"
    assert rows(path, encoding="cp1252")[0]["geo_name"] == "Ã©"


def test_quoted_fields_keep_commas_and_quotes(tmp_path: Path) -> None:
    name = 'Rue "du Pont", côté est'
    (row,) = rows(saved(tmp_path, profile([line(geo_name=name, name=name)])))
    assert row["geo_name"] == name


def test_quoted_numbers_and_spaces_around_them_are_numbers(tmp_path: Path) -> None:
    cells = [('"925"', ""), (" 460 ", " E "), ("+5", ""), ("1.5E+02", ""), (".5", ""), ("7.", "")]
    (row,) = rows(saved(tmp_path, profile([line(cells=cells)])))
    assert [row[f"{sex}_count"] for sex in ("total", "men", "women")] == [925, 460, 5]
    assert [row[f"{sex}_rate"] for sex in ("total", "men", "women")] == [150, 0.5, 7]


def test_leading_zeros_and_decimals_of_codes_are_kept(tmp_path: Path) -> None:
    text = profile([line(dguid=TRACT, flag="00099", geo_name="0001.00")])
    (row,) = rows(saved(tmp_path, text))
    assert (row["geo_code"], row["geo_name"]) == ("4620001.00", "0001.00")
    assert row["quality_flag"] == "00099"


def test_a_rate_of_non_response_may_be_absent(tmp_path: Path) -> None:
    (row,) = rows(saved(tmp_path, profile([line(tnr=("", '"x"'))])))
    assert row["tnr_sf"] is None and row["tnr_lf"] is None


def test_the_french_edition_reads_alike(tmp_path: Path) -> None:
    text = profile(
        [line(level="Aire de diffusion", name="Population, 2021", cells=[("241", ""), ("", "x")])],
        language="fr",
    )
    (row,) = rows(saved(tmp_path, text))
    assert row["geo_level"] == "Aire de diffusion"
    assert row["total_count"] == 241 and row["men_count_status"] == "suppressed"


def test_only_what_is_asked_is_given(tmp_path: Path) -> None:
    lines = [line(c, dguid=d) for d in (WEST, EAST, TRACT) for c in (1, 2, 2631)]
    path = saved(tmp_path, profile(lines))

    def keys(query: ProfileQuery) -> list[tuple[str, int]]:
        return [(row["dguid"], row["characteristic"]) for row in rows(path, query=query)]

    assert len(keys(ProfileQuery())) == 9
    assert keys(ProfileQuery(frozenset({2}))) == [(d, 2) for d in (WEST, EAST, TRACT)]
    assert keys(ProfileQuery(frozenset({1, 2631}), ("2021S0507",))) == [(TRACT, 1), (TRACT, 2631)]
    assert keys(ProfileQuery(frozenset({1}), ("2021S0507", EAST))) == [(EAST, 1), (TRACT, 1)]
    assert keys(ProfileQuery(None, ("2021S0513",))) == []
    assert keys(ProfileQuery(frozenset())) == []


def test_an_impossible_question_is_refused() -> None:
    with pytest.raises(BadInput) as told:
        ProfileQuery(frozenset({1, MAX_ID + 1}))
    assert told.value.code == "census_profile_query"


def test_several_regions_follow_one_another(tmp_path: Path) -> None:
    one = saved(tmp_path, profile([line(dguid=WEST)]), name="Atlantic.csv")
    other = saved(tmp_path, profile([line(dguid=EAST)]).encode("utf-8"), name="Quebec.csv")
    assert [row["dguid"] for row in rows(one, other)] == [WEST, EAST]


def test_regions_may_have_different_layouts(tmp_path: Path) -> None:
    one = saved(tmp_path, profile([line(dguid=WEST)]), name="a.csv")
    cells = [("10", "")] * 18
    text = profile([line(cells=cells, dguid=EAST, with_intervals=True)], with_intervals=True)
    read = rows(one, saved(tmp_path, text, name="b.csv"))
    assert [row["total_count_low"] for row in read] == [None, 10]


def test_a_zip_is_read_with_its_companions_left_aside(tmp_path: Path) -> None:
    path = zipped(
        tmp_path,
        {
            "98-401-X2021006_English_meta.txt": b"metadata, not rows",
            "README_meta.txt": b"layout",
            "98-401-X2021006_Geo_starting_row_Quebec.CSV": b'"Geo Code","Geo Name","Line Number"',
            "98-401-X2021006_English_CSV_data_Quebec.csv": profile([line()]).encode("cp1252"),
        },
    )
    assert [row["total_count"] for row in rows(path)] == [8881]


def test_a_zip_may_hold_several_regions(tmp_path: Path) -> None:
    members = {f"{d}_data.csv": profile([line(dguid=d)]).encode("cp1252") for d in (EAST, WEST)}
    assert [row["dguid"] for row in rows(zipped(tmp_path, members))] == [WEST, EAST]


def test_progress_goes_to_the_whole(tmp_path: Path) -> None:
    one = saved(tmp_path, profile([line(dguid=WEST)]), name="a.csv")
    two = zipped(tmp_path, {"b.csv": profile([line(dguid=EAST)]).encode("cp1252")})
    told: list[tuple[int, int]] = []
    rows(one, two, on_progress=lambda done, total: told.append((done, total)))
    totals = {total for _, total in told}
    assert totals == {2 * one.stat().st_size}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert 0 < told[-1][0] <= told[-1][1]


def test_identical_rows_met_again_are_read_once(tmp_path: Path) -> None:
    lines = [line(1, dguid=WEST), line(2, dguid=WEST), line(1, dguid=EAST)]
    one = saved(tmp_path, profile([*lines, lines[0]]), name="a.csv")
    two = saved(tmp_path, profile([lines[2], line(2, dguid=EAST)]), name="b.csv")
    keys = [(row["dguid"], row["characteristic"]) for row in rows(one, two)]
    assert keys == [(WEST, 1), (WEST, 2), (EAST, 1), (EAST, 2)]


def test_blocks_of_any_size_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        line(c, [(str(c * g), "E" if c % 3 else "")], dguid=f"2021S0512{g:08d}", geo_name=f"É{g}")
        for g in range(7)
        for c in range(1, 30)
    ]
    path = saved(tmp_path, profile(lines))
    whole = rows(path)
    assert len(whole) == 7 * 29
    for size in (300, 997, 4096):
        monkeypatch.setattr(line_blocks, "__kwdefaults__", {"block_bytes": size})
        assert rows(path) == whole
