"""Write `recipes/indicators/census_2021_whole.toml`: the characteristics that no other recipe takes.

    python scripts/country_recipe.py          write it
    python scripts/country_recipe.py --check  exit with 1 where it is not what would be written

The names are Statistics Canada's (`atlas/demo/characteristics.csv`); the words of the topics are here.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from courtepointe.atlas.demo.characteristics import Published, published

ROOT = Path(__file__).resolve().parents[1]
OTHERS = ROOT / "recipes" / "indicators" / "census_2021.toml"
FILE = ROOT / "recipes" / "indicators" / "census_2021_whole.toml"

SECTIONS = {
    "whole_families": ("Familles et ménages en détail", "Families and households in detail"),
    "whole_income": ("Revenus en détail", "Incomes in detail"),
    "whole_languages": ("Langues en détail", "Languages in detail"),
    "whole_housing": ("Logement en détail", "Housing in detail"),
    "whole_origins": ("Origines et mobilité en détail", "Origins and moves in detail"),
    "whole_work": ("Scolarité et travail en détail", "Schooling and work in detail"),
}
PEOPLE, OVER_15, NO_INSTITUTIONS = (
    "population_private_households", "population_15_plus", "population_excluding_institutions",
)  # fmt: skip
HOMES, DWELLINGS = "private_households", "occupied_private_dwellings"
UNIT_OF = {HOMES: "households", DWELLINGS: "dwellings", "owner_households": "households",
           "households_with_income": "households", "households_core_need_assessed": "households"}  # fmt: skip
TOPICS: dict[int, tuple[str, str, str, str]] = {
    58: ("whole_families", OVER_15, "État matrimonial, 15 ans et plus", "Marital status, 15 and over"),
    89: ("whole_families", PEOPLE, "Situation familiale", "Family status"),
    100: ("whole_families", HOMES, "Genre de ménage", "Household type"),
    111: ("whole_income", OVER_15, "Revenu total", "Total income"),
    126: ("whole_income", OVER_15, "Revenu total, échantillon", "Total income, sample"),
    155: ("whole_income", OVER_15, "Tranche de revenu total", "Total income group"),
    242: ("whole_income", HOMES, "Revenu des ménages", "Household income"),
    251: ("whole_income", HOMES, "Revenu des ménages, échantillon", "Household income, sample"),
    260: ("whole_income", HOMES, "Tranche de revenu du ménage", "Household income group"),
    281: ("whole_income", HOMES, "Tranche de revenu du ménage après impôt",
          "Household after-tax income group"),
    335: ("whole_income", PEOPLE, "Faible revenu (MFR), population visée",
          "Low income (LIM), population concerned"),
    337: ("whole_income", PEOPLE, "Faible revenu (MFR)", "Low income (LIM)"),
    383: ("whole_languages", NO_INSTITUTIONS, "Connaissance des langues officielles",
          "Knowledge of official languages"),
    388: ("whole_languages", NO_INSTITUTIONS, "Première langue officielle parlée",
          "First official language spoken"),
    393: ("whole_languages", NO_INSTITUTIONS, "Langue maternelle", "Mother tongue"),
    735: ("whole_languages", NO_INSTITUTIONS, "Langue parlée le plus souvent à la maison",
          "Language spoken most often at home"),
    1402: ("whole_origins", PEOPLE, "Identité", "Identity"),
    1418: ("whole_housing", DWELLINGS, "Statut de copropriété", "Condominium status"),
    1421: ("whole_housing", DWELLINGS, "Chambres à coucher", "Bedrooms"),
    1437: ("whole_housing", HOMES, "Taille du logement", "Housing suitability"),
    1449: ("whole_housing", DWELLINGS, "État du logement", "Dwelling condition"),
    1456: ("whole_housing", HOMES, "Âge du principal soutien du ménage",
           "Age of primary household maintainer"),
    1465: ("whole_housing", "households_with_income", "Rapport des frais de logement au revenu",
           "Shelter-cost-to-income ratio"),
    1469: ("whole_housing", DWELLINGS, "Indicateurs du logement", "Housing indicators"),
    1479: ("whole_housing", "households_core_need_assessed", "Besoins impérieux en matière de logement",
           "Core housing need"),
    1522: ("whole_origins", PEOPLE, "Citoyenneté", "Citizenship"),
    1527: ("whole_origins", PEOPLE, "Statut d’immigrant et période d’immigration",
           "Immigrant status and period of immigration"),
    1665: ("whole_origins", PEOPLE, "Statut des générations", "Generation status"),
    1683: ("whole_origins", PEOPLE, "Minorités visibles", "Visible minorities"),
    1974: ("whole_origins", PEOPLE, "Mobilité 1 an auparavant", "Mobility 1 year ago"),
    1983: ("whole_origins", PEOPLE, "Mobilité 5 ans auparavant", "Mobility 5 years ago"),
    1998: ("whole_work", OVER_15, "Plus haut diplôme, 15 ans et plus", "Highest diploma, 15 and over"),
    2014: ("whole_work", "population_25_64", "Plus haut diplôme, 25 à 64 ans", "Highest diploma, 25 to 64"),
    2223: ("whole_work", OVER_15, "Situation d’activité", "Labour force status"),
    2603: ("whole_work", "labour_force", "Mode de transport pour la navette", "Mode of commuting"),
    2611: ("whole_work", "labour_force", "Durée de la navette", "Commuting duration"),
}  # fmt: skip
MIDDLES: dict[int, tuple[str, str, str, str, str]] = {
    113: ("whole_income", OVER_15, "cad", "median", ""),
    115: ("whole_income", OVER_15, "cad", "median", ""),
    128: ("whole_income", OVER_15, "cad", "mean", "characteristic_127"),
    252: ("whole_income", HOMES, "cad", "mean", "characteristic_251"),
    253: ("whole_income", HOMES, "cad", "mean", "characteristic_251"),
    1433: ("whole_housing", DWELLINGS, "rooms", "mean", "characteristic_1421"),
    1487: ("whole_housing", "owner_households", "cad", "mean", "owner_households_total"),
}
"""Means and medians: section, universe, unit, measure, and what a mean is weighed by."""
NOT_ASKED = frozenset({3, 34, 347, 1483})
"""The publisher's own changes and rates: kept as variables, no units add up to them."""


def main() -> int:
    """Write the file, or say whether it is up to date."""
    text = written()
    if "--check" in sys.argv[1:]:
        return int(not FILE.exists() or FILE.read_text(encoding="utf-8") != text)
    FILE.write_text(text, encoding="utf-8")
    return 0


def written() -> str:
    """Give the file's text."""
    others = tomllib.loads(OTHERS.read_text(encoding="utf-8"))["variable_sets"][0]["variables"]
    taken = {one["characteristic"] for one in others}
    codes = {one["characteristic"]: one["code"] for one in others if "sex" not in one}
    mine = [one for one in published() if one.id not in taken]
    asked = [one for one in mine if one.id not in NOT_ASKED]
    parts = [HEAD, _variables(mine)]
    parts += [_indicator(one, codes) for one in asked]
    parts += [_section(code, [one for one in asked if _home(one) == code]) for code in SECTIONS]
    return "\n".join(parts)


HEAD = """\
# Written by `python scripts/country_recipe.py`: the characteristics of the 2021 Census Profile that
# `census_2021.toml` leaves out and the fictional publisher writes. A recipe that includes both has all 329.
# Names are Statistics Canada's; counts are rounded to base 5, those of the long form are sampled.
"""


def _variables(mine: list[Published]) -> str:
    lines = ['[[variable_sets]]\ncode = "census_profile_2021_whole"\nvariables = [']
    lines += [f"    {_variable(one)}," for one in mine]
    return "\n".join([*lines, "]\n"])


def _variable(one: Published) -> str:
    facts = [f'code = "{_code(one)}"', f"characteristic = {one.id}"]
    facts.append(
        'column = "rate"' if one.form == "rate" or one.kind == "change" else 'column = "count"'
    )
    if one.form == "count":
        facts.append("rounded_to = 5")
    if one.sampled:
        facts.append("sampled = true")
    return "{ " + ", ".join(facts) + " }"


def _code(one: Published) -> str:
    return f"characteristic_{one.id}"


def _root(one: Published) -> int:
    return int(one.of or one.id)


def _home(one: Published) -> str:
    if one.kind == "before":
        return "whole_families"
    return MIDDLES[one.id][0] if one.id in MIDDLES else TOPICS[_root(one)][0]


def _indicator(one: Published, codes: dict[int, str]) -> str:
    fr, en = one.fr.strip().replace("'", "’"), one.en.strip().replace("'", "’")
    lines = ["[[indicators]]", f'code = "{_code(one)}"', f'section = "{_home(one)}"']
    if one.id in MIDDLES:
        _, universe, unit, measure, weight = MIDDLES[one.id]
        fr, en = fr.removesuffix(" ($)"), en.removesuffix(" ($)")
        rule = [f'value = "{_code(one)}"', f'published = "{_code(one)}"']
        if weight:
            rule.append(
                f'weight = "{codes.get(1482, "") if weight.startswith("owner") else weight}"'
            )
        how = "weighted_mean" if measure == "mean" else "median"
    else:
        _, universe, topic_fr, topic_en = TOPICS.get(_root(one), ("", "population", "", ""))
        unit, measure, how = UNIT_OF.get(universe, "persons"), "count", "sum"
        rule = [f'numerator = ["{_code(one)}"]']
        if topic_fr:
            whole = one.id == _root(one)
            fr = f"{topic_fr}\u00a0: {'ensemble' if whole else fr}"
            en = f"{topic_en}: {'all' if whole else en}"
    lines += [
        f"label = {{ fr = {_text(fr)}, en = {_text(en)} }}",
        f'universe = "{universe}"', f'measure = "{measure}"', f'unit = "{unit}"',
        f'aggregation = "{how}"', *rule,
    ]  # fmt: skip
    return "\n".join([*lines, ""])


def _text(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _section(code: str, its: list[Published]) -> str:
    fr, en = SECTIONS[code]
    names = "\n".join(f'    "{_code(one)}",' for one in its)
    return (
        f'[[sections]]\ncode = "{code}"\nname = {{ fr = "{fr}", en = "{en}" }}\n'
        f'indicators = [\n{names}\n]\nkey_figures = ["{_code(its[0])}"]\n'
    )


if __name__ == "__main__":
    sys.exit(main())
