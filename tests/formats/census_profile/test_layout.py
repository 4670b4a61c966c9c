"""The two layouts, in two languages, and headers that are neither."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.census_profile import line, profile, rows, saved

from courtepointe.core.errors import BadInput
from courtepointe.formats.census_profile import headings, read_layout
from courtepointe.formats.census_profile.layout import VALUES, layout_of


@pytest.mark.shared
def test_the_plain_layout_is_the_true_one(montreal_files: Path) -> None:
    folder = montreal_files / "census" / "statcan_layout"
    excerpt = folder / "98-401-X2021012_English_CSV_data_EXCERPT.csv"
    record = (folder / "README_meta.txt").read_text(encoding="utf-8-sig")
    official = record.split("(column headings):")[1].split()
    assert tuple(official) == headings(with_intervals=False)
    assert read_layout(excerpt).columns == headings(with_intervals=False)


def test_the_layout_with_intervals_has_47_columns_in_the_published_order() -> None:
    columns = headings(with_intervals=True)
    assert len(columns) == 47
    assert columns[11:47:2][3:9] == (
        "C4_COUNT_LOW_CI_TOTAL",
        "C5_COUNT_LOW_CI_MEN+",
        "C6_COUNT_LOW_CI_WOMEN+",
        "C7_COUNT_HI_CI_TOTAL",
        "C8_COUNT_HI_CI_MEN+",
        "C9_COUNT_HI_CI_WOMEN+",
    )
    assert columns[-2:] == ("C18_RATE_HI_CI_WOMEN+", "SYMBOL")
    assert set(columns[12:47:2]) == {"SYMBOL"}
    assert VALUES[3] == "total_count_low" and VALUES[17] == "women_rate_high"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("with_intervals", [False, True])
def test_a_layout_is_recognised_from_its_headings(language: str, with_intervals: bool) -> None:
    layout = layout_of(headings(with_intervals=with_intervals, language=language), file="f")
    assert (layout.language, layout.with_intervals) == (language, with_intervals)
    assert layout.identification == tuple(range(11))
    assert len(layout.values) == (18 if with_intervals else 6)


def test_french_headings_not_seen_in_a_file_are_taken_by_place() -> None:
    columns = list(headings(with_intervals=False, language="fr"))
    columns[0], columns[5], columns[6], columns[10] = "ANNÉE", "TGN_A", "TGN_D", "REMARQUE"
    assert layout_of(tuple(columns), file="f").identification == tuple(range(11))
    columns[1] = "CODE"
    with pytest.raises(BadInput) as told:
        layout_of(tuple(columns), file="f")
    assert "IDUGD" in str(told.value.facts["missing"])


def test_columns_may_come_in_another_order(tmp_path: Path) -> None:
    columns = headings(with_intervals=False)
    order = [8, 9, 10, 17, 18, 11, 12, 13, 14, 15, 16, 19, 20, 21, 22, 0, 1, 2, 3, 4, 5, 6, 7]
    cells = ["2021", '"2021S0512A"', '"A"', '"DA"', '"A"', "1", "2", '"00000"', "7", '"Area"', ""]
    cells += ["10", '""', "4", '""', "6", '""', "100", '""', "40", '""', "60", '"E"']
    text = "\n".join(",".join(row[i] for i in order) for row in (columns, cells))
    (row,) = rows(saved(tmp_path, text))
    assert (row["dguid"], row["characteristic"], row["quality_flag"]) == ("2021S0512A", 7, "00000")
    assert (row["total_count"], row["women_rate"], row["total_rate"]) == (10, 60, 100)
    assert row["women_rate_flags"] == 1


def test_a_tab_file_is_read_too(tmp_path: Path) -> None:
    text = profile([line(name="Population 2021")]).replace(",", "\t")
    assert rows(saved(tmp_path, text, name="p.tab"))[0]["total_count"] == 8881


@pytest.mark.parametrize(
    ("change", "missing", "unexpected"),
    [
        (("DGUID", "GUID"), "DGUID", "GUID"),
        (("C11_RATE_MEN+,SYMBOL", "C11_RATE_MEN+,NOTE"), "C11_RATE_MEN+ + SYMBOL", "NOTE"),
        ((",C12_RATE_WOMEN+,SYMBOL", ""), "C12_RATE_WOMEN+ + SYMBOL", "—"),
        (("GEO_NAME", "GEO_NAME,PROVINCE"), "—", "PROVINCE"),
        (("C2_COUNT_MEN+", "C4_COUNT_LOW_CI_TOTAL"), "C2_COUNT_MEN+ + SYMBOL", "—"),
        (("C2_COUNT_MEN+", "C1_COUNT_TOTAL"), "C2_COUNT_MEN+ + SYMBOL", "C1_COUNT_TOTAL"),
        (("C2_COUNT_MEN+", "C2_RATE_MEN+"), "C2_COUNT_MEN+ + SYMBOL", "C2_RATE_MEN+"),
    ],
)
def test_a_wrong_header_is_refused_with_its_columns(
    tmp_path: Path, change: tuple[str, str], missing: str, unexpected: str
) -> None:
    path = saved(tmp_path, profile([line()]).replace(*change, 1))
    with pytest.raises(BadInput) as told:
        read_layout(path)
    assert told.value.code == "census_profile_header"
    assert told.value.facts["file"] == "profile.csv"
    assert missing in str(told.value.facts["missing"])
    assert unexpected in str(told.value.facts["unexpected"])


def test_another_file_altogether_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as told:
        read_layout(saved(tmp_path, "a;b;c\n1;2;3\n"))
    assert told.value.code == "census_profile_header"
    assert "CENSUS_YEAR" in str(told.value.facts["missing"])
