"""Every field of every model is declared: personal, with what is promised of it, or plain."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from courtepointe.core.errors import BadInput
from courtepointe.people.models import Account
from courtepointe.people.personal import (
    Declared,
    closed_list,
    declared,
    files_named,
    read_declared,
    undeclared,
)
from courtepointe.people.sealed import SealedText

MODEL = """
[[model]]
name = "x.y"
fr = "x"
en = "x"
plain = ["a"]
[[model.data]]
fields = ["b"]
purpose = "belong"
readers = ["read"]
sensitivity = "ordinary"
ground = "law"
retention = "r"
[[rule]]
code = "r"
model = "x.y"
fr = "x"
en = "x"
since = "a"
days = 3
then = "destroyed"
"""


def test_every_field_of_every_model_is_declared() -> None:
    """Failing here? Say in your room's `data/personal.toml` what the field holds, or that it is plain."""
    assert undeclared() == []


def test_nothing_that_names_a_person_is_called_plain() -> None:
    for model in apps.get_models():
        held = declared().models[model._meta.label_lower]
        for field in model._meta.concrete_fields:
            names = (
                isinstance(field, models.EmailField | SealedText)
                or (field.related_model is Account and not field.primary_key)
            )  # fmt: skip
            assert not names or field.name in held.personal, field


def test_every_path_leads_somewhere() -> None:
    """A workspace, a person, a moment that a rule counts from: each is found from a row."""
    for label, held in declared().models.items():
        rows = apps.get_model(label)._default_manager.all()
        for path in (*held.about, *held.acts, *held.prints, *filter(None, [held.workspace])):
            str(rows.values(path).query)
    for rule in declared().rules.values():
        rows = apps.get_model(rule.model)._default_manager.all()
        for path in rule.since:
            str(rows.values(path).query)
        str(rows.filter(**rule.when).exclude(**rule.unless).query)
        for name in (*rule.fields, *rule.values):
            apps.get_model(rule.model)._meta.get_field(name)


def test_a_row_of_a_workspace_says_so() -> None:
    for model in apps.get_models():
        held = declared().models[model._meta.label_lower]
        if any(field.name == "workspace" for field in model._meta.concrete_fields):
            assert held.workspace == "workspace", model
        if held.history:
            assert held.history in {"officer", "contacts", "review", "trust"}, model


def test_each_room_ships_its_own_file() -> None:
    assert {file.parts[-3] for file in files_named("personal.toml")} >= {"people", "portraits"}


def test_lists_are_in_both_languages() -> None:
    for name in ("grounds", "sensitivities", "ends", "readers", "because", "requests", "how"):
        assert all(words.fr and words.en for words in closed_list(name).values())


def read(folder: Path, *texts: str) -> Declared:
    files = []
    for number, text in enumerate(texts):
        file = folder / f"room{number}" / "data" / "personal.toml"
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return read_declared(files)


def test_a_file_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, MODEL)
    assert found.models["x.y"].personal["b"].readers == ("read",)
    assert (found.rules["r"].days, found.rules["r"].since) == (3, ("a",))


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ('"belong"', '"rien"', "declared_word_unknown"),
        ('["read"]', '["chef"]', "declared_word_unknown"),
        ('"law"', '"habitude"', "declared_word_unknown"),
        ('retention = "r"', 'retention = "s"', "declared_word_unknown"),
        ('"destroyed"', '"oublié"', "declared_word_unknown"),
        ("days = 3", "", "rule_without_a_day"),
        ('plain = ["a"]', "plain = true", "plain_or_personal"),
    ],
)
def test_a_wrong_word_is_refused_by_name(tmp_path: Path, was: str, now: str, code: str) -> None:
    with pytest.raises(BadInput, match=code) as told:
        read(tmp_path, MODEL.replace(was, now))
    assert told.value.facts["file"] == "room0/personal.toml"


def test_two_rooms_do_not_declare_the_same_thing(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="declared_twice"):
        read(tmp_path, MODEL, MODEL)
