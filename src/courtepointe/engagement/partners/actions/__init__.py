"""Every write of the network of partners."""

from __future__ import annotations

from courtepointe.engagement.partners.actions.answers import answer_by_link
from courtepointe.engagement.partners.actions.files import (
    take_organisations,
    take_survey,
    take_ties,
)
from courtepointe.engagement.partners.actions.partners import add_partner, change_partner
from courtepointe.engagement.partners.actions.waves import (
    close_wave,
    make_links,
    open_wave,
    renew_link,
)

__all__ = [
    "add_partner",
    "answer_by_link",
    "change_partner",
    "close_wave",
    "make_links",
    "open_wave",
    "renew_link",
    "take_organisations",
    "take_survey",
    "take_ties",
]
