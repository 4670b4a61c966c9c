"""Networks the slow way: every set of answers tried, every figure from its definition, one pair at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, permutations, product

Ties = frozenset[tuple[int, int]]
"""Who names whom."""
Links = frozenset[frozenset[int]]
"""Who are partners."""


def completions(n: int, ties: Ties, silent: frozenset[int]) -> Iterator[Ties]:
    """Give every network that some answers of the silent make."""
    free = [(a, b) for a in silent for b in range(n) if a != b and (a, b) not in ties]
    for chosen in product((False, True), repeat=len(free)):
        yield ties | {pair for pair, is_there in zip(free, chosen, strict=True) if is_there}


def completions_named_by_other(n: int, ties: Ties, silent: frozenset[int]) -> Iterator[Ties]:
    """Give those in which the silent name, of those who answered, exactly who names them."""
    for made in completions(n, ties, silent):
        answered = [node for node in range(n) if node not in silent]
        if all(
            ((a, b) in made) == ((a, b) in ties or (b, a) in ties) for a in silent for b in answered
        ):
            yield made


def ends(values: Iterator[float | None]) -> tuple[float | None, float | None]:
    """Give the lowest and the highest of the values that are there."""
    told = [value for value in values if value is not None]
    return (min(told), max(told)) if told else (None, None)


def links(ties: Ties) -> Links:
    """Read partners: one of the two names the other."""
    return frozenset(frozenset(pair) for pair in ties)


def density(n: int, ties: Ties) -> float | None:
    pairs = n * (n - 1) // 2
    return len(links(ties)) / pairs if pairs else None


def density_directed(n: int, ties: Ties) -> float | None:
    return len(ties) / (n * (n - 1)) if n > 1 else None


def reciprocity(n: int, ties: Ties) -> float | None:
    held = links(ties)
    mutual = sum(1 for a, b in ties if (b, a) in ties) // 2
    return mutual / len(held) if held else None


def distances(n: int, partners: dict[int, set[int]]) -> dict[tuple[int, int], int]:
    """Walk from everybody."""
    found: dict[tuple[int, int], int] = {}
    for start in range(n):
        found[start, start] = 0
        queue = deque([start])
        while queue:
            here = queue.popleft()
            for there in sorted(partners[here]):
                if (start, there) not in found:
                    found[start, there] = found[start, here] + 1
                    queue.append(there)
    return found


def partners_of(n: int, held: Links) -> dict[int, set[int]]:
    made: dict[int, set[int]] = {node: set() for node in range(n)}
    for pair in held:
        a, b = sorted(pair)
        made[a].add(b)
        made[b].add(a)
    return made


def reach(n: int, ties: Ties, within: int) -> float:
    """Give the mean part of the others that one reaches in so many steps."""
    far = distances(n, partners_of(n, links(ties)))
    near = sum(1 for (a, b), steps in far.items() if a != b and steps <= within)
    return near / (n * max(n - 1, 1))


def pieces(n: int, ties: Ties) -> list[set[int]]:
    far = distances(n, partners_of(n, links(ties)))
    held = [{b for b in range(n) if (a, b) in far} for a in range(n)]
    made: list[set[int]] = []
    for one in held:
        if one not in made:
            made.append(one)
    return made


def in_largest(n: int, ties: Ties) -> float:
    return max(map(len, pieces(n, ties))) / n


def n_alone(n: int, ties: Ties) -> float:
    return float(sum(1 for held in partners_of(n, links(ties)).values() if not held))


def centralisation(n: int, ties: Ties) -> float | None:
    if n < 3:
        return None
    degrees = [len(held) for held in partners_of(n, links(ties)).values()]
    return sum(max(degrees) - degree for degree in degrees) / ((n - 1) * (n - 2))


def across(n: int, ties: Ties, sectors: list[int]) -> float | None:
    known = [tuple(pair) for pair in links(ties) if all(sectors[node] for node in pair)]
    if not known:
        return None
    return sum(1 for a, b in known if sectors[a] != sectors[b]) / len(known)


def blau(n: int, ties: Ties, sectors: list[int], node: int) -> float | None:
    held = [sectors[other] for other in partners_of(n, links(ties))[node] if sectors[other]]
    if not held:
        return None
    return float(1 - sum(Fraction(held.count(s), len(held)) ** 2 for s in set(held)))


def betweenness(n: int, ties: Ties) -> list[float]:
    """Count all shortest ways of all pairs, in fractions."""
    partners = partners_of(n, links(ties))
    far = distances(n, partners)
    total = [Fraction()] * n
    for start, end in combinations(range(n), 2):
        if far.get((start, end), 0) < 2:
            continue
        ways = list(_ways(start, end, partners, far))
        for way in ways:
            for node in way[1:-1]:
                total[node] += Fraction(1, len(ways))
    pairs = (n - 1) * (n - 2) // 2
    return [float(one / pairs) if pairs else 0.0 for one in total]


def _ways(
    start: int, end: int, partners: dict[int, set[int]], far: dict[tuple[int, int], int]
) -> Iterator[list[int]]:
    if start == end:
        yield [end]
        return
    for there in partners[start]:
        if far.get((there, end), n_far := len(partners)) == far[start, end] - 1 < n_far:
            for way in _ways(there, end, partners, far):
                yield [start, *way]


def effective_size(n: int, ties: Ties, node: int) -> float | None:
    partners = partners_of(n, links(ties))
    own = partners[node]
    if not own:
        return None
    among = sum(1 for a, b in combinations(sorted(own), 2) if b in partners[a])
    return len(own) - 2 * among / len(own)


ROLES: tuple[Callable[[int, int, int], bool], ...] = (
    lambda a, b, c: a == b == c,
    lambda a, b, c: a == c != b,
    lambda a, b, c: a != b == c,
    lambda a, b, c: a == b != c,
    lambda a, b, c: len({a, b, c}) == 3,
)
"""Coordinator, consultant, gatekeeper, representative, liaison: sectors of giver, broker, taker."""


def roles(n: int, ties: Ties, sectors: list[int]) -> list[list[int]]:
    counts = [[0] * 5 for _ in range(n)]
    for a, b, c in permutations(range(n), 3):
        if (a, b) in ties and (b, c) in ties and (a, c) not in ties:
            told = sectors[a], sectors[b], sectors[c]
            if all(told):
                for role, is_so in enumerate(ROLES):
                    counts[b][role] += is_so(*told)
    return counts


def change(before: Links, after: Links) -> tuple[int, int, int, float | None]:
    """Count kept, new and ended pairs, and the part of kept ones."""
    kept, new, ended = len(before & after), len(after - before), len(before - after)
    held = kept + new + ended
    return kept, new, ended, kept / held if held else None
