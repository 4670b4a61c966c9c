"""The areas most alike: which they are, by what, and who was left out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courtepointe.atlas.query.peer_values import Likeness, Peer, Peers
from courtepointe.atlas.query.values import AreaKey
from courtepointe.doors.editions import by_edition
from courtepointe.doors.site.addresses import area_address
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.security import public
from courtepointe.doors.site.subjects import Subject
from courtepointe.doors.site.views.areas import asked_subject
from courtepointe.press.galley import Galley
from courtepointe.press.numbers import amount
from courtepointe.press.sentences.values import capital
from courtepointe.press.words import typeset

MOST_COMPARED = 5
"""Beside the area itself, on a page that holds six."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A variable of the group, written out: in its unit, and what part of the distance it decides."""

    label: str
    own: str
    centre: str
    spread: str
    weight: str


@dataclass(frozen=True, slots=True)
class Alike:
    """An area that is alike, with its values in the order of the variables."""

    name: str
    address: str
    values: tuple[str, ...]
    apart: str


@public
@require_safe
@by_edition
def similar(request: HttpRequest, **where: str) -> HttpResponse:
    """Show the areas most alike by the variables that the recipe declares, and say by what."""
    subject = asked_subject(request, where)
    lang = language(request)
    galley = subject.galley(lang)
    group = request.GET.get("group") or None
    found = subject.served.atlas.peers(subject.portrait(), group)
    page = {
        "subject": subject,
        "area_name": galley.place.plain,
        "group_name": capital(galley.set(found.group.name.in_(lang))),
        "reason": galley.set(found.group.reason.in_(lang)),
        "variables": [_measured(galley, one) for one in found.variables],
        "labels": [galley.label(one.indicator) for one in found.variables],
        "peers": [_alike(subject, galley, found, one, lang=lang) for one in found.peers],
        "set_aside": [(galley.label(code), reason) for code, reason in found.set_aside],
        "left_out": [
            (_name(subject, key, lang=lang), ", ".join(map(galley.label, codes)))
            for key, codes in found.left_out
        ],
        "overlapping": [_name(subject, key, lang=lang) for key in found.overlapping],
        "compare_address": _compared(subject, found),
        "against_address": _against(subject, found),
        "inputs_hash": found.inputs_hash,
    }
    return render(request, "site/similar.html", page)


def _measured(galley: Galley, one: Likeness) -> Measured:
    indicator = galley.indicators[one.indicator]
    own, centre, spread = (
        amount(value, unit=indicator.unit, decimals=indicator.decimals, lang=galley.lang)
        for value in (one.own, one.centre, one.spread)
    )
    weight = amount(100.0 * one.weight, unit="percent", lang=galley.lang)
    return Measured(galley.label(one.indicator), own, centre, spread, weight)


def _alike(subject: Subject, galley: Galley, found: Peers, peer: Peer, *, lang: str) -> Alike:
    values = []
    for one, value in zip(found.variables, peer.values, strict=True):
        indicator = galley.indicators[one.indicator]
        values.append(amount(value, unit=indicator.unit, decimals=indicator.decimals, lang=lang))
    most = max(range(len(values)), key=lambda place: peer.contribution[place])
    return Alike(
        typeset(peer.name.in_(lang), lang=lang),
        area_address(peer.key, peer.name, lang=lang),
        tuple(values),
        galley.label(found.variables[most].indicator) if peer.distance > 0.0 else "",
    )


def _name(subject: Subject, key: AreaKey, *, lang: str) -> str:
    return typeset(subject.served.atlas.identity(key).name.in_(lang), lang=lang)


def _compared(subject: Subject, found: Peers) -> str:
    keys = [subject.compared_as, *(str(one.key) for one in found.peers[:MOST_COMPARED])]
    return f"{reverse('compare')}?{urlencode([('a', key) for key in keys])}"


def _against(subject: Subject, found: Peers) -> str:
    address = subject.address()
    return f"{address}{'&' if '?' in address else '?'}against=peers:{found.group.code}"
