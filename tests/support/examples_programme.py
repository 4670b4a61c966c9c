"""What the crawler plants of the path: a run, a stage with its note, one record of each kind."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from tests.support.examples import Planted
from tests.support.table import Table

from courtepointe.engagement.programme.actions import (
    add_news,
    add_own_stage,
    begin_run,
    keep_record,
)
from courtepointe.engagement.programme.queries import records_of
from courtepointe.engagement.programme.values import (
    Achievement,
    Communication,
    Finding,
    Phase,
    Question,
    Risk,
    Transfer,
)
from courtepointe.people.actions import answer_agreement, offer_agreement

RUN, STAGE, NOTE = "parcours-sentinelle", "étape-sentinelle", "note-sentinelle-3301"
TOLD, RISK, FOUND, PARTY = "message-sentinelle", "risque-sentinelle", "constat-sentinelle", "fête-sentinelle"  # fmt: skip
ASKED, CARRIED = "question-sentinelle-9", "transfert-sentinelle"


def plant(table: Table) -> Planted:
    """Plant in the table one of each; the funder shows the table its own path."""
    now, by = timezone.now(), table.coordinator
    day = timezone.localdate(now)
    run = begin_run(table.slug, name=RUN, starts=day, ends=day + timedelta(days=700), by=by, now=now)  # fmt: skip
    stage = add_own_stage(table.slug, strand="spaces", title=STAGE, by=by, now=now)
    add_news(table.slug, card=stage, on=day, text=NOTE, by=by, now=now)
    question = keep_record(table.slug, Question(0, ASKED, "nous", "choisir", "survey", day, "", "asked"), by=by, now=now)  # fmt: skip
    made = {
        "communication": Communication(0, "residents", TOLD, "poster", ("fr",), day, "", "planned", None, ""),
        "transfer": Transfer(0, CARRIED, "ailleurs", "visit", day, "idea", "", ""),
        "risk": Risk(0, RISK, "possible", "serious", "", "", day, "watched"),
        "finding": Finding(0, question, FOUND, "one", "", "noted", day),
        "achievement": Achievement(0, PARTY, "", day, 3, None, None, "shared", "", None),
    }  # fmt: skip
    kept = {kind: keep_record(table.slug, one, by=by, now=now) for kind, one in made.items()}
    kept |= {"question": question, "phase": records_of(Phase, run)[0].number}
    ids: dict[str, object] = {f"programme_{kind}.number": number for kind, number in kept.items()}
    ids |= {f"programme_{page}.number": stage for page in ("stage", "move")}
    ids |= {"programme_celebrate.number": kept["achievement"], "programme_sector.number": _shown(table)}  # fmt: skip
    return Planted(ids, (RUN, STAGE, NOTE, TOLD, RISK, FOUND, PARTY, ASKED, CARRIED))


def _shown(table: Table) -> int:
    now = timezone.now()
    day = timezone.localdate(now)
    number = offer_agreement(
        table.other,
        receiver=table.slug,
        what="programme",
        purpose="se comparer",
        since=day,
        until=day + timedelta(days=30),
        by=table.stranger,
        now=now,
    )
    answer_agreement(table.slug, number, accepted=True, by=table.coordinator, now=now)
    return number
