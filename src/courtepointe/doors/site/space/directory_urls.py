"""Addresses of the directory's pages."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.space import (
    directory as listing,
)
from courtepointe.doors.site.space import (
    directory_edit,
    directory_import,
    directory_pairs,
    directory_shown,
)

directory = [
    path("", listing.listing, name="space_directory"),
    path(_("new/<slug:kind>/"), directory_edit.new, name="space_new_record"),
    path(_("import/"), directory_import.bring, name="space_take_in"),
    path(_("import/<int:number>/"), directory_import.preview, name="space_incoming"),
    path(_("export.<slug:ending>"), directory_import.leave, name="space_directory_file"),
    path(_("duplicates/"), directory_pairs.pairs, name="space_pairs"),
    path("<int:number>/", listing.record, name="space_record"),
    path(_("<int:number>/correct/"), directory_edit.edit, name="space_edit_record"),
    path(_("<int:number>/new/<slug:table>/"), directory_edit.new_detail, name="space_new_detail"),
    path("<int:number>/<int:part>/", directory_edit.detail, name="space_detail"),
]

received = [
    path("<int:record>/", directory_shown.received_record, name="space_received_record"),
    path(_("export.<slug:ending>"), directory_shown.received_file, name="space_received_file"),
]
