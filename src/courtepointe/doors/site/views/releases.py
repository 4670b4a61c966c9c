"""The editions of data: which are recalled or superseded, and those that a kept area was read with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courtepointe.doors.editions import by_edition
from courtepointe.doors.served import served
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.releases_read import known_releases
from courtepointe.doors.site.security import public
from courtepointe.doors.site.subjects import subject_of
from courtepointe.portraits.queries import uses_by
from courtepointe.portraits.releases import CUSTOM_AREA


@public
@require_safe
@by_edition
def listed(request: HttpRequest) -> HttpResponse:
    """List every release, those that must no longer be relied on first."""
    held = sorted(served().pack.recipe.releases, key=lambda r: r.recalled is None)
    return render(request, "site/releases.html", {"releases": held})


@public
@never_cache
@require_safe
def used(request: HttpRequest, token: str) -> HttpResponse:
    """Tell whoever holds an area's address which releases it was read with when it was named."""
    now, clock = served(), timezone.now()
    subject = subject_of(now, {"token": token}, lang=language(request), now=clock)
    uses = uses_by(CUSTOM_AREA, token, now=clock)
    codes = [use.release for use in uses]
    found = known_releases(now.pack.recipe, codes)
    page = {
        "subject": subject,
        "releases": found,
        "gone": sorted(set(codes) - {release.code for release in found}),
        "same_pack": all(use.pack_hash == now.pack.content_hash for use in uses),
    }
    return render(request, "site/releases.html", page)
