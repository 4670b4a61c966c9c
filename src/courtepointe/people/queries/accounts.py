"""Who signs in."""

from __future__ import annotations

from collections.abc import Mapping, Set
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


def names_of(accounts: Set[int]) -> Mapping[int, str]:
    """Give the names of accounts, by their ids."""
    return dict(Account.objects.filter(pk__in=accounts).values_list("pk", "name"))


def recovery_for(secret: str, *, now: datetime) -> RecoveryLink | None:
    """Find a recovery link that was not used and has not expired."""
    return (
        RecoveryLink.objects.select_related("account")
        .filter(secret=hashed(secret), used=None, expires__gt=now)
        .first()
    )
