"""Addresses of surveys: below a workspace's resilience portraits, and the public form."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.surveys import (
    design,
    files,
    keying,
    listed,
    public,
    questions,
    results,
)

surveys = [
    path(_("<int:number>/surveys/"), listed.listed, name="space_surveys"),
    path(_("surveys/<int:number>/"), design.one, name="space_survey"),
    path(_("surveys/<int:number>/bank/"), questions.bank, name="space_survey_bank"),
    path(_("surveys/<int:number>/question/"), questions.own, name="space_survey_own"),
    path(_("surveys/<int:number>/question/<int:question>/"), questions.change, name="space_survey_change"),
    path(_("surveys/<int:number>/texts/<slug:lang>/"), questions.texts, name="space_survey_texts"),
    path(_("surveys/<int:number>/preview/"), keying.preview, name="space_survey_preview"),
    path(_("surveys/<int:number>/keying/"), keying.keying, name="space_survey_keying"),
    path(_("surveys/<int:number>/people/"), results.people, name="space_survey_people"),
    path(_("surveys/<int:number>/import/"), files.bring, name="space_survey_import"),
    path(_("surveys/<int:number>/form.xlsx"), files.xlsform, name="space_survey_xlsform"),
    path(_("surveys/<int:number>/form.pdf"), files.paper, name="space_survey_paper"),
    path(_("surveys/<int:number>/results/"), results.page, name="space_survey_results"),
    path(_("surveys/<int:number>/results.csv"), results.table, name="space_survey_csv"),
    path(_("surveys/<int:number>/results/<str:code>.svg"), results.chart, name="space_survey_chart"),
]  # fmt: skip

open_to_all = [
    path(_("answer/<str:token>/"), public.answer, name="survey_answer"),
    path(_("answer/<str:token>/thanks/"), public.thanks, name="survey_thanks"),
]
