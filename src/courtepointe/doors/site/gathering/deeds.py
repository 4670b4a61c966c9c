"""What may be done on a page: a form each, told apart by its ``do``; who may not is not shown it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise

from courtepointe.core.errors import CourtepointeError, NotAllowed
from courtepointe.doors.site.space.frame import Space, add_fault, space_answer, status_of

Act = Callable[[dict[str, Any]], str | None]


class NumberForm(forms.Form):
    """A line of the page, by its number."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


@dataclass(slots=True)
class Deed:
    """A form of a page.

    Attributes
    ----------
    act
        Of what was typed; gives the address to go to, or nothing for the same page.
    in_line
        Drawn beside a line of the page by the template, once a line, rather than below it.
    ask, asking
        What may be asked before it is done, of what was typed, and the words of that button: a sentence is
        answered on the page, nothing is written and what was typed stays.
    stands
        What somebody else wrote meanwhile, a label and its words a line.
    """

    do: str
    button: str | Promise
    act: Act
    make: Callable[..., forms.Form] = forms.Form
    title: str | Promise = ""
    right: str = "write"
    in_line: bool = False
    ask: Callable[[dict[str, Any]], str] | None = None
    asking: str | Promise = ""
    said: str = ""
    stands: list[tuple[str, str]] = field(default_factory=list)
    form: forms.Form = field(default_factory=forms.Form)


def row_deed(
    do: str, button: str | Promise, act: Callable[[int], Any], right: str = "write"
) -> Deed:
    """Make a button that stands on lines: it acts on the line's number."""

    def on(typed: dict[str, Any]) -> None:
        act(typed["number"])

    return Deed(do, button, on, NumberForm, right=right, in_line=True)


def page_of(
    request: HttpRequest,
    space: Space,
    template: str,
    deeds: Sequence[Deed],
    draw: Callable[[], dict[str, Any]],
    *,
    here: str,
) -> HttpResponseBase:
    """Do what was sent and come back to the page, or draw it with what may be done.

    ``draw`` gives the template's values; it is called after the deed, so that the page is of now.
    """
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    offered = [deed for deed in deeds if space.may(deed.right)]
    if asked and all(deed.do != asked for deed in offered):
        if not space.may("write") or any(deed.do == asked for deed in deeds):
            raise NotAllowed("role_needed")
        return redirect(
            request.path
        )  # sent twice, or from a page that has aged: here is how it stands
    for deed in offered:
        sent = request.POST if deed.do == asked else None
        deed.form = deed.make(sent, auto_id=f"{deed.do}_%s")
    for deed in offered:
        if deed.do == asked and deed.form.is_valid():
            try:
                if deed.ask and "ask" in request.POST:
                    deed.said = deed.ask(deed.form.cleaned_data)
                    continue
                return redirect(deed.act(deed.form.cleaned_data) or f"{request.path}#{deed.do}")
            except CourtepointeError as error:
                add_fault(deed.form, error, lang=space.lang)
    values = {
        **draw(),
        "below": [deed for deed in offered if not deed.in_line],
        "deeds": {deed.do: deed for deed in offered},
    }
    status = status_of(*(deed.form for deed in offered))
    return space_answer(
        request, space, f"../gathering/{template}", values, here=here, status=status
    )
