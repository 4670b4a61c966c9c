"""The town with all that an area may be read against: peers, parent, past, target and polarity."""

from __future__ import annotations

from dataclasses import replace

from tests.support.town import town, with_recipe, words

from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.recipe.values import ChartPlan, Comparator, PeerGroup, Polarity, Target

CITY = Comparator("ville:2021:1", words("la ville", "the city"))
GROUP = PeerGroup(
    "semblables",
    words("les quartiers semblables", "similar quarters"),
    "quartier:2014",
    ("households_one_person_share", "population_density"),
    words("Le cadre de vie.", "The setting."),
    n_peers=2,
    standardisation="plain",
)
TARGET = Target(
    "low_income_share",
    10.0,
    words("le conseil", "the council"),
    words("Un sur dix.", "One in ten."),
    words("Plan de 2022.", "Plan of 2022."),
    direction="at_most",
)


def compared_town() -> Pack:
    """Give the town with every kind of comparator, the city shown and the others offered."""
    offered = (
        Comparator(None, GROUP.name, "peers", GROUP.code, shown=False),
        Comparator(None, words("le territoire qui le contient", "the area that contains it"), "parent", shown=False),
        Comparator(None, words("le même territoire, avant", "the same area, before"), "past", shown=False),
        Comparator(None, words("la cible", "the target"), "target", shown=False),
    )  # fmt: skip
    first, *others = town().recipe.sections
    chart = ChartPlan("dots", (GROUP.variables[0],), words("Ménages d’une personne", "One person"))
    return with_recipe(
        town(),
        sections=(replace(first, charts=(chart,)), *others),
        comparators=(CITY, *offered),
        peer_groups=(GROUP,),
        targets=(TARGET,),
        polarities=(
            Polarity(
                "low_income_share", "lower_is_better", TARGET.decided_by, words("But.", "An aim.")
            ),
        ),
    )
