"""People and their workspaces, as rows."""

from __future__ import annotations

from courtepointe.people.models.accounts import Account, RecoveryLink
from courtepointe.people.models.brought import RememberedHeadings, TableDraft
from courtepointe.people.models.history import HistoryRow
from courtepointe.people.models.privacy import (
    ConsentRecord,
    Destruction,
    DestructionRun,
    ExportRequest,
    Incident,
    RequestSearch,
    SubjectRequest,
)
from courtepointe.people.models.sharing import FiduciaryPeriod, SharingAgreement
from courtepointe.people.models.workspaces import (
    Invitation,
    Membership,
    Workspace,
    WorkspaceTerritory,
)

__all__ = [
    "Account",
    "ConsentRecord",
    "Destruction",
    "DestructionRun",
    "ExportRequest",
    "FiduciaryPeriod",
    "HistoryRow",
    "Incident",
    "Invitation",
    "Membership",
    "RecoveryLink",
    "RememberedHeadings",
    "RequestSearch",
    "SharingAgreement",
    "SubjectRequest",
    "TableDraft",
    "Workspace",
    "WorkspaceTerritory",
]
