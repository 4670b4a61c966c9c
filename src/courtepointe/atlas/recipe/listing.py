"""The page that lists indicators and area types, written from recipes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from courtepointe.atlas.recipe.values import Indicator, Recipe, Variable

HEAD = """# Indicators and area types

Written from the recipes by `courtepointe atlas indicators`: change the recipe, not this page.

The codes are stable words: portraits, links, exports and other recipes name them.
*Rule* is how a figure is carried to any area; *members* are the ids of the 2021 Census Profile that it rests on;
*sample* marks answers of the 25 % long form; *base 5* marks cells that are randomly rounded.
"""


def indicators_page(recipes: Sequence[Recipe]) -> str:
    """Write the list of indicators and area types of recipes as Markdown."""
    names = ", ".join(f"`{recipe.code}`" for recipe in recipes)
    lines = [HEAD, f"Recipes: {names}.", "", "## Area types", ""]
    lines += [
        "| type | recipe | français | English | vintages |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [row for recipe in recipes for row in _area_rows(recipe)]
    for section in _sections(recipes):
        lines += ["", f"## {section}", ""]
        lines += [
            "| code | français | English | unit | rule | members | collection | recipes |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
        ]
        lines += [_row(indicator, recipes) for indicator in _indicators(recipes, section)]
    return "\n".join(lines) + "\n"


def _area_rows(recipe: Recipe) -> Iterable[str]:
    for one in recipe.area_types:
        vintages = {b.vintage for b in recipe.boundaries if b.area_type == one.code}
        yield (
            f"| `{one.code}` | {recipe.code} | {one.name.fr} | {one.name.en} "
            f"| {', '.join(sorted(vintages))} |"
        )


def _sections(recipes: Sequence[Recipe]) -> list[str]:
    return list(dict.fromkeys(one.section for recipe in recipes for one in recipe.indicators))


def _indicators(recipes: Sequence[Recipe], section: str) -> list[Indicator]:
    kept: dict[str, Indicator] = {}
    for recipe in recipes:
        for one in recipe.indicators:
            if one.section == section:
                kept.setdefault(one.code, one)
    return list(kept.values())


def _row(indicator: Indicator, recipes: Sequence[Recipe]) -> str:
    variables = [one for recipe in recipes for one in _variables(indicator, recipe)]
    members = sorted({one.characteristic for one in variables if one.characteristic is not None})
    notes = ["sample"] if any(one.sampled for one in variables) else []
    notes += ["base 5"] if any(one.rounded_to for one in variables) else []
    having = [recipe.code for recipe in recipes if _has(recipe, indicator.code)]
    return (
        f"| `{indicator.code}` | {indicator.label.fr} | {indicator.label.en} | {indicator.unit} "
        f"| {indicator.aggregation} | {_runs(members)} | {', '.join(notes)} | {', '.join(having)} |"
    )


def _has(recipe: Recipe, code: str) -> bool:
    return any(one.code == code for one in recipe.indicators)


def _variables(indicator: Indicator, recipe: Recipe) -> list[Variable]:
    wanted = {*indicator.variables(), indicator.published}
    return [one for release in recipe.releases for one in release.variables if one.code in wanted]


def _runs(numbers: Sequence[int]) -> str:
    """Write 1, 2, 3, 7 as ``1-3, 7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)
