"""Two filled forms of the walk, as a telephone keeps them."""

from __future__ import annotations

from typing import Any

FIRST = "uuid:85cb9aff-005e-4edd-9739-dc9c1a829c44"
SECOND = "uuid:0e0e9aff-005e-4edd-9739-dc9c1a829c45"
OBSERVATION = "walk/observation"
PICTURES = "walk/observation/pictures"


def turn(path: str, /, **answers: str) -> dict[str, Any]:
    """Give one turn of a repeat."""
    return {"answers": {f"{path}/{name}": text for name, text in answers.items()}}


def a_walk(**more: Any) -> dict[str, Any]:
    """Give a walk with two observations, the first with two pictures."""
    dark = turn(
        OBSERVATION, point="45.5088 -73.5540 31.2 4.9", light="dark", things="bench water",
        remark="Trottoir « étroit »; à voir, d’après l’œil\nde plusieurs",
    )  # fmt: skip
    dark["repeats"] = {
        PICTURES: [turn(PICTURES, photo="1714760000000.jpg"), turn(PICTURES, caption="la ruelle")]
    }
    unclear = turn(OBSERVATION, point="45.5100 -73.5550 0 0", light="not_known", things="not_known")
    return {
        "id": FIRST,
        "submitted": "2026-05-03T18:31:00.123Z",
        "answers": {
            "consent": "yes", "walk/day": "2026-05-03", "walk/people": "7", "walk/length_km": "1.8",
            "walk/route": "45.5 -73.6 0 5;45.51 -73.61 0 6", "consent_text": "2026-01",
            "today": "2026-05-03", "username": "rim",
        },
        "repeats": {OBSERVATION: [dark, unclear]},
        **more,
    }  # fmt: skip


def a_refusal() -> dict[str, Any]:
    """Give a form whose first question was answered no."""
    return {
        "id": SECOND,
        "submitted": "2026-05-04T18:31:00.000Z",
        "answers": {"consent": "no", "consent_text": "2026-01", "today": "2026-05-04"},
    }
