"""`courtepointe atlas peers | both`, and `show --against`, on the town."""

from __future__ import annotations

import json

import pytest
from tests.support.compared_town import compared_town
from tests.support.terminal import Ask, atlas_verbs

from courtepointe.doors.cli import atlas_peers, atlas_questions

HERE = ("--area", "quartier:2014:1")


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a verb on the town as a person would: exit code, what was said, what was complained."""
    for verbs in (atlas_peers, atlas_questions):
        monkeypatch.setattr(verbs, "open_pack", lambda folder: compared_town())

    return atlas_verbs(monkeypatch, capsys)


def test_peers_are_named_with_what_they_are_alike_by(ask: Ask) -> None:
    code, out, err = ask("peers", *HERE)
    assert (code, err) == (0, "")
    assert "The setting." in out and "Density\t1,500 people/km²".replace(" ", "\u00a0")[:7] in out
    assert out.index("quartier:2014:3\tLe Plateau") < out.index("quartier:2014:4\tPointe")
    told = json.loads(ask("peers", *HERE, "--json")[1])
    assert told["inputs_hash"] == out.split()[-1]


def test_two_shares_are_bounded(ask: Ask) -> None:
    asked = ("--first", "low_income_share", "--second", "unemployment_rate")
    code, out, _ = ask("both", *HERE, *asked, "--lang", "fr")
    assert code == 0 and "ne disent pas que ce sont les mêmes personnes" in out
    told = json.loads(ask("both", *HERE, *asked, "--json")[1])
    assert told["n_units"] == 2 and told["low"] <= told["high"] <= told["base"]


def test_a_portrait_is_shown_beside_what_is_asked_for(ask: Ask) -> None:
    _, out, _ = ask("show", *HERE, "--against", "peers", "--against", "target")
    row = next(line for line in out.splitlines() if "low_income_share" in line)
    assert "Similar quarters:" in row and "target: 10" in out
    assert "What stands out here" in out and "The city:" not in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("peers", *HERE, "--group", "zork"), "zork"),
        (("peers", "--area", "ville:1"), "ville"),
        (("both", *HERE, "--first", "zork", "--second", "degree_share"), "zork"),
        (("show", *HERE, "--against", "zork"), "zork"),
        (("show", *HERE, "--against", "past"), "quartier:2014:1"),
    ],
)
def test_what_cannot_be_answered_is_said_and_the_exit_code_tells(
    ask: Ask, words: tuple[str, ...], said: str
) -> None:
    code, out, err = ask(*words)
    assert code != 0 and said in err and "Traceback" not in err and out == ""
