"""Join by an invitation, come back by a recovery link, change one's name."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from courtepointe.core.errors import CourtepointeError, NotAllowed, NotFound
from courtepointe.doors.site.accounts.forms import JoinForm, PasswordForm, ProfileForm
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.security import before_protection, public, takes_forms
from courtepointe.doors.site.space.frame import add_fault, signed_in
from courtepointe.people.actions import (
    accept_invitation,
    change_profile,
    join_with_new_account,
    recover,
)
from courtepointe.people.queries import invitation_for, recovery_for
from courtepointe.people.queries.members import joined_by
from courtepointe.people.roles import kinds, roles

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@takes_forms
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Read an invitation; join with the account that one has, or open one."""
    now, lang = timezone.now(), language(request)
    offered = invitation_for(secret, now=now)
    if offered is None:
        return _joined_already(request, secret)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.user.is_authenticated:
        return redirect("space", slug=accept_invitation(secret, by=signed_in(request), now=now))
    if request.method == "POST" and form.is_valid():
        try:
            return _open_and_join(request, form, secret)
        except CourtepointeError as error:
            add_fault(form, error, lang=lang)
    values = {
        "offered": offered,
        "kind": kinds()[offered.kind].in_(lang) if offered.kind in kinds() else "",
        "roles": [roles()[code].name.in_(lang) for code in offered.roles if code in roles()],
        "form": form,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "site/accounts/join.html", values, status=status)


def _joined_already(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Bring in who joined by this very link and sent it twice, or came back; nobody else learns of it."""
    slug = None
    if request.user.is_authenticated:
        slug = joined_by(secret, signed_in(request), now=timezone.now())
    if slug is None:
        raise NotFound("unknown_invitation")
    return redirect("space", slug=slug)


def _open_and_join(request: HttpRequest, form: JoinForm, secret: str) -> HttpResponseBase:
    now, typed = timezone.now(), form.cleaned_data
    account = join_with_new_account(
        secret,
        email=typed["email"],
        name=typed["name"],
        password=typed["password"],
        lang=language(request),
        now=now,
    )
    login(request, account, backend=BACKEND)
    record_authentication(request, account, method="password", reauthenticated=True)
    return redirect("mfa_index")


@public
@takes_forms
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def recover_account(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Set a new password by the operator's link; second factors are made again after."""
    now = timezone.now()
    if recovery_for(secret, now=now) is None:
        raise NotFound("unknown_recovery_link")
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        recover(secret, password=form.cleaned_data["password"], now=now)
        return redirect("account_login")
    status = 400 if request.method == "POST" else 200
    return render(request, "site/accounts/recover.html", {"form": form}, status=status)


@before_protection
@takes_forms
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponseBase:
    """Change how one is called, and one's language."""
    if not request.user.is_authenticated:
        raise NotAllowed("sign_in_needed")
    account = request.user
    begun = {"name": account.name, "lang": account.lang}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            change_profile(signed_in(request), **cast(dict[str, str], form.cleaned_data))
            return redirect("profile")
        except CourtepointeError as error:
            add_fault(form, error, lang=language(request))
    status = 400 if request.method == "POST" else 200
    return render(request, "site/accounts/profile.html", {"form": form}, status=status)
