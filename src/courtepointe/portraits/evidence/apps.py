"""The app of evidence."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Evidence: sources with their consent, passages, who coded them to what, second readings."""

    name = "courtepointe.portraits.evidence"
    label = "evidence"
