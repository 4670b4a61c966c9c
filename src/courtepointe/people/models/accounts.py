"""Who signs in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Accounts(BaseUserManager["Account"]):
    """How accounts are found by who signs in."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Find by e-mail, whatever the case."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A person who signs in, with a passkey or with a password and a second factor.

    The e-mail address is what one signs in with: it is kept readable. Nothing else is known of a
    person but the name that they give themselves and their language.
    """

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    lang = models.CharField(max_length=2, default="fr")
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField()

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("account")
        constraints = (models.UniqueConstraint(Lower("email"), name="one_account_an_address"),)

    def __str__(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Give no right of Django's own: roles give them."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Give no right of Django's own: roles give them."""
        return False


class RecoveryLink(models.Model):
    """A link that the operator gives to somebody who can no longer sign in: once, soon."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_links")
    secret = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recovery link")

    def __str__(self) -> str:
        return f"{self.account_id} {self.made}"
