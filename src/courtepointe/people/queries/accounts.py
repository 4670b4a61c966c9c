"""Who signs in."""

from __future__ import annotations

from datetime import datetime

from courtepointe.people.models import Account, RecoveryLink
from courtepointe.people.secrets import hashed
from courtepointe.people.values import Person


def account_of(email: str) -> Account | None:
    """Find an account by its address, whatever the case."""
    return Account.objects.filter(email__iexact=email.strip()).first()


def person_of(account: Account) -> Person:
    """Give an account as the rooms know it."""
    return Person(account.pk, account.name)


def recovery_for(secret: str, *, now: datetime) -> RecoveryLink | None:
    """Find a recovery link that was not used and has not expired."""
    return (
        RecoveryLink.objects.select_related("account")
        .filter(secret=hashed(secret), used=None, expires__gt=now)
        .first()
    )
