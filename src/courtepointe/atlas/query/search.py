"""The search that forgives: « cote des neige », « parc ex », « n.d.g. »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from courtepointe.atlas.pack.values import AreaTable, Pack
from courtepointe.atlas.query.areas import current_vintages, type_names
from courtepointe.atlas.query.spelling import (
    all_tokens,
    first_pairs,
    initials_pattern,
    readings,
    sound,
    tokens,
)
from courtepointe.atlas.query.values import AreaKey, SearchHit
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.typing import AnyArray, Floats, Ints

EXACT, SHORT, PREFIX, TOKEN_PREFIX, ALIKE = 100.0, 95.0, 90.0, 80.0, 70.0
LONGEST_TEXT = 80
"""Letters of a search that are read; a longer text is no name."""
LEAST_TOKEN = 0.6
"""Each word typed must look at least this much like a word of the name (0-1)."""
LEAST_LIKENESS = 0.74
"""All words typed together, weighted by length, must reach this likeness."""
SOUND_WORTH = 0.97
BEGINNING_WORTH = 0.93


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The names of an atlas, ready to be searched.

    A *label* is one way of naming an area: its French name, its English one, an alias.

    Attributes
    ----------
    hits : (n_areas,) tuple of SearchHit
        With a score of 0, in the order of preference on ties.
    label_area : (n_labels,) int
        Position of the area that a label names.
    compact : (n_labels,) tuple of str
        The label's words without small ones and without spaces.
    words : (n_labels,) tuple of str
        The label's words, small ones out, each after a space.
    initials : (n_labels,) tuple of patterns
    pairs : (n_labels,) tuple of str
    vocabulary, sounds : (n_words,) tuple of str
        All words of all labels, and how they are said.
    positions : (n_labels, most_words) int
        Positions in the vocabulary; ``n_words`` fills the rows.
    codes : mapping of folded code -> positions of areas
    unlisted : mapping of folded code -> hits of types that lists do not show
    """

    hits: tuple[SearchHit, ...]
    label_area: Ints
    compact: tuple[str, ...]
    words: tuple[str, ...]
    initials: tuple[re.Pattern[str], ...]
    pairs: tuple[str, ...]
    vocabulary: tuple[str, ...]
    sounds: tuple[str, ...]
    positions: Ints
    codes: dict[str, list[int]]
    unlisted: dict[str, list[SearchHit]]


def build_search_index(pack: Pack) -> SearchIndex:
    """Gather the names of a pack: home type first, then the other listed types, coarse to fine.

    Areas of the current vintage of each type are searched by name; areas of types that lists
    do not show (dissemination areas, blocks) answer to their exact code only.
    """
    hits: list[SearchHit] = []
    labels: list[tuple[int, str]] = []
    unlisted: dict[str, list[SearchHit]] = {}
    for table, listed in _searched_tables(pack):
        named = type_names(pack, table.type_and_vintage)
        for place, code in enumerate(table.codes):
            hit = _hit(table, place, named)
            if listed:
                labels.extend((len(hits), label) for label in _labels(table, place))
                hits.append(hit)
            else:
                unlisted.setdefault(code.casefold(), []).append(hit)
    return _index(tuple(hits), labels, unlisted)


def _searched_tables(pack: Pack) -> list[tuple[AreaTable, bool]]:
    kinds = {kind.code: kind for kind in pack.recipe.area_types}
    current = current_vintages(pack)
    found = [(pack.area_tables[f"{kind}:{current[kind]}"], kinds[kind].listed) for kind in current]

    def preference(entry: tuple[AreaTable, bool]) -> tuple[bool, int, str]:
        name = entry[0].type_and_vintage
        return (name != pack.recipe.home, kinds[name.partition(":")[0]].order, name)

    return sorted(found, key=preference)


def _hit(table: AreaTable, place: int, type_name: Words) -> SearchHit:
    key = AreaKey.of(table.type_and_vintage, table.codes[place])
    return SearchHit(key, Words(table.names_fr[place], table.names_en[place]), type_name, 0.0)


def _labels(table: AreaTable, place: int) -> list[str]:
    names = [table.names_fr[place], table.names_en[place]]
    aliases = table.properties.get("alias")
    if aliases is not None and aliases[place]:
        names.extend(re.split(r"[|;]", str(aliases[place])))
    return [name for name in dict.fromkeys(name.strip() for name in names) if all_tokens(name)]


def _index(
    hits: tuple[SearchHit, ...],
    labels: list[tuple[int, str]],
    unlisted: dict[str, list[SearchHit]],
) -> SearchIndex:
    cut = [tokens(label) for _, label in labels]
    vocabulary = tuple(sorted({token for label in cut for token in label}))
    place = {token: i for i, token in enumerate(vocabulary)}
    width = max((len(label) for label in cut), default=1)
    positions = np.full((len(cut), width), len(vocabulary), dtype=np.int64)
    for row, label in enumerate(cut):
        positions[row, : len(label)] = [place[token] for token in label]
    codes: dict[str, list[int]] = {}
    for i, hit in enumerate(hits):
        codes.setdefault(hit.key.code.casefold(), []).append(i)
    every = [all_tokens(label) for _, label in labels]
    return SearchIndex(
        hits=hits,
        label_area=np.array([area for area, _ in labels], dtype=np.int64),
        compact=tuple("".join(label) for label in cut),
        words=tuple(" " + " ".join(label) for label in cut),
        initials=tuple(initials_pattern(label) for label in every),
        pairs=tuple(first_pairs(label) for label in every),
        vocabulary=vocabulary,
        sounds=tuple(sound(token) for token in vocabulary),
        positions=positions,
        codes=codes,
        unlisted=unlisted,
    )


def search_areas(index: SearchIndex, text: str, *, limit: int = 8) -> tuple[SearchHit, ...]:
    """Find the areas that a typed text may mean, the likeliest first; none for gibberish.

    Notes
    -----
    Exact names come before initials, aliases and codes, then beginnings of names, then
    beginnings of their words, then alike names. On ties the home type comes first, then
    coarser types, then the shorter name, then the code.
    """
    typed = tokens(text[:LONGEST_TEXT])
    if not typed or (not index.hits and not index.unlisted):
        return ()
    score = np.zeros(len(index.hits))
    np.maximum.at(score, index.label_area, _label_scores(index, typed, all_tokens(text)))
    for place in index.codes.get(text.strip().casefold(), []):
        score[place] = max(score[place], SHORT)
    found = [(float(score[i]), int(i)) for i in np.flatnonzero(score)]
    best = [_scored(index.hits[i], points) for points, i in _shorter_first(index, found)]
    exact = [_scored(hit, SHORT) for hit in index.unlisted.get(text.strip().casefold(), [])]
    return tuple((best + exact)[:limit])


def _shorter_first(index: SearchIndex, found: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """Among areas of one score and one type, put the shorter names first."""

    def rank(entry: tuple[float, int]) -> tuple[float, int, int, int]:
        points, place = entry
        hit = index.hits[place]
        return (-round(points, 3), types[hit.key.type_and_vintage], len(hit.name.fr), place)

    types: dict[str, int] = {}
    for hit in index.hits:
        types.setdefault(hit.key.type_and_vintage, len(types))
    return sorted(found, key=rank)


def _scored(hit: SearchHit, score: float) -> SearchHit:
    return SearchHit(hit.key, hit.name, hit.type_name, round(float(score), 1))


def _label_scores(index: SearchIndex, typed: tuple[str, ...], every: tuple[str, ...]) -> Floats:
    ways = [readings(token) for token in typed]
    score = _alike(index, ways)
    score = np.maximum(score, _word_beginnings(index, ways))
    written = _spellings(ways)
    compact = ["".join(way) for way in written] + ["".join(every)]
    short = "".join(typed)
    for i, label in enumerate(index.compact):
        if label in compact:
            score[i] = EXACT
        elif len(short) > 1 and (index.initials[i].fullmatch(short) or index.pairs[i] == short):
            score[i] = max(score[i], SHORT)
        elif len(short) > 1 and label.startswith(tuple(compact)):
            score[i] = max(score[i], PREFIX)
    return score


def _spellings(ways: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Give the ways a text may be read, up to sixteen of them."""
    found: list[tuple[str, ...]] = [()]
    for readings_of_token in ways:
        found = [(*start, token) for start in found for token in readings_of_token][:16]
    return found


def _word_beginnings(index: SearchIndex, ways: Sequence[tuple[str, ...]]) -> Floats:
    """Score the labels of which each typed word begins a word, in order."""
    patterns = ["|".join(re.escape(token) for token in way) for way in ways]
    wanted = re.compile(".*?".join(f" (?:{pattern})" for pattern in patterns))
    if max(len(token) for way in ways for token in way) < 2:
        return np.zeros(len(index.words))
    return np.array([TOKEN_PREFIX if wanted.search(label) else 0.0 for label in index.words])


def _alike(index: SearchIndex, ways: Sequence[tuple[str, ...]]) -> Floats:
    """Score labels by how much their words look or sound like those typed."""
    if not index.vocabulary:
        return np.zeros(0)
    likeness = np.array([_token_likeness(index, way) for way in ways])
    padded = np.concatenate([likeness, np.zeros((len(ways), 1))], axis=1)
    best = padded[:, index.positions].max(axis=2)
    lengths = np.array([len(way[0]) for way in ways], dtype=np.float64)
    mean = (best * lengths[:, None]).sum(axis=0) / lengths.sum()
    together = _ratios(["".join(way) for way in _spellings(ways)], index.compact).max(axis=0)
    by_words = np.where((best.min(axis=0) >= LEAST_TOKEN), mean, 0.0)
    enough = np.maximum(by_words, np.where(lengths.sum() > 4, together, 0.0))
    scores: Floats = np.where(enough >= LEAST_LIKENESS, ALIKE * enough, 0.0)
    return scores


def _token_likeness(index: SearchIndex, way: tuple[str, ...]) -> Floats:
    """Say how much each word of the vocabulary looks like a typed word: (n_words,), 0-1."""
    looks = _ratios(way, index.vocabulary)
    sounds = _ratios([sound(token) for token in way], index.sounds) * SOUND_WORTH
    rows = [looks, sounds]
    for token in way:
        if len(token) >= 5:
            begun = [word[: len(token)] for word in index.vocabulary]
            rows.append(_ratios([token], begun) * BEGINNING_WORTH)
        starts = [word.startswith(token) for word in index.vocabulary]
        rows.append(np.where(starts, BEGINNING_WORTH, 0.0)[None, :])
    likeness: Floats = np.concatenate(rows).max(axis=0)
    if len(way[0]) < 3:
        likeness = np.where(likeness >= BEGINNING_WORTH, likeness, 0.0)
    return likeness


def _ratios(typed: Sequence[str], known: Sequence[str]) -> Floats:
    found: AnyArray = process.cdist(
        list(typed), list(known), scorer=OSA.normalized_similarity, dtype=np.float32
    )
    return found.astype(np.float64)
