"""The network of partners on paper and on screen: drawings, a chart of figures, sentences.

Organisations are never ranked: who bridges others is named in the order of the alphabet. What an
organisation that did not answer would have said is drawn and told as unknown. Trust is no part of it.
"""

from courtepointe.press.network.changing import ChangePanel, DrawnChange, change_panels, draw_change
from courtepointe.press.network.chart import chart_words, draw_figures, figures_chart
from courtepointe.press.network.draw import draw_network
from courtepointe.press.network.places import DESKTOP, Places, place_partners
from courtepointe.press.network.sentences import (
    FigureSentence,
    ToldWave,
    change_words,
    effect_words,
    moved_words,
    tell_wave,
)
from courtepointe.press.network.values import DrawnNetwork, Legible, Listed, Partners

__all__ = [
    "DESKTOP",
    "ChangePanel",
    "DrawnChange",
    "DrawnNetwork",
    "FigureSentence",
    "Legible",
    "Listed",
    "Partners",
    "Places",
    "ToldWave",
    "change_panels",
    "change_words",
    "chart_words",
    "draw_change",
    "draw_figures",
    "draw_network",
    "effect_words",
    "figures_chart",
    "moved_words",
    "place_partners",
    "tell_wave",
]
