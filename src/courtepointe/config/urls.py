"""Every address of the site begins with its language."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from courtepointe.doors.site import errors, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.choose_language, name="choose_language"),
    path("api/", include("courtepointe.doors.api.urls")),
    *i18n_patterns(
        path("", include("courtepointe.doors.site.urls")),
        path("", include("courtepointe.doors.site.space.urls")),
        prefix_default_language=True,
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
