"""Records that may be one place twice: side by side, with why; a person decides."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from courtepointe.doors.site.space.directory import HERE
from courtepointe.doors.site.space.directory_forms import number_in
from courtepointe.doors.site.space.frame import FORM, Space, space_answer, space_page
from courtepointe.places.actions import decide_pair, look_for_doubles, merge_pair
from courtepointe.places.queries import pair_counts, pairs_to_decide
from courtepointe.places.queries.contacts import contacts_twice
from courtepointe.places.words import reason_word, table_word

DECISIONS = ("different", "later")


@space_page("write", methods=FORM)
def pairs(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show the likeliest pair that waits, and those after it; look for them; decide."""
    if request.method == "POST":
        return _done(request, space)
    kept = request.GET.get("decided", "")
    decision = kept if kept in DECISIONS else ""
    told = pairs_to_decide(space.seen.id, decision=decision)
    values = {
        "pairs": [
            (
                one,
                table_word(one.table, lang=space.lang),
                [reason_word(what, level, lang=space.lang) for what, level in one.reasons],
                round(one.probability * 100),
            )
            for one in told
        ],
        "counts": pair_counts(space.seen.id),
        "contacts": contacts_twice(space.seen.id) if space.may("contacts") and not decision else (),
        "decision": decision,
        "merged": request.GET.get("merged", ""),
    }
    return space_answer(request, space, "directory_pairs.html", values, here=HERE)


def _done(request: HttpRequest, space: Space) -> HttpResponseBase:
    slug, by, now = space.seen.slug, space.by, space.now
    do, number = request.POST.get("do", ""), number_in(request.POST, "pair") or 0
    page = space.address("space_pairs")
    if do == "look":
        look_for_doubles(slug, by=by, now=now)
    elif do in ("first", "second"):
        batch = merge_pair(slug, number, keep=do, by=by, now=now)
        return redirect(f"{page}?merged={batch}")
    elif do in (*DECISIONS, "again"):
        decide_pair(slug, number, "" if do == "again" else do, by=by, now=now)
    else:
        raise Http404
    return redirect(page)
