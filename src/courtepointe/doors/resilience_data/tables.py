"""The object as tables, a row a thing: every file of tables is written from these rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Told = Mapping[str, Any]
Row = dict[str, Any]


def names_of(told: Told, lang: str) -> Mapping[str, str]:
    """Give the names of all dimensions, parts and groups by code."""
    frame = told["framework"]
    named = [*frame["dimensions"], *frame["withdrawn"], *frame["groups"]]
    named += [part for one in frame["dimensions"] for part in one["parts"]]
    return {one["code"]: one["name"][lang] for one in named}


def observation_rows(told: Told, lang: str) -> Iterator[Row]:
    """Give one row an observation, with what it takes to read it alone."""
    names = names_of(told, lang)
    for one in told["indicators"]:
        shared = {
            "indicator": one["code"],
            "indicator_name": one["name"][lang],
            "dimension": one["dimension"],
            "dimension_name": names.get(one["dimension"], one["dimension"]),
            "part": one["part"],
            "unit": one["unit"],
            "licence": one["licence"],
        }
        for each in one["observations"]:
            group = each["group"]
            yield {
                **each,
                **shared,
                "observation": each["number"],
                "group_name": names.get(group, group),
            }


def _dimensions(told: Told, lang: str) -> Iterator[Row]:
    names, said = names_of(told, lang), {one["dimension"]: one for one in told["voices"]}
    for one in told["scores"]:
        score, code = one["score"] or {}, one["dimension"]
        due = score.get("half_width_by_cause", {})
        yield {
            **said.get(code, {}), **one, **score, "dimension_name": names.get(code, code),
            **{f"due_{cause}": half for cause, half in due.items()},
        }  # fmt: skip


def _indicators(told: Told, lang: str) -> Iterator[Row]:
    names = names_of(told, lang)
    for one in told["indicators"]:
        posts, left = one["goalposts"][0], one["left_out"] or {"on": None, "why": None}
        yield {
            **one,
            **posts,
            "indicator": one["code"],
            "indicator_name": one["name"][lang],
            "dimension_name": names.get(one["dimension"], one["dimension"]),
            "part_name": names.get(one["part"], one["part"]),
            "question": one["question"] and one["question"][lang],
            "why": posts["why"][lang],
            "left_out": left["on"],
            "left_why": left["why"],
        }


def _groups(told: Told, lang: str) -> Iterator[Row]:
    names = names_of(told, lang)
    for one in told["groups"]:
        yield {
            **one, "group": one["code"], "group_name": names[one["code"]],
        }  # fmt: skip


def _quotes(told: Told, lang: str) -> Iterator[Row]:
    for one in told["voices"]:
        for each in one["quotes"]:
            yield {**each, "dimension": one["dimension"]}


def _readings(told: Told, lang: str) -> Iterator[Row]:
    for one in told["readings"]:
        agreed = one["validated"] or {"on": None, "by": None, "people": None}
        yield {
            **one, "text": one["text"] and one["text"][lang], "validated": agreed["on"],
            "validated_by": agreed["by"], "people": agreed["people"],
        }  # fmt: skip


def _actions(told: Told, lang: str) -> Iterator[Row]:
    for one in told["actions"]:
        moves = told["vocabulary"]["moves"]
        effects = [
            f"{each['name'][lang]} ({moves[each['direction']][lang]})"
            for each in one["effects"]
            if not each["replaced"]
        ]
        seen = [
            f"{each['seen_on']} {each['text']}" for each in one["results"] if not each["replaced"]
        ]
        yield {**one, "effects": "\n".join(effects), "results": "\n".join(seen)}


def _plain(name: str) -> Callable[[Told, str], Iterator[Row]]:
    return lambda told, lang: iter(told[name])


TABLES: Mapping[str, Callable[[Told, str], Iterator[Row]]] = {
    "dimensions": _dimensions,
    "indicators": _indicators,
    "observations": observation_rows,
    "groups": _groups,
    "quotes": _quotes,
    "readings": _readings,
    "replies": _plain("replies"),
    "priorities": _plain("priorities"),
    "actions": _actions,
}
"""In the order of the sheets."""


def rows_of(name: str, told: Told, lang: str) -> Iterator[Row]:
    """Give the rows of a table, each with the name of its dimension."""
    names = names_of(told, lang)
    for row in TABLES[name](told, lang):
        code = row.get("dimension")
        yield {"dimension_name": names.get(code, code), **row} if code else row
