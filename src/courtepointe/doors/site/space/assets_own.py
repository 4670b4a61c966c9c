"""What somebody contributed, wherever it was: to read it again, and to withdraw it at any time."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courtepointe.doors.site.errors import language
from courtepointe.doors.site.security import takes_forms
from courtepointe.doors.site.space.assets_told import told
from courtepointe.doors.site.space.frame import signed_in
from courtepointe.places.assets.actions import withdraw
from courtepointe.places.assets.queries import contributed_by


@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponseBase:
    """List one's contributions, those to workspaces that one left too."""
    lang = language(request)
    found = [(name, told(one, lang=lang)) for name, one in contributed_by(signed_in(request))]
    return render(request, "site/space/assets_own.html", {"found": found})


@takes_forms
@never_cache
@require_POST
def withdraw_own(request: HttpRequest, number: int) -> HttpResponseBase:
    """Withdraw a contribution of one's own."""
    withdraw(number, by=signed_in(request), now=timezone.now())
    return redirect("own_contributions")
