"""What holds of forms and submissions whatever is in them: nothing lost, no order that matters."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support import field_exports as exports
from tests.support.walk_form import LANGUAGES, LIGHT, THINGS, YES_NO, walk_form
from tests.support.walks import OBSERVATION, PICTURES

from courtepointe.formats.submissions import (
    Answer,
    AnswerStatus,
    Batch,
    Filled,
    Submission,
    batch_of,
    merged,
    read_submissions,
)
from courtepointe.formats.submissions.folded import folded, parted_labels
from courtepointe.formats.xlsform import (
    Choice,
    Group,
    Part,
    Question,
    XlsForm,
    is_name,
    names_for,
    read_xlsform,
    write_xlsform,
)

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A machine that is busy with something else fails no law."""

# -- putting together -------------------------------------------------------------------------

IDS = st.sampled_from(["uuid:a", "uuid:b", "uuid:c", "uuid:d", "uuid:e"])
TIMES = st.none() | st.sampled_from(
    [
        datetime(2026, 5, 3, 14),
        datetime(2026, 5, 3, 14, tzinfo=UTC),
        datetime(2026, 5, 1, tzinfo=UTC),
    ]
)


@st.composite
def tellings(draw: st.DrawFn) -> Submission:
    said = draw(st.sampled_from(["x", "y"]))
    return Submission(
        draw(IDS),
        Filled({"q": Answer(AnswerStatus.GIVEN, said)}),
        version_id=draw(st.just("") | IDS),
        form_version=draw(st.sampled_from(["", "1", "2"])),
        also=frozenset(draw(st.sets(IDS, max_size=1))),
        replaces=frozenset(draw(st.sets(IDS, max_size=1))),
        edits=draw(st.integers(0, 2)),
        submitted=draw(TIMES),
        media=frozenset(draw(st.sets(st.sampled_from(["a.jpg", "b.jpg"])))),
        where=draw(st.sampled_from(["one:1", "two:2"])),
    )


batches = st.lists(tellings(), max_size=6).map(batch_of)


@settings(calm, max_examples=50)
@given(batches, batches, batches)
def test_batches_merge_in_any_order_and_any_grouping(a: Batch, b: Batch, c: Batch) -> None:
    whole = merged(a, b, c)
    for some in permutations((a, b, c)):
        assert merged(*some) == whole
    assert merged(merged(a, b), c) == merged(a, merged(b, c)) == whole
    assert merged(whole, whole) == merged(whole, a) == whole
    assert merged(a, Batch()) == a


@calm
@given(st.lists(tellings(), max_size=8))
def test_nothing_that_was_said_is_lost_and_nothing_is_invented(told: list[Submission]) -> None:
    batch = batch_of(told)
    assert {one.key for one in batch} == {one.key for one in told}
    assert len(batch) == len({one.key for one in told})
    assert {name for one in batch for name in one.media} == {
        name for one in told for name in one.media
    }
    assert max((one.edits for one in batch), default=0) == max(
        (one.edits for one in told), default=0
    )


@calm
@given(st.lists(tellings(), max_size=8))
def test_lineages_are_those_of_the_slow_twin(told: list[Submission]) -> None:
    batch = batch_of(told)
    ours = {frozenset(one.key for one in lineage.tellings) for lineage in batch.lineages()}
    assert ours == slow_lineages(batch.submissions)
    for lineage in batch.lineages():
        keys = {one.key for one in lineage.tellings}
        assert lineage.latest and {one.key for one in lineage.latest} <= keys
        assert len({one.told for one in lineage.latest}) == len(lineage.latest)
    held = [one.key for one in batch.current()]
    contested = [lineage for lineage in batch.lineages() if lineage.current is None]
    assert len(held) + len(contested) == len(batch.lineages())


def slow_lineages(submissions: Iterable[Submission]) -> set[frozenset[tuple[str, str, str]]]:
    """Join what shares an identifier, until nothing joins any more."""
    groups = [({one.key}, set(one.ids | one.replaces)) for one in submissions]
    joined = True
    while joined:
        joined = False
        for n, (keys, ids) in enumerate(groups):
            for other in groups[n + 1 :]:
                if ids & other[1]:
                    keys |= other[0]
                    ids |= other[1]
                    groups.remove(other)
                    joined = True
                    break
            if joined:
                break
    return {frozenset(keys) for keys, _ in groups}


# -- exports ----------------------------------------------------------------------------------

FORM = walk_form()
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\r"),
    min_size=1,
    max_size=8,
)
WORDS = (
    st.lists(TEXT, min_size=1, max_size=3)
    .map(" ".join)
    .filter(lambda text: text.casefold() != "n/a")
)
DEGREES = st.integers(-9000, 9000)


@st.composite
def points(draw: st.DrawFn) -> str:
    latitude, longitude = draw(DEGREES) / 100, draw(st.integers(-18000, 18000)) / 100
    if latitude == longitude == 0:
        latitude = 1.0
    tail = draw(st.sampled_from([" 0 0", " 31.5 4.9", " 12 7"]))
    return f"{latitude} {longitude}{tail}"


def some(names: Iterable[Choice]) -> st.SearchStrategy[str]:
    plain = [one.name for one in names if one.name != "not_known"]
    return st.lists(st.sampled_from(plain), min_size=1, unique=True).map(" ".join)


def answers(path: str, **kinds: st.SearchStrategy[str]) -> st.SearchStrategy[Mapping[str, str]]:
    return st.fixed_dictionaries(
        {}, optional={f"{path}{name}": kind for name, kind in kinds.items()}
    )


def turns(
    path: str, inner: st.SearchStrategy[Mapping[str, Any]]
) -> st.SearchStrategy[Mapping[str, Any]]:
    # A turn in which nothing was said is nothing in Kobo's JSON.
    filled = inner.filter(
        lambda turn: any(turn["answers"].values()) or any(turn["repeats"].values())
    )
    return st.lists(filled, max_size=3).map(lambda told: {path: told})


pictures = st.fixed_dictionaries(
    {"answers": answers(f"{PICTURES}/", caption=WORDS), "repeats": st.just({})}
)
observations = st.fixed_dictionaries(
    {
        "answers": answers(
            f"{OBSERVATION}/",
            point=points(),
            light=st.sampled_from([one.name for one in LIGHT]),
            things=some(THINGS),
            remark=WORDS,
        ),
        "repeats": turns(PICTURES, pictures),
    }
)
walks = st.fixed_dictionaries(
    {
        "id": st.integers(1, 2**64).map(lambda n: f"uuid:{UUID(int=n)}"),
        "submitted": st.just("2026-05-03T18:31:00.000Z"),
        "answers": answers(
            "walk/", people=st.integers(0, 500).map(str), length_km=st.sampled_from(["1.5", "0.25", "3"]), route=st.lists(points(), min_size=2, max_size=3).map(";".join)
        ).map(lambda told: {"consent": "yes", **told}),
        "repeats": turns(OBSERVATION, observations),
    }
)  # fmt: skip


@settings(calm, max_examples=25)
@given(st.lists(walks, max_size=3, unique_by=lambda one: one["id"]))
def test_every_export_of_any_filled_form_reads_the_same(filled: list[Mapping[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        told = []
        for name, content in (
            ("o.zip", exports.odk_zip(FORM, filled)),
            ("o.json", exports.odata(FORM, filled)),
            ("k.json", exports.kobo_json(FORM, filled)),
            ("f.xlsx", exports.kobo_xlsx(FORM, filled, lang="fr")),
            ("i.zip", exports.instances_zip(FORM, filled)),
        ):
            if name == "i.zip" and not filled:
                continue
            path = Path(folder) / name
            path.write_bytes(content)
            read = read_submissions([path], [FORM])
            assert read.faults == () and read.unknown == ()
            told.append([(one.instance_id, one.told) for one in read.batch])
    assert all(one == told[0] for one in told)
    assert len(told[0]) == len(filled)


# -- forms ------------------------------------------------------------------------------------

LABEL = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=10
)
BOTH = st.fixed_dictionaries({"fr": LABEL, "en": LABEL})
KINDS = st.sampled_from(
    ["text", "integer", "decimal", "date", "geopoint", "geotrace", "image", "note"]
)
NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,6}", fullmatch=True)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    label, hint = draw(BOTH), draw(st.just({}) | BOTH)
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["select_one", "select_multiple"]))
        return Question(
            kind,
            "",
            label,
            hint,
            choices=draw(st.sampled_from(["yes_no", "light"])),
            required=draw(st.booleans()),
        )
    return Question(
        draw(KINDS),
        "",
        label,
        hint,
        required=draw(st.booleans()),
        appearance=draw(st.sampled_from(["", "multiline"])),
    )


def named(parts: list[Part], names: list[str]) -> tuple[Part, ...]:
    return tuple(
        Question(
            one.kind,
            name,
            one.label,
            one.hint,
            one.choices,
            required=one.required,
            appearance=one.appearance,
        )
        if isinstance(one, Question)
        else Group(name, one.parts, one.label, one.repeat)
        for one, name in zip(parts, names, strict=True)
    )


@st.composite
def parts(draw: st.DrawFn, depth: int = 2) -> tuple[Part, ...]:
    inner: list[Part] = draw(st.lists(questions(), min_size=1, max_size=3))
    if depth and draw(st.booleans()):
        inner.append(Group("", draw(parts(depth - 1)), draw(BOTH), draw(st.booleans())))
    names = draw(st.lists(NAMES, min_size=len(inner), max_size=len(inner), unique=True))
    return named(inner, names)


@settings(calm, max_examples=30)
@given(parts(), BOTH.filter(lambda told: not any("/" in text for text in told.values())))
def test_a_form_written_is_the_form_read(made: tuple[Part, ...], title: Mapping[str, str]) -> None:
    form = XlsForm("form", "1", title, LANGUAGES, made, {"yes_no": YES_NO, "light": LIGHT})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(write_xlsform(form))
        read = read_xlsform(path)
    assert read.faults == () and read.unknown == ()
    assert read.form is not None
    # A first question named consent… asks for consent; nothing else may differ.
    assert (read.form.parts, read.form.choices, read.form.title) == (
        form.parts,
        form.choices,
        form.title,
    )


@calm
@given(st.lists(st.text(max_size=60) | st.sampled_from(["Où", "ou", "ou 2", "OÙ ?"]), max_size=12))
def test_any_labels_get_names_of_their_own(labels: list[str]) -> None:
    names, collisions = names_for(labels)
    assert all(is_name(name) for name in names)
    assert len(set(names)) == len(labels)
    told = {one.given for one in collisions}
    assert told <= set(names)
    assert len(collisions) == len(labels) - len({names_for([label])[0] for label in labels})


# -- labels behind each other -----------------------------------------------------------------


@calm
@given(
    st.lists(st.sampled_from(["a", "b", "a b", "c", "b c"]), unique=True, min_size=1),
    st.lists(st.sampled_from("abc"), max_size=5),
)
def test_labels_are_parted_as_by_trying_everything(labels: list[str], words: list[str]) -> None:
    known = {folded(label): f"n{n}" for n, label in enumerate(labels)}
    ways = slow_ways(words, known)
    expected = next(iter(ways)) if len(ways) == 1 and words else None
    found = parted_labels(" ".join(words), known)
    assert (None if found is None else frozenset(found)) == expected


def slow_ways(words: list[str], known: Mapping[str, str]) -> set[frozenset[str]]:
    if not words:
        return {frozenset()}
    ways = set()
    for n in range(1, len(words) + 1):
        name = known.get(" ".join(words[:n]))
        if name is not None:
            ways |= {rest | {name} for rest in slow_ways(words[n:], known)}
    return ways
