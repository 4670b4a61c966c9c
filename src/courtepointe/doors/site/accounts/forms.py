"""What a person types to join, to come back, to change their name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.utils.translation import gettext_lazy as _

LANGUAGES = (("fr", "Français"), ("en", "English"))


class PasswordForm(forms.Form):
    """A new password, typed once: it can be shown."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """Refuse what is short or well known."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class JoinForm(PasswordForm):
    """A new account."""

    name = forms.CharField(
        label=_("Your name, as the others will read it"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address, to sign in with"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("name", "email", "password")


class ProfileForm(forms.Form):
    """How a person is called, and their language."""

    name = forms.CharField(
        label=_("Your name, as the others will read it"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    lang = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
