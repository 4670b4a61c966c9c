"""Every write about people and workspaces; and how the other rooms write theirs."""

from __future__ import annotations

from courtepointe.people.actions.accounts import (
    change_profile,
    offer_recovery,
    open_account,
    recover,
)
from courtepointe.people.actions.brought import drop_draft, keep_draft, match_draft, take_in
from courtepointe.people.actions.members import (
    accept_invitation,
    change_roles,
    end_seat,
    invite,
    join_with_new_account,
    leave,
    revoke_invitation,
)
from courtepointe.people.actions.privacy.consents import note_consent, withdraw_consent
from courtepointe.people.actions.privacy.ends import log as log_destruction
from courtepointe.people.actions.privacy.erased import erase_for, look_for
from courtepointe.people.actions.privacy.exports import (
    approve_export,
    ask_export,
    refuse_export,
    take_export,
)
from courtepointe.people.actions.privacy.incidents import change_incident, note_incident
from courtepointe.people.actions.privacy.requests import (
    answer_request,
    ask_about_me,
    gather_for,
    receive_request,
)
from courtepointe.people.actions.privacy.retention import destroy_all_due, destroy_due
from courtepointe.people.actions.privacy.searches import Looked, look_in_texts, say_what_was_done
from courtepointe.people.actions.rows import (
    change,
    create,
    create_many,
    forget_in_history,
    new_batch,
    remove,
)
from courtepointe.people.actions.sharing import (
    answer_agreement,
    end_fiduciary,
    name_fiduciary,
    offer_agreement,
    revoke_agreement,
)
from courtepointe.people.actions.undone import undo_batch
from courtepointe.people.actions.workspaces import (
    change_workspace,
    drop_territory,
    open_workspace,
    stand_on,
)

__all__ = [
    "Looked",
    "accept_invitation",
    "answer_agreement",
    "answer_request",
    "approve_export",
    "ask_about_me",
    "ask_export",
    "change",
    "change_incident",
    "change_profile",
    "change_roles",
    "change_workspace",
    "create",
    "create_many",
    "destroy_all_due",
    "destroy_due",
    "drop_draft",
    "drop_territory",
    "end_fiduciary",
    "end_seat",
    "erase_for",
    "forget_in_history",
    "gather_for",
    "invite",
    "join_with_new_account",
    "keep_draft",
    "leave",
    "log_destruction",
    "look_for",
    "look_in_texts",
    "match_draft",
    "name_fiduciary",
    "new_batch",
    "note_consent",
    "note_incident",
    "offer_agreement",
    "offer_recovery",
    "open_account",
    "open_workspace",
    "receive_request",
    "recover",
    "refuse_export",
    "remove",
    "revoke_agreement",
    "revoke_invitation",
    "say_what_was_done",
    "stand_on",
    "take_export",
    "take_in",
    "undo_batch",
    "withdraw_consent",
]
