"""Every write of surveys."""

from __future__ import annotations

from courtepointe.portraits.surveys.actions.questions import (
    add_question,
    change_question,
    move_question,
    pick,
    remove_question,
    translate,
)
from courtepointe.portraits.surveys.actions.sheets import answer_by_link, key_sheet, take_sheets
from courtepointe.portraits.surveys.actions.surveys import (
    add_language,
    begin_survey,
    close_survey,
    count_again,
    describe_survey,
    drop_language,
    drop_survey,
    follow_survey,
    open_survey,
    renew_link,
    set_margins,
)
from courtepointe.portraits.surveys.actions.taken import take_results

__all__ = [
    "add_language",
    "add_question",
    "answer_by_link",
    "begin_survey",
    "change_question",
    "close_survey",
    "count_again",
    "describe_survey",
    "drop_language",
    "drop_survey",
    "follow_survey",
    "key_sheet",
    "move_question",
    "open_survey",
    "pick",
    "remove_question",
    "renew_link",
    "set_margins",
    "take_results",
    "take_sheets",
    "translate",
]
