"""Hubs, what they hold, who runs them, what they adopted, what people say of them, what was studied, as rows."""

from courtepointe.hubs.models.adopted import (
    AdoptedItem,
    Adoption,
    Answered,
    AnswerSheet,
    Assessment,
)
from courtepointe.hubs.models.held import Capacity, Fact, KitItem, Power
from courtepointe.hubs.models.hubs import Agreement, Commitment, Hub, Member
from courtepointe.hubs.models.run import Exercise, Keys, Mode, Post
from courtepointe.hubs.models.shown import HubPage
from courtepointe.hubs.models.studies import Study

__all__ = [
    "AdoptedItem",
    "Adoption",
    "Agreement",
    "AnswerSheet",
    "Answered",
    "Assessment",
    "Capacity",
    "Commitment",
    "Exercise",
    "Fact",
    "Hub",
    "HubPage",
    "Keys",
    "KitItem",
    "Member",
    "Mode",
    "Post",
    "Power",
    "Study",
]
