"""A small form with a group, a repeat and a repeat inside it, in French and English."""

from __future__ import annotations

from courtepointe.formats.xlsform import Choice, Group, Language, Question, XlsForm

LANGUAGES = (Language("fr", "Français"), Language("en", "English"))


def both(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr, "en": en}


YES_NO = (Choice("yes", both("Oui", "Yes")), Choice("no", both("Non", "No")))
LIGHT = (
    Choice("good", both("Bien éclairé", "Well lit")),
    Choice("dark", both("Sombre", "Dark")),
    Choice("not_known", both("Je ne sais pas", "I do not know")),
    Choice("not_applicable", both("Sans objet", "Does not apply")),
    Choice("no_answer", both("Je préfère ne pas répondre", "I prefer not to answer")),
)
THINGS = (
    Choice("water", both("Eau potable", "Drinking water")),
    Choice("bench", both("Banc", "Bench")),
    Choice("toilet", both("Toilettes publiques", "Public toilets")),
    Choice("not_known", both("Je ne sais pas", "I do not know")),
)
CONSENT = Question("select_one", "consent", both("D’accord ?", "Do you agree?"), choices="yes_no", required=True)  # fmt: skip
PICTURE = Group(
    "pictures",
    (
        Question(
            "image", "photo", both("Photo", "Photograph"), more={"parameters": "max-pixels=1600"}
        ),
        Question("text", "caption", both("Légende", "Caption")),
    ),
    both("Photos", "Photographs"),
    repeat=True,
)
OBSERVATION = Group(
    "observation",
    (
        Question("geopoint", "point", both("Où est-ce ?", "Where is it?")),
        Question("select_one", "light", both("Comment est-ce éclairé ?", "How is it lit?"), choices="light"),
        Question("select_multiple", "things", both("Qu’y a-t-il ?", "What is there?"), choices="things"),
        Question("text", "remark", both("Remarque", "Remark")),
        PICTURE,
    ),
    both("Observation", "Observation"),
    repeat=True,
)  # fmt: skip
BODY = Group(
    "walk",
    (
        Question("date", "day", both("Quel jour ?", "Which day?")),
        Question("integer", "people", both("Combien de personnes ?", "How many people?"), constraint=". >= 0"),
        Question("decimal", "length_km", both("Longueur (km)", "Length (km)")),
        Question("geotrace", "route", both("Trajet", "Route")),
        OBSERVATION,
    ),
    both("La marche", "The walk"),
    relevant="${consent} = 'yes'",
)  # fmt: skip


def walk_form(version: str = "2026-01") -> XlsForm:
    """Give the form."""
    return XlsForm(
        "marche_test",
        version,
        both("Marche exploratoire", "Exploratory walk"),
        LANGUAGES,
        (
            CONSENT,
            BODY,
            Question("calculate", "consent_text", calculation="'2026-01'"),
            Question("today", "today"),
            Question("username", "username"),
        ),
        {"yes_no": YES_NO, "light": LIGHT, "things": THINGS},
        {"clean_text_values": "no"},
        "consent",
    )
