"""Accounts: opened by an invitation, changed by their person, recovered by a link of the operator."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.people.models import Account, RecoveryLink
from courtepointe.people.queries import account_of, recovery_for
from courtepointe.people.secrets import hashed, new_secret
from courtepointe.people.values import Person

RECOVERY_LIFE = timedelta(hours=24)
LANGUAGES = ("fr", "en")


def clean_name(name: str) -> str:
    """Give a name without outer or double spaces, or raise `BadInput`."""
    plain = " ".join(name.split())
    if not plain or len(plain) > 120:
        raise BadInput("name_needed", value=plain[:40], expected=120)
    return plain


@transaction.atomic
def open_account(*, email: str, name: str, password: str, lang: str, now: datetime) -> Account:
    """Open an account; whoever calls has checked that the person was asked to join."""
    address = email.strip().lower()
    if account_of(address) is not None:
        raise Refused("account_exists")
    account = Account(
        email=address,
        name=clean_name(name),
        lang=lang if lang in LANGUAGES else "fr",
        created=now,
    )
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:  # somebody opened it between the question and the answer
        raise Refused("account_exists") from error
    return account


@transaction.atomic
def change_profile(by: Person, *, name: str, lang: str) -> Account:
    """Change how a person is called, and their language."""
    if lang not in LANGUAGES:
        raise BadInput("language_not_offered", value=lang, expected="fr, en")
    account = Account.objects.select_for_update().get(pk=by.id)
    account.name, account.lang = clean_name(name), lang
    account.save(update_fields=["name", "lang"])
    return account


@transaction.atomic
def offer_recovery(email: str, *, now: datetime) -> str:
    """Make a link for somebody who can no longer sign in, and give its secret; older links die.

    Only the operator's command calls this: a coordinator who could would become anybody who is also
    in other workspaces.
    """
    account = account_of(email)
    if account is None:
        raise NotFound("unknown_account", value=email)
    account.recovery_links.filter(used=None).update(expires=now)
    secret = new_secret()
    RecoveryLink.objects.create(
        account=account, secret=hashed(secret), made=now, expires=now + RECOVERY_LIFE
    )
    return secret


@transaction.atomic
def recover(secret: str, *, password: str, now: datetime) -> Account:
    """Set a new password and forget the second factors, which are made again at the next sign-in."""
    link = recovery_for(secret, now=now)
    if link is None:
        raise NotFound("unknown_recovery_link")
    link.used = now
    link.save(update_fields=["used"])
    Authenticator.objects.filter(user=link.account).delete()
    link.account.set_password(password)
    link.account.save(update_fields=["password"])
    return link.account
