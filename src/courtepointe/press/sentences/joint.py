"""Say how many may be both of two things, or why nothing can be said."""

from __future__ import annotations

from courtepointe.atlas.query.joint import Joint
from courtepointe.press.galley import Galley
from courtepointe.press.numbers import interval, number, plural
from courtepointe.press.sentences.values import Sentence, in_sentence, plain_sentence


def joint_sentence(galley: Galley, joint: Joint) -> Sentence:
    """Say it in one or two sentences.

    Parameters
    ----------
    galley : Galley
        Of the area.
    joint : Joint
    """
    if joint.reason:
        return plain_sentence(galley.say(f"joint.{joint.reason}"))
    low, high, base = joint.low or 0.0, joint.high or 0.0, joint.base or 0.0
    low_share, high_share = joint.low_share or 0.0, joint.high_share or 0.0
    told = [
        galley.say(
            "joint.both" if low > 0.0 or high < base else "joint.anything",
            share=interval(low_share, high_share, unit="percent", decimals=1, lang=galley.lang),
            count=interval(low, high, unit="", lang=galley.lang),
            base=number(base, lang=galley.lang),
            universe=in_sentence(galley.universe(joint.first.indicator)),
        )
    ]
    if joint.n_units_missing:
        told.append(plural("joint.missing", joint.n_units_missing, lang=galley.lang))
    if not joint.errors_known:
        told.append(galley.say("joint.errors_unknown"))
    return plain_sentence(" ".join(told))
