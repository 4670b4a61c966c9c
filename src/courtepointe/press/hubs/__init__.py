"""Papers of a hub: the sign for its door, the list of its box, its role cards."""

from courtepointe.press.hubs.papers import (
    BoxLine,
    HubBox,
    HubSign,
    RoleCard,
    RoleCards,
    write_box,
    write_cards,
    write_sign,
)

__all__ = [
    "BoxLine",
    "HubBox",
    "HubSign",
    "RoleCard",
    "RoleCards",
    "write_box",
    "write_cards",
    "write_sign",
]
