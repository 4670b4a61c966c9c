"""The steering committee's view: only under an agreement in force, never what stays home, in few queries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.apps.programme.test_records import DAY, PARTY, RISK
from tests.support.table import NOW, Table

from courtepointe.engagement.programme.actions import (
    StageChange,
    add_news,
    add_own_stage,
    begin_run,
    change_stage,
    close_run,
    keep_record,
    move_stage,
)
from courtepointe.engagement.programme.board import side_by_side
from courtepointe.engagement.programme.path import stages, strands
from courtepointe.engagement.programme.queries import cards_of, sectors_received
from courtepointe.people.actions import (
    answer_agreement,
    offer_agreement,
    open_workspace,
    revoke_agreement,
)
from courtepointe.people.actions.workspaces import Described
from courtepointe.people.models import SharingAgreement, Workspace
from courtepointe.people.queries import workspace_named
from courtepointe.people.values import Person

UNTIL = date(2026, 12, 31)


def shown(table: Table, what: str = "programme") -> int:
    """Have the table show a set to the funder."""
    number = offer_agreement(
        table.slug,
        receiver=table.other,
        what=what,
        purpose="comité de pilotage",
        since=date(2026, 6, 1),
        until=UNTIL,
        by=table.coordinator,
        now=NOW,
    )
    answer_agreement(table.other, number, accepted=True, by=table.stranger, now=NOW)
    return number


def receiver(table: Table) -> int:
    found = workspace_named(table.other)
    assert found is not None
    return found.id


def test_a_sector_is_seen_under_an_agreement_in_force_only(table: Table, run: int) -> None:
    assert sectors_received(receiver(table), now=NOW) == ()
    shown(table, "directory")
    assert sectors_received(receiver(table), now=NOW) == (), "another set opens nothing"
    number = shown(table)
    (sector,) = sectors_received(receiver(table), now=NOW)
    assert (sector.id, sector.run and sector.run.number) == (table.id, run)
    assert sectors_received(table.id, now=NOW) == (), "an agreement has one direction"
    assert sectors_received(receiver(table), now=NOW + timedelta(days=300)) == ()
    revoke_agreement(table.slug, number, side="owner", why="", by=table.coordinator, now=NOW)
    assert sectors_received(receiver(table), now=NOW) == ()


def test_what_stays_home_stays_home(table: Table, run: int, agent: Person) -> None:
    number = cards_of(run)[0].number
    move_stage(table.slug, number, state="done", by=agent, now=NOW)
    told = StageChange(None, DAY, date(2026, 6, 1), "agent", "https://secret.example/preuve")
    change_stage(table.slug, number, told, by=agent, now=NOW)
    move_stage(table.slug, cards_of(run)[1].number, state="aside", why="secret", by=agent, now=NOW)
    add_news(table.slug, card=number, on=DAY, text="secret", by=agent, now=NOW)
    add_own_stage(table.slug, strand="spaces", title="secret", asks="secret", by=agent, now=NOW)
    keep_record(table.slug, RISK, by=agent, now=NOW)
    home = {"title": "secret", "visibility": "workspace"}
    keep_record(table.slug, PARTY, by=agent, now=NOW)
    keep_record(table.slug, type(PARTY)(**{**_fields(PARTY), **home}), by=agent, now=NOW)
    few = {"title": "Quatre bénévoles", "volunteers": 4, "residents": 0}
    keep_record(table.slug, type(PARTY)(**{**_fields(PARTY), **few}), by=agent, now=NOW)
    shown(table)
    (sector,) = sectors_received(receiver(table), now=NOW)
    (beside,) = side_by_side([sector], strands=list(strands()), today=date(2026, 6, 1))
    assert "secret" not in repr(beside) and "agent" not in {one.carrier for one in sector.cards}
    assert beside.progress[0].n_done == 1 and beside.progress[4].n_own == 1
    assert [one.title for one in beside.sector.achievements] == ["Quatre bénévoles", PARTY.title]
    assert beside.sector.achievements[0].volunteers == -1, "fewer than five"


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).__dataclass_fields__}


def test_the_run_under_way_is_shown_else_the_newest(table: Table, run: int, agent: Person) -> None:
    shown(table)
    close_run(table.slug, on=date(2026, 6, 1), by=agent, now=NOW)
    (sector,) = sectors_received(receiver(table), now=NOW)
    assert sector.run and sector.run.number == run and sector.run.closed
    again = begin_run(table.slug, name="Suite", starts=DAY, ends=UNTIL, by=agent, now=NOW)
    (sector,) = sectors_received(receiver(table), now=NOW)
    assert sector.run and sector.run.number == again and len(sector.cards) == len(stages())


def test_sixty_sectors_are_read_in_six_queries(
    table: Table, django_assert_num_queries: Any
) -> None:
    sixty_sectors(table)
    other = receiver(table)
    with django_assert_num_queries(6):
        sectors = sectors_received(other, now=NOW)
    assert len(sectors) == 60 and all(len(one.cards) == len(stages()) for one in sectors)


def sixty_sectors(table: Table) -> None:
    """Open sixty workspaces that show their programme to the funder."""
    for n in range(60):
        slug = open_workspace(Described(f"Secteur {n:02}", "sector"), by=None, now=NOW)
        home = Workspace.objects.get(slug=slug)
        _begun(home, table)
        SharingAgreement.objects.create(
            owner=home,
            receiver_id=receiver(table),
            what="programme",
            purpose="pilotage",
            since=date(2026, 1, 1),
            until=UNTIL,
            state="accepted",
            offered_by_id=table.coordinator.id,
            offered=datetime(2026, 1, 1, tzinfo=UTC),
        )


def _begun(home: Workspace, table: Table) -> None:
    home.memberships.create(account_id=table.coordinator.id, roles=["agent"], joined=NOW)
    begin_run(home.slug, name="Parcours", starts=DAY, ends=UNTIL, by=table.coordinator, now=NOW)
