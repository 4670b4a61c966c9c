"""Numbers as French and English write them."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.press.sample import figure, missing, share

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.core.errors import BadInput
from courtepointe.press.numbers import (
    amount,
    interval,
    interval_text,
    number,
    ordinal,
    plural,
    signed,
    status_text,
    uncertainty_text,
    value_text,
)


@pytest.mark.parametrize(
    ["value", "decimals", "french", "english"],
    [
        (0, 0, "0", "0"),
        (1234, 0, "1\u202f234", "1,234"),
        (1234567.891, 2, "1\u202f234\u202f567,89", "1,234,567.89"),
        (-5, 0, "−5", "−5"),
        (0.5, 0, "1", "1"),
        (2.5, 0, "3", "3"),
        (2.675, 2, "2,68", "2.68"),
        (-0.04, 1, "0,0", "0.0"),
        (12.35, 1, "12,4", "12.4"),
    ],
)
def test_numbers(value: float, decimals: int, french: str, english: str) -> None:
    assert number(value, decimals=decimals, lang="fr") == french
    assert number(value, decimals=decimals, lang="en") == english


@pytest.mark.parametrize(
    ["value", "unit", "decimals", "french", "english"],
    [
        (12.4, "percent", 1, "12,4\u00a0%", "12.4%"),
        (45600, "cad", 0, "45\u202f600\u00a0$", "$45,600"),
        (-45600, "cad", 0, "−45\u202f600\u00a0$", "−$45,600"),
        (31240, "persons", 0, "31\u202f240", "31,240"),
        (41.25, "years", 1, "41,3 ans", "41.3 years"),
        (3.1, "km2", 2, "3,10 km²", "3.10 km²"),
    ],
)
def test_amounts(value: float, unit: str, decimals: int, french: str, english: str) -> None:
    assert amount(value, unit=unit, decimals=decimals, lang="fr") == french
    assert amount(value, unit=unit, decimals=decimals, lang="en") == english


@pytest.mark.parametrize(
    ["value", "french", "english"],
    [
        (0, "0 personne", "0 people"),
        (1, "1 personne", "1 person"),
        (2, "2 personnes", "2 people"),
        (1500, "1\u202f500 personnes", "1,500 people"),
    ],
)
def test_what_is_counted_agrees_in_number(value: float, french: str, english: str) -> None:
    assert amount(value, unit="persons", lang="fr", in_words=True) == french
    assert amount(value, unit="persons", lang="en", in_words=True) == english


def test_under_two_stays_singular_in_french_only() -> None:
    told = {"unit": "persons_per_household", "decimals": 1, "in_words": True}
    assert amount(1.9, lang="fr", **told) == "1,9 personne par ménage"  # type: ignore[arg-type]
    assert amount(1.9, lang="en", **told) == "1.9 people per household"  # type: ignore[arg-type]


def test_a_unit_without_words_keeps_its_code() -> None:
    assert amount(3, unit="rain_barrels", lang="fr") == "3"
    assert amount(3, unit="rain_barrels", lang="en", in_words=True) == "3 rain barrels"


def test_intervals_and_differences() -> None:
    assert (
        interval(12.1, 14.5, unit="percent", decimals=1, lang="fr")
        == "de 12,1\u00a0% à 14,5\u00a0%"
    )
    assert interval(12.1, 14.5, unit="percent", decimals=1, lang="en") == "12.1% to 14.5%"
    told = {"unit": "persons_per_household", "decimals": 1, "lang": "fr"}
    assert interval(1.9, 1.9, **told) == "1,9"  # type: ignore[arg-type]
    assert interval(1.91, 1.94, **told) == "de 1,91 à 1,94"  # type: ignore[arg-type]
    assert signed(1.4, unit="percent", decimals=1, lang="fr") == "+1,4 point de pourcentage"
    assert signed(-2.4, unit="percent", decimals=1, lang="fr") == "−2,4 points de pourcentage"
    assert signed(1.4, unit="percent", decimals=1, lang="en") == "+1.4 percentage points"
    assert signed(-124, unit="persons", lang="en") == "−124 people"
    assert signed(0, unit="persons", lang="fr") == "aucun écart"


@pytest.mark.parametrize(
    ["rank", "french", "english"],
    [(1, "1er", "1st"), (2, "2e", "2nd"), (3, "3e", "3rd"), (11, "11e", "11th"),
     (21, "21e", "21st"), (112, "112e", "112th")],
)  # fmt: skip
def test_ordinals(rank: int, french: str, english: str) -> None:
    assert ordinal(rank, lang="fr") == french
    assert ordinal(rank, lang="en") == english


def test_the_first_is_feminine_where_it_is() -> None:
    assert ordinal(1, lang="fr", feminine=True) == "1re"


def test_bad_numbers_are_refused() -> None:
    for wrong in (math.nan, math.inf):
        with pytest.raises(BadInput, match="number_not_finite"):
            number(wrong, lang="fr")
    with pytest.raises(BadInput, match="ordinal_below_one"):
        ordinal(0, lang="fr")
    with pytest.raises(BadInput, match="unknown_language"):
        amount(1, unit="persons", lang="es")


@given(st.floats(-1e9, 1e9), st.integers(0, 4), st.sampled_from(["fr", "en"]))
def test_a_number_can_be_read_back(value: float, decimals: int, lang: str) -> None:
    text = number(value, decimals=decimals, lang=lang)
    assert " " not in text and "-" not in text
    plain = text.replace("−", "-").replace("\u202f", "")
    plain = plain.replace(",", ".") if lang == "fr" else plain.replace(",", "")
    assert abs(float(plain) - value) <= 0.5 * 10**-decimals + 1e-6
    assert not plain.startswith("-0.0") or float(plain) != 0


@pytest.mark.parametrize("status", [s for s in Status if not s.has_value])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_missing_value_is_words_never_a_number(status: Status, lang: str) -> None:
    held = missing("population", status)
    text = value_text(held, decimals=0, lang=lang)
    assert text == status_text(status, lang=lang, form="short")
    assert not re.search(r"\d|nan|none", text, re.IGNORECASE)
    assert interval_text(held, decimals=0, lang=lang) == ""
    assert status_text(status, lang=lang, form="symbol")


def test_a_true_zero_is_written() -> None:
    assert value_text(figure("x", 0.0), decimals=0, lang="fr") == "0"


def test_what_is_not_loaded_names_what_would_fill_it() -> None:
    told = status_text(Status.NOT_LOADED, lang="fr", filled_by="Profil du recensement")
    assert told == "donnée non chargée (à fournir\u00a0: Profil du recensement)"
    assert status_text(Status.NOT_LOADED, lang="en") == "data not loaded"


def test_an_interval_says_what_it_is_or_why_it_is_not() -> None:
    assert interval_text(share("x", 14, 2), decimals=0, lang="fr") == "de 12\u00a0% à 16\u00a0%"
    assert interval_text(share("x", 14, None), decimals=0, lang="fr") == (
        "erreur d’échantillonnage inconnue"
    )
    assert interval_text(figure("x", 14.0), decimals=0, lang="fr") == ""


def test_a_range_of_medians_is_not_called_an_interval() -> None:
    held = Figure("rent", None, "cad", Status.AGGREGATED, Method.RANGE_OF_MEDIANS, low=780,
                  high=1050, uncertainty=Uncertainty.UNKNOWN)  # fmt: skip
    assert value_text(held, decimals=0, lang="en") == "$780 to $1,050"
    assert interval_text(held, decimals=0, lang="en") == ""
    assert uncertainty_text(held, lang="en") == "range of medians"


@pytest.mark.parametrize("held", list(Uncertainty))
def test_every_uncertainty_has_words(held: Uncertainty) -> None:
    told = share("x", 5, 1, uncertainty=held)
    for lang in ("fr", "en"):
        assert uncertainty_text(told, lang=lang) and uncertainty_text(told, lang=lang, form="full")


def test_counts_of_things_agree() -> None:
    assert plural("fit.out", 1, lang="fr") == "1 unité touchée reste dehors."
    assert plural("fit.out", 12, lang="fr") == "12 unités touchées restent dehors."
    assert plural("fit.out", 0, lang="en") == "0 units touched stay out."


def test_what_a_sum_lost_in_its_last_digit_decides_nothing() -> None:
    less = math.nextafter(412.5, 0.0)
    assert less < 412.5
    assert number(less, lang="en") == number(412.5, lang="en") == "413"
    assert number(-less, lang="en") == "−413"
    assert number(0.125 - 1e-13, decimals=2, lang="en") == "0.13"
    assert number(412.499999, lang="en") == "412"
    assert number(1e18, lang="en") == "1,000,000,000,000,000,000"
