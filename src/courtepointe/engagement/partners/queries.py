"""Every read of the network of partners; whoever calls has passed the gate of the workspace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from django.db.models import Count, Q

from courtepointe.core.errors import NotFound
from courtepointe.core.network import (
    SHARES,
    NetworkChange,
    NetworkStatement,
    change_between,
    most_brokers_of,
    state,
)
from courtepointe.engagement.partners.models import Asked, Partner, Tie, Wave
from courtepointe.engagement.partners.values import (
    AskedSeen,
    NewTie,
    PartnerSeen,
    PublicFigures,
    SurveyForm,
    WaveNetwork,
    WaveSeen,
)
from courtepointe.formats.letters import folded
from courtepointe.formats.ties import NamedTie, Organisation, Survey, numbered

LEAST, STEP = 5, 0.05
"""Shares are shown beyond the workspace's own hands where neither ties, nor gaps, nor answers are a few."""


def by_name(one: PartnerSeen) -> tuple[str, int]:
    """Give the place of an organisation in the alphabet."""
    return folded(one.name), one.number


def partner_seen(row: Partner) -> PartnerSeen:
    """Give an organisation of the list."""
    return PartnerSeen(row.pk, row.name, row.sector, row.active)


def partners_of(workspace_id: int) -> tuple[PartnerSeen, ...]:
    """List the organisations, the active first, by name."""
    rows = Partner.objects.filter(workspace_id=workspace_id)
    return tuple(sorted(map(partner_seen, rows), key=lambda one: (not one.active, *by_name(one))))


def partner_of(workspace_id: int, number: int) -> PartnerSeen:
    """Give an organisation, or `NotFound`."""
    row = Partner.objects.filter(workspace_id=workspace_id, pk=number).first()
    if row is None:
        raise NotFound("unknown_partner")
    return partner_seen(row)


def organisations_listed(workspace_id: int) -> tuple[Organisation, ...]:
    """List the organisations as a file holds them."""
    rows = Partner.objects.filter(workspace_id=workspace_id)
    listed = sorted(rows, key=lambda row: (folded(row.name), row.pk))
    return tuple(Organisation(row.code, row.name, row.sector) for row in listed)


def _waves(workspace_id: int) -> list[WaveSeen]:
    rows = Wave.objects.filter(workspace_id=workspace_id).annotate(
        n_asked=Count("asked"), n_answered=Count("asked", filter=~Q(asked__answered=None))
    )
    return [
        WaveSeen(row.pk, row.name, row.text_version, row.opened, row.closed, row.n_asked, row.n_answered)
        for row in rows.order_by("opened", "pk")
    ]  # fmt: skip


def waves_of(workspace_id: int) -> tuple[WaveSeen, ...]:
    """List the waves, the oldest first."""
    return tuple(_waves(workspace_id))


def wave_of(workspace_id: int, number: int) -> WaveSeen:
    """Give a wave, or `NotFound`."""
    for one in _waves(workspace_id):
        if one.number == number:
            return one
    raise NotFound("unknown_wave")


def _asked(workspace_id: int, wave: int) -> list[Asked]:
    rows = Asked.objects.filter(workspace_id=workspace_id, wave_id=wave).select_related("partner")
    return sorted(rows, key=lambda row: (folded(row.partner.name), row.partner_id))


def asked_in(workspace_id: int, wave: int) -> tuple[AskedSeen, ...]:
    """List who is asked in a wave, by name."""
    return tuple(
        AskedSeen(row.pk, row.partner_id, row.partner.name, row.partner.sector, bool(row.secret), row.answered, row.role)
        for row in _asked(workspace_id, wave)
    )  # fmt: skip


def survey_of(workspace_id: int, wave: int, *, with_trust: bool = False) -> Survey:
    """Give a wave as a file holds it; trust only where it is asked for, by who has the right to it."""
    return _survey(_asked(workspace_id, wave), workspace_id, wave, with_trust=with_trust)


def _survey(asked: list[Asked], workspace_id: int, wave: int, *, with_trust: bool) -> Survey:
    codes: dict[int, str] = {}
    organisations = []
    for row in asked:
        partner = row.partner
        codes[partner.pk] = partner.code
        said = row.answered is not None
        organisations.append(Organisation(partner.code, partner.name, partner.sector, said))
    rows = Tie.objects.filter(workspace_id=workspace_id, wave_id=wave).order_by("pk")
    ties = tuple(
        NamedTie(codes[one.from_partner_id], codes[one.to_partner_id], one.kind, one.frequency,
                 one.trust if with_trust else None)
        for one in rows
        if one.from_partner_id in codes and one.to_partner_id in codes
    )  # fmt: skip
    return Survey(tuple(organisations), ties)


def network_of(workspace_id: int, wave: WaveSeen, *, with_trust: bool = False) -> WaveNetwork:
    """Give a wave as the core counts it; without trust where it is not asked for."""
    asked = _asked(workspace_id, wave.number)
    made = numbered(_survey(asked, workspace_id, wave.number, with_trust=with_trust))
    numbers = tuple(row.partner_id for row in asked)
    names = tuple(row.partner.name for row in asked)
    return WaveNetwork(wave, numbers, names, made.trusted, made.sectors, made.sector_names)


def network_in(workspace_id: int, number: int) -> WaveNetwork:
    """Give a wave by its number, without trust; or `NotFound`."""
    return network_of(workspace_id, wave_of(workspace_id, number))


def stated(held: WaveNetwork) -> NetworkStatement:
    """Work out the figures of a wave with their bounds."""
    network = held.trusted.network
    return state(network, held.sectors, most_brokers=most_brokers_of(network.n_nodes))


def shared_places(
    before: WaveNetwork, after: WaveNetwork
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give the positions in each wave of the organisations asked in both, in the later one's order."""
    first = {number: place for place, number in enumerate(before.numbers)}
    both = [(first[n], place) for place, n in enumerate(after.numbers) if n in first]
    return tuple(a for a, _ in both), tuple(b for _, b in both)


def changed(before: WaveNetwork, after: WaveNetwork) -> NetworkChange | None:
    """Say what changed between two waves, among those asked in both; None where nobody was."""
    first, second = (np.array(one, dtype=np.int64) for one in shared_places(before, after))
    if not len(first):
        return None
    return change_between(
        before.trusted.network,
        after.trusted.network,
        places=(first, second),
        sectors=after.sectors[second],
    )


def public_figures(workspace_id: int, wave: WaveSeen) -> PublicFigures:
    """Give the figures of a wave that tell of nobody, for who may not read who names whom."""
    shares: tuple[tuple[str, float], ...] = ()
    if wave.n_answered >= LEAST:
        told = stated(network_of(workspace_id, wave))
        n_pairs = told.n_nodes * (told.n_nodes - 1) // 2
        if min(told.n_links, n_pairs - told.n_links - told.n_open) >= LEAST:
            shares = tuple(_coarse(told))
    return PublicFigures(wave.name, wave.opened, wave.n_asked, wave.n_answered, shares)


def _coarse(told: NetworkStatement) -> Iterable[tuple[str, float]]:
    for name in SHARES:
        value = getattr(told, name).value
        if value is not None:
            yield name, round(round(value / STEP) * STEP, 2)


def figures_shown(workspace_id: int) -> tuple[PublicFigures, ...]:
    """Give the figures of all closed waves that tell of nobody: what crosses by an agreement."""
    closed = [one for one in _waves(workspace_id) if one.closed is not None]
    return tuple(public_figures(workspace_id, one) for one in closed)


def survey_form(row: Asked) -> SurveyForm:
    """Give what a link opens: the list, and what its own organisation said; nothing of the others."""
    others = Partner.objects.filter(asked__wave_id=row.wave_id).exclude(pk=row.partner_id)
    said: dict[int, list[Tie]] = defaultdict(list)
    named = Tie.objects.filter(wave_id=row.wave_id, from_partner_id=row.partner_id)
    for tie in named.order_by("pk"):
        said[tie.to_partner_id].append(tie)
    return SurveyForm(
        workspace=row.workspace.name,
        organisation=row.partner.name,
        wave=row.wave.name,
        text_version=row.wave.text_version,
        answered=row.answered,
        role=row.role,
        others=tuple(sorted(map(partner_seen, others), key=by_name)),
        said=tuple(
            NewTie(to, tuple(sorted(t.kind for t in ties if t.kind)), ties[0].frequency, ties[0].trust)
            for to, ties in said.items()
        ),
    )  # fmt: skip
