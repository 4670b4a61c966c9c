"""Addresses of accounts: allauth's own names, in our languages."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.accounts import own, views
from courtepointe.doors.site.security import View, before_protection, public, takes_forms


def _open(view: View) -> View:
    """Let strangers reach a page of allauth's, and send its form."""
    return public(takes_forms(view))


def _own(view: View) -> View:
    """Let whoever signed in reach a page of allauth's, before they have a second factor."""
    return before_protection(takes_forms(view))


urlpatterns = [
    path(_("sign-in/"), _open(account.login), name="account_login"),
    path(_("sign-in/passkey/"), _open(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path(_("sign-in/second-step/"), _open(mfa.authenticate), name="mfa_authenticate"),
    path(_("sign-out/"), _own(account.logout), name="account_logout"),
    path(_("inactive/"), _open(account.account_inactive), name="account_inactive"),
    path(_("forgotten/"), _open(account.password_reset), name="account_reset_password"),
    path(
        _("forgotten/sent/"), _open(account.password_reset_done), name="account_reset_password_done"
    ),
    path(
        _("forgotten/<str:uidb36>-<str:key>/"),
        _open(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        _("forgotten/done/"),
        _open(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path(_("recover/<str:secret>/"), views.recover_account, name="recover"),
    path(_("confirm/"), _own(account.reauthenticate), name="account_reauthenticate"),
    path(_("confirm/code/"), _own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        _("confirm/passkey/"),
        _own(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(_("password/"), _own(account.password_change), name="account_change_password"),
    path("", views.profile, name="profile"),
    path(_("held/"), own.own, name="own"),
    path(_("held/<int:workspace>/"), own.held, name="held"),
    path(_("held/<int:workspace>.json"), own.held_file, name="held_file"),
    path(_("protection/"), _own(mfa.index), name="mfa_index"),
    path(_("protection/app/"), _own(totp.activate_totp), name="mfa_activate_totp"),
    path(_("protection/app/remove/"), _own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(_("protection/passkeys/"), _own(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path(_("protection/passkeys/add/"), _own(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        _("protection/passkeys/<int:pk>/remove/"),
        _own(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        _("protection/passkeys/<int:pk>/"), _own(passkeys.edit_webauthn), name="mfa_edit_webauthn"
    ),
    path(_("protection/codes/"), _own(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        _("protection/codes/new/"),
        _own(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        _("protection/codes/file/"),
        _own(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
