"""The app of surveys."""

from __future__ import annotations

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Surveys: what people answer of their neighbourhood, without a name."""

    name = "courtepointe.portraits.surveys"
    label = "surveys"
