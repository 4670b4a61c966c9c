"""From a cell to a clean value, kind by kind, with the faults that are told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from courtepointe.formats.workbooks import CellStatus
from courtepointe.people.bringing import shape
from courtepointe.people.bringing.outcome import Good, Lacking, Setting, Wrong
from courtepointe.people.bringing.reading import reader_of
from courtepointe.people.bringing.reading.hours import hours_text, read_hours
from courtepointe.people.bringing.reading.phones import phone_text
from courtepointe.people.bringing.shape import Field, Kind
from courtepointe.people.bringing.words import field_text, shown

ORGANISATIONS = shape("organisations").by_code
VOLUNTEERS = shape("volunteers").by_code
ACTIVITIES = shape("activities").by_code
OBSERVATIONS = shape("observations").by_code
NOON = dt.time(12)


def read(field: Field, value: object, **setting: object) -> object:
    return reader_of(field, Setting(**setting))(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("514 555-1234", "+15145551234"), (5145551234, "+15145551234"), ("(514) 555-1234", "+15145551234"),
        ("514.555.1234", "+15145551234"), ("+1 514 555 1234", "+15145551234"), (15145551234, "+15145551234"),
        ("514/555-1234", "+15145551234"), ("Tél. : 514 555-1234", "+15145551234"),
        ("514 555-1234 (cell.)", "+15145551234"), ("5,145551234E+09", "+15145551234"),
        ("514\u00a0555‑1234".replace("‑", "-"), "+15145551234"),
        ("514 555-1234 poste 23", "+15145551234;ext=23"), ("514-555-1234, p. 7", "+15145551234;ext=7"),
        ("514-555-1234 x23", "+15145551234;ext=23"), ("514 555-1234 #23", "+15145551234;ext=23"),
        ("1 800 555-1234", "+18005551234"), ("+33 1 42 68 53 00", "+33142685300"),
    ],
)  # fmt: skip
def test_phones(written: object, number: str) -> None:
    found = read(ORGANISATIONS["phone"], written)
    assert isinstance(found, Good) and found.value == number
    again = read(ORGANISATIONS["phone"], phone_text(number))
    assert again == Good(number)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("5.14555E+09", Wrong("digits_lost")), ("5,14555E+09", Wrong("digits_lost")),
        ("555-1234", Wrong("area_code_missing")), ("911", Wrong("not_a_phone")), ("Ève", Wrong("not_a_phone")),
        ("123 456-7890", Wrong("not_a_phone")), ("514 155-1234", Wrong("not_a_phone")),
        ("514 555-1234 / 438 555-9876", Wrong("several_values", "514 555-1234")),
        ("514 555-1234 ou 438 555-9876", Wrong("several_values", "514 555-1234")),
    ],
)  # fmt: skip
def test_what_is_no_phone(written: str, wrong: Wrong) -> None:
    assert read(ORGANISATIONS["phone"], written) == wrong


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("Info@Exemple.ORG", Good("Info@exemple.org")),
        ("Ève <eve@b.ca>", Good("eve@b.ca", "address_taken_out")),
        ("mailto:eve@b.ca", Good("eve@b.ca", "address_taken_out")),
        ("eve@b.ca.", Good("eve@b.ca", "address_taken_out")),
        ("eve@b.ca; lou@b.ca", Wrong("several_values", "eve@b.ca")),
        ("eve@gmial.com", Wrong("email_host", "eve@gmail.com")),
        ("eve@hotmail.con", Wrong("email_host", "eve@hotmail.com")),
        ("eve@exemple.con", Wrong("email_host", "eve@exemple.com")),
        ("eve@", Wrong("not_an_email")), ("eve.b.ca", Wrong("not_an_email")), ("e..v@b.ca", Wrong("not_an_email")),
        ("ève@b.ca", Wrong("not_an_email")), ("a" * 260 + "@b.ca", Wrong("not_an_email")),
    ],
)  # fmt: skip
def test_emails(written: str, outcome: object) -> None:
    assert read(ORGANISATIONS["email"], written) == outcome


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("h2x1y4", Good("H2X 1Y4")), ("H2X-1Y4", Good("H2X 1Y4")), ("H2X 1YO", Good("H2X 1Y0", "letter_for_digit")),
        ("HOH OHO", Good("H0H 0H0", "letter_for_digit")), ("75011", Good("75011")), ("02115-3000", Good("02115")),
        (2115, Good("02115", "zeros_restored")), ("D2X 1Y4", Wrong("not_a_postal_code")),
        ("H2X", Wrong("not_a_postal_code")), (12, Wrong("not_a_postal_code")),
    ],
)  # fmt: skip
def test_postal_codes(written: object, outcome: object) -> None:
    assert read(ORGANISATIONS["postal_code"], written) == outcome


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("www.exemple.org/é", Good("https://www.exemple.org/é", "scheme_added")),
        ("http://exemple.org", Good("http://exemple.org")), ("exemple", Wrong("not_a_link")),
        ("javascript:alert(1)", Wrong("not_a_link")), ("https://a:b@exemple.org", Wrong("not_a_link")),
        ("http://[", Wrong("not_a_link")), ("a.org b.org", Wrong("several_values", "a.org")),
    ],
)  # fmt: skip
def test_links(written: str, outcome: object) -> None:
    assert read(ORGANISATIONS["website"], written) == outcome


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        (1143920115, Good("1143920115")), ("1143 920 115", Good("1143920115")), ("99", Wrong("not_a_code")),
        ("1.14392E+09", Wrong("digits_lost")), ("4143920115", Wrong("not_a_code")),
    ],
)  # fmt: skip
def test_codes(written: object, outcome: object) -> None:
    assert read(ORGANISATIONS["neq"], written) == outcome


def test_zeros_that_a_spreadsheet_dropped_are_put_back_and_told() -> None:
    field = Field("card", Kind.CODE, "Carte", "Card", digits=6, pattern="[0-9]{6}")
    assert read(field, 4217) == Good("004217", "zeros_restored")


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("OBNL", Good("community", "synonym")), ("organisme communautaire", Good("community")),
        ("COOPERATIVE", Good("cooperative")), ("Fondation ou bailleur de fonds", Good("foundation")),
        ("Organisme comunautaire", Wrong("unknown_choice", "Organisme communautaire")),
        ("Brasserie", Wrong("unknown_choice")),
    ],
)  # fmt: skip
def test_a_choice(written: str, outcome: object) -> None:
    assert read(ORGANISATIONS["kind"], written) == outcome


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("français; anglais", Good(("fr", "en"))), ("Français, créole et arabe", Good(("fr", "ht", "ar"), "synonym")),
        ("FR/EN", Good(("fr", "en"))), ("français - anglais", Good(("fr", "en"))), ("FR EN", Good(("fr", "en"))),
        ("ᐃᓄᒃᑎᑐᑦ", Good(("iu",), "synonym")), ("Kreyòl\nFrançais", Good(("ht", "fr"), "synonym")),
        ("frnaçais; anglais", Wrong("unknown_language", "français; anglais")),
        ("martien", Wrong("unknown_language")), ("français, français", Good(("fr",))),
        ("langue des signes québécoise", Good(("fcs",))),
    ],
)  # fmt: skip
def test_languages(written: str, outcome: object) -> None:
    assert read(ORGANISATIONS["languages"], written) == outcome


def test_an_open_list_keeps_what_it_does_not_know_and_says_so() -> None:
    skills = VOLUNTEERS["skills"]
    assert read(skills, "RCR; Jonglerie – œufs") == Good(("first_aid", "Jonglerie – œufs"), "kept_as_written")  # fmt: skip
    assert read(skills, "Cuisine et jardinage") == Good(("cooking", "gardening"), "synonym")
    assert read(skills, "Interprétation et traduction") == Good(("interpreting",))
    assert read(VOLUNTEERS["availability"], "soir; jamais") == Wrong("unknown_choice")


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("oui", Good(True)), ("X", Good(True)), ("✓", Good(True)), (1, Good(True)), (True, Good(True)),
        ("Non", Good(False)), (0, Good(False)), ("aucun", Good(False)), ("n/d", Lacking(CellStatus.NOT_AVAILABLE)),
        ("peut-être", Wrong("not_yes_no")), (2, Wrong("not_yes_no")),
    ],
)  # fmt: skip
def test_yes_and_no(written: object, outcome: object) -> None:
    assert read(ACTIVITIES["meal"], written) == outcome


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("1 234,50 $", Good(Decimal("1234.50"))), ("1\u202f234,50\u00a0$", Good(Decimal("1234.50"))),
        ("1,234.50", Good(Decimal("1234.50"), "number_written_anew")), (12.5, Good(Decimal("12.50"))),
        ("$5", Good(Decimal("5.00"))), (0.1 + 0.2, Good(Decimal("0.30"))), (1 / 3, Good(Decimal("0.33"), "rounded")),
        ("1,234", Wrong("ambiguous_number")), ("cher", Wrong("not_an_amount")), (-3, Wrong("too_small")),
        ("(12,50 $)", Wrong("too_small")), (True, Wrong("not_an_amount")),
    ],
)  # fmt: skip
def test_amounts(written: object, outcome: object) -> None:
    assert read(ACTIVITIES["cost"], written) == outcome


def test_a_comma_is_what_its_column_says() -> None:
    assert read(ACTIVITIES["participants"], "1,234", decimal=".") == Good(
        1234, "number_written_anew"
    )
    assert read(ACTIVITIES["cost"], "1,234", decimal=",") == Good(Decimal("1.23"), "rounded")


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        (40, Good(40)), ("1 200", Good(1200)), ("30 personnes", Good(30)), ("12,5", Wrong("not_whole", "12")),
        (-1, Wrong("too_small")), (10**7, Wrong("too_large")), ("beaucoup", Wrong("not_a_number")),
    ],
)  # fmt: skip
def test_whole_numbers(written: object, outcome: object) -> None:
    assert read(ACTIVITIES["participants"], written) == outcome


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("13 h 30", Good(dt.time(13, 30), "time_in_words")), ("13:30", Good(dt.time(13, 30))),
        ("1:30 pm", Good(dt.time(13, 30), "time_in_words")), ("midi", Good(NOON, "time_in_words")),
        (NOON, Good(NOON)), (0.5, Good(NOON, "time_of_number")), ("25 h", Wrong("not_a_time")),
        ("soir", Wrong("not_a_time")), ("13:61", Wrong("not_a_time")),
    ],
)  # fmt: skip
def test_times(written: object, outcome: object) -> None:
    assert read(ACTIVITIES["starts"], written) == outcome


def test_dates_say_how_they_were_read() -> None:
    day = dt.date(2025, 12, 31)
    date = ACTIVITIES["date"]
    assert read(date, "31 déc. 2025") == Good(day, "date_in_words")
    assert read(date, 46022) == Good(day, "serial_date")
    assert read(date, "03/04/2025") == Wrong("ambiguous_date", "2025-04-03 / 2025-03-04")
    assert read(date, "03/04/2025", day_first=True) == Good(dt.date(2025, 4, 3), "date_in_figures")
    assert read(date, "jeudi") == Wrong("not_a_date")
    consent = VOLUNTEERS["consent_date"]
    assert read(consent, day, today=day) == Good(day)
    assert read(consent, day, today=dt.date(2025, 12, 30)) == Wrong("date_in_future")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("lun-ven 9h-17h", "Mo-Fr 09:00-17:00"), ("Mon-Fri 9am-5pm", "Mo-Fr 09:00-17:00"),
        ("Lundi au vendredi de 9 h à 12 h et de 13 h à 17 h ; samedi 10h à 16h", "Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-16:00"),
        ("Lun., mer. et ven. 13h30-16h", "Mo 13:30-16:00; We 13:30-16:00; Fr 13:30-16:00"),
        ("Tous les jours 8:30-21:00", "Mo-Su 08:30-21:00"), ("mardi 1-5 pm", "Tu 13:00-17:00"),
        ("Lundi : 9h00 à 17h00\nMardi : 9h00 à midi", "Mo 09:00-17:00; Tu 09:00-12:00"),
        ("dimanche fermé, samedi 9-17", "Sa 09:00-17:00"), ("24/7", "Mo-Su 00:00-00:00"),
        ("ven-lun 18h-2h", "Mo 18:00-02:00; Fr-Su 18:00-02:00"), ("En semaine de 8 h à 20 h", "Mo-Fr 08:00-20:00"),
        ("Weekdays 9:00 to 17:00, Saturdays 10:00 to 16:00", "Mo-Fr 09:00-17:00; Sa 10:00-16:00"),
    ],
)  # fmt: skip
def test_opening_hours(written: str, told: str) -> None:
    found = read_hours(written)
    assert found is not None and hours_text(found) == told
    assert read_hours(told) == found


@pytest.mark.parametrize(
    "written", ["sur rendez-vous", "9h-17h", "lundi", "lundi 9h", "lundi 9h 17h", "lundi 25h-26h", "lun-ven 9h-17h sauf fériés", "9h-17h lundi"]
)  # fmt: skip
def test_hours_with_a_word_that_is_not_understood_are_not_guessed(written: str) -> None:
    assert read_hours(written) is None


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("  L’œuvre –\u00a0ᐃᓄᒃ\n", Good("L’œuvre – ᐃᓄᒃ")), ("e\u0301toile", Good("étoile")),
        ("FranÃ§ois d’ÃŽle", Good("François d’Île", "letters_repaired")),
        ("Maison dâ€™Haïti", Good("Maison d’Haïti", "letters_repaired")),
        ("CÅ“ur", Good("Cœur", "letters_repaired")), ("São Paulo", Good("São Paulo")),
        ("liberté\u00a0»", Good("liberté »")), ("Fran\ufffdois", Wrong("letters_lost")),
        ("x" * 201, Wrong("too_long")), (dt.date(2025, 4, 3), Good("2025-04-03", "date_as_text")),
        ("ND", Good("ND")), ("n/d", Wrong("required_missing")), (None, Wrong("required_missing")),
        ("#REF!", Wrong("formula_failed")), (12, Good("12")),
    ],
)  # fmt: skip
def test_texts(written: object, outcome: object) -> None:
    assert read(ORGANISATIONS["name"], written) == outcome


def test_a_field_that_keeps_lines_keeps_them() -> None:
    assert read(ORGANISATIONS["services"], " a \r\nb  c\n") == Good("a\nb  c")


def test_what_is_missing_says_how() -> None:
    said = [read(ORGANISATIONS["phone"], text) for text in ("n/d", "s.o.", "-", "?", None, "aucun")]
    assert [one.status.value for one in said] == [  # type: ignore[attr-defined]
        "not_available", "not_applicable", "dash", "unknown", "empty", "not_applicable",
    ]  # fmt: skip
    assert read(ORGANISATIONS["phone"], "#N/A") == Wrong("formula_failed")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1\u202f234,5", "1234.5"), ("1 234,5", "1234.5"), ("1,234.5", "1234.5"), ("12 %", "12.0"), ("12,5\u00a0%", "12.5"),
        ("0,1234", "0.1234"), (0.12345, "0.12345"), (7, "7"), ("−3 %", "-3.0"), ("12,375", None), ("douze", None), ("%", None),
    ],
)  # fmt: skip
def test_a_measure_keeps_its_decimals_with_or_without_a_percent_sign(
    written: str | float, number: str | None
) -> None:
    outcome = read(OBSERVATIONS["value"], written)
    if number is None:
        assert isinstance(outcome, Wrong) and outcome.code in ("not_a_number", "ambiguous_number")
    else:
        assert isinstance(outcome, Good) and str(outcome.value) == number


def test_what_a_measure_takes_is_said_without_dollars() -> None:
    for code, said in (("value", "« 12 % » se lit 12"), ("numerator", "0 ou plus")):
        told = field_text(OBSERVATIONS[code], lang="fr").replace("\u00a0", " ")
        assert said in told and "dollars" not in told
    assert shown(Decimal("1234.5678"), OBSERVATIONS["value"], lang="fr") == "1\u202f234,5678"
