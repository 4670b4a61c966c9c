"""The survey's words are in both languages, and what is stored fits its column."""

from __future__ import annotations

from courtepointe.engagement.partners.models import Asked, Tie, Wave
from courtepointe.engagement.partners.survey import in_force, questions, roles
from courtepointe.formats.ties import vocabulary


def test_each_version_and_role_is_in_both_languages() -> None:
    parts = [p for q in questions().values() for p in (q.question, q.explained, q.kept)]
    for said in (*parts, *roles().values()):
        assert said.in_("fr") == said.fr and said.in_("en") == said.en and said.fr and said.en
    assert in_force().version == list(questions())[-1]


def test_codes_fit_where_they_are_kept() -> None:
    for model, name, codes in (
        (Wave, "text_version", questions()),
        (Asked, "role", roles()),
        (Tie, "kind", vocabulary().kinds),
    ):
        most = model._meta.get_field(name).max_length
        assert most is not None and all(len(code) <= most for code in codes)
