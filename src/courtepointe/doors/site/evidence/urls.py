"""Addresses of evidence, below a resilience portrait."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.evidence import agreeing, codebook, coding, sources

evidence = [
    path("", sources.listed, name="space_evidence"),
    path(_("add/"), sources.add, name="space_evidence_add"),
    path(_("codebook/"), codebook.book, name="space_evidence_codebook"),
    path(_("agreement/"), agreeing.agreement, name="space_evidence_agreement"),
    path(_("new-codes/"), agreeing.saturation, name="space_evidence_saturation"),
    path(_("codes.csv"), agreeing.codes_file, name="space_evidence_codes"),
    path("<int:source>/", sources.one, name="space_evidence_source"),
    path("<int:source>/photo.jpg", sources.photo, name="space_evidence_photo"),
    path(_("<int:source>/code/"), coding.page, name="space_evidence_coding"),
    path(_("<int:source>/code/<int:coding>/"), coding.detail, name="space_evidence_coding_detail"),
]
