"""What allauth asks of us: nobody signs up without an invitation, second factors are sealed at rest."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from courtepointe.people.sealed import seal, unseal


class Doorkeeper(DefaultAccountAdapter):  # type: ignore[misc]
    """No account without an invitation; no letter where no mail server was given."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "This email address or this password is not right."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: an invitation opens accounts."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send only where the operator gave a mail server."""
        if settings.SENDS_MAIL:
            super().send_mail(template_prefix, email, context)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Keep quiet: our pages say themselves what happened."""


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys, authenticator applications, recovery codes."""

    def encrypt(self, text: str) -> str:
        """Seal an authenticator's secret."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open an authenticator's secret."""
        return unseal(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Name a passkey by its number."""
        kept = user.authenticator_set.filter(type=type).count()
        return gettext("Passkey %(number)d") % {"number": kept + 1}

    def _get_site_name(self) -> str:
        return "Courtepointe"
