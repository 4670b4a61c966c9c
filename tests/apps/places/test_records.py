"""A record is added, corrected, verified, shown and closed; each field says who said it and who verified it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.support.directory import (
    ORGANISATION,
    PLACE,
    SECRET,
    SECRETS,
    SERVICE,
    entry,
    taken_in,
    writing,
)
from tests.support.table import NOW, Table
from tests.support.town import town

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.models import HistoryRow
from courtepointe.people.queries import changes_of_thing
from courtepointe.places.access import audience_of, entry_to_read
from courtepointe.places.actions import (
    Writing,
    add,
    add_part,
    change_fields,
    change_part,
    close,
    count_capacity,
    drop_capacity,
    offer_at,
    offer_no_more,
    open_again,
    remove_part,
    review,
    show_to,
    verify,
)
from courtepointe.places.areas import areas_of
from courtepointe.places.exports import exported
from courtepointe.places.models import Capacity, Entry, Part, Proposal
from courtepointe.places.queries import seen_by
from courtepointe.places.values import PUBLIC, Audience, FieldTold, Seen

WHOLE = {"name": "Café de l’Œil", "description": "Un café", "location_type": "physical"}


def seen(table: Table, uid: str, who: str = "coordinator") -> Seen:
    workspace, row = entry_to_read(table.slug, entry(uid).pk, by=getattr(table, who), now=NOW)
    return seen_by(row, audience_of(workspace), now=NOW)


def field(told: Seen, name: str) -> FieldTold:
    return next(one for one in told.fields if one.field == name)


def test_each_field_says_its_source_and_who_verified_it_when(table: Table) -> None:
    taken_in(table, dated=date(2026, 3, 31))
    name = field(seen(table, ORGANISATION), "name")
    assert (name.source, name.said_on, name.verified_on) == ("Le fichier de la table", date(2026, 3, 31), None)  # fmt: skip
    verify(table.slug, entry(ORGANISATION).pk, fields=("name",), writing=writing(table))
    told = seen(table, ORGANISATION)
    name = field(told, "name")
    assert (name.source, name.verified_on, name.verified_by) == ("Le fichier de la table", date(2026, 6, 1), "Ana")  # fmt: skip
    assert field(told, "description").verified_on is None
    change_fields(table.slug, entry(ORGANISATION).pk, {"description": "Ouvert"}, writing=writing(table))  # fmt: skip
    told = seen(table, ORGANISATION)
    described = field(told, "description")
    assert (described.value, described.source, described.said_by) == ("Ouvert", "", "Ana")
    assert told.listed.verified_on == date(2026, 6, 1)
    (last, *_) = changes_of_thing(table.id, "places.entry", str(entry(ORGANISATION).pk))
    assert last.by == "Ana"


def test_one_click_verifies_all_that_a_record_says(table: Table) -> None:
    taken_in(table)
    verify(table.slug, entry(PLACE).pk, writing=writing(table))
    told = seen(table, PLACE)
    assert all(one.verified_on == date(2026, 6, 1) for one in told.fields)
    assert all(one.verified_by == "Ana" for part in told.parts for one in part.fields)
    with pytest.raises(BadInput, match="nothing_to_verify"):
        verify(table.slug, entry(PLACE).pk, fields=("url",), writing=writing(table))


def test_three_people_and_one_who_left_before_a_record(table: Table) -> None:
    taken_in(table)
    number = entry(ORGANISATION).pk
    assert seen(table, ORGANISATION, "member").listed.name == "La Maille"
    for who in ("former", "stranger"):
        with pytest.raises(NotFound, match="unknown_workspace"):
            entry_to_read(table.slug, number, by=getattr(table, who), now=NOW)
    with pytest.raises(NotFound, match="unknown_record"):
        entry_to_read(table.other, number, by=table.stranger, now=NOW)
    acts = [
        lambda slug, w: change_fields(slug, number, {"name": "x"}, writing=w),
        lambda slug, w: verify(slug, number, writing=w),
        lambda slug, w: show_to(slug, number, "public", writing=w),
        lambda slug, w: close(slug, number, on=NOW.date(), why="", writing=w),
        lambda slug, w: open_again(slug, number, writing=w),
        lambda slug, w: review(slug, number, accepted=True, writing=w),
        lambda slug, w: add_part(slug, number, "phone", {"number": "1"}, writing=w),
        lambda slug, w: count_capacity(slug, number, unit="lits", maximum=1, available=None, writing=w),
        lambda slug, w: drop_capacity(slug, number, 1, writing=w),
        lambda slug, w: offer_at(slug, number, number, writing=w),
        lambda slug, w: offer_no_more(slug, number, writing=w),
        lambda slug, w: change_part(slug, Part.objects.filter(table="phone")[0].pk, {"number": "2"}, writing=w),
        lambda slug, w: remove_part(slug, Part.objects.filter(table="phone")[0].pk, writing=w),
    ]  # fmt: skip
    for place, act in enumerate(acts):
        for who in ("former", "stranger"):
            with pytest.raises(NotFound):
                act(table.slug, writing(table, who))
        with pytest.raises(NotFound):
            act(table.other, writing(table, "stranger"))
        if place > 0:
            with pytest.raises(NotAllowed, match="role_needed"):
                act(table.slug, writing(table, "member"))
    assert entry(ORGANISATION).values["name"] == "La Maille"


def test_who_contributes_adds_what_somebody_reviews_and_proposes_corrections(table: Table) -> None:
    taken_in(table)
    number = add(table.slug, "location", WHOLE, visibility="public", writing=writing(table, "member"))  # fmt: skip
    row = Entry.objects.get(pk=number)
    assert (row.awaits_review, row.visibility) == (True, "workspace")
    assert str(row.uid) not in {one.id for one in exported(table.slug, by=table.coordinator, now=NOW)}  # fmt: skip
    review(table.slug, number, accepted=True, writing=writing(table))
    assert str(row.uid) in {one.id for one in exported(table.slug, by=table.coordinator, now=NOW)}
    with pytest.raises(Refused, match="already_reviewed"):
        review(table.slug, number, accepted=False, writing=writing(table))
    change_fields(table.slug, number, {"name": "Café"}, writing=writing(table, "member"))
    assert Entry.objects.get(pk=number).values["name"] == WHOLE["name"]
    assert Proposal.objects.get().source is None
    other = add(table.slug, "location", WHOLE, writing=writing(table, "member"))
    part = add_part(table.slug, other, "phone", {"number": "514 555-0111"}, writing=writing(table))
    count_capacity(table.slug, other, unit="seats", maximum=4, available=None, writing=writing(table))  # fmt: skip
    review(table.slug, other, accepted=False, why="existe déjà", writing=writing(table))
    assert not Entry.objects.filter(pk=other).exists()
    gone = HistoryRow.objects.filter(verb="removed", why="existe déjà")
    assert {one.what for one in gone} == {"places.entry", "places.part", "places.capacity"}
    assert gone.get(what="places.part", key=str(part)).before["values"]["number"] == "514 555-0111"


@pytest.mark.parametrize(
    ("table_name", "values", "code"),
    [
        ("moon", WHOLE, "record_kind"),
        ("phone", {"number": "1"}, "record_kind"),
        ("location", {"name": "A"}, "field_value"),
        ("location", {**WHOLE, "url": "exemple"}, "field_value"),
        ("location", {**WHOLE, "longitude": "loin"}, "field_value"),
        ("organization", {"name": "A"}, "field_value"),
        ("service", {"name": "A", "status": "active", "organization_id": PLACE}, "unknown_record"),
    ],
)
def test_what_does_not_hold_to_the_standard_is_not_added(
    table: Table, table_name: str, values: dict[str, object], code: str
) -> None:
    with pytest.raises((BadInput, NotFound), match=code):
        add(table.slug, table_name, values, writing=writing(table))
    assert Entry.objects.count() == 0


def test_a_correction_that_does_not_hold_changes_nothing(table: Table) -> None:
    taken_in(table)
    number = entry(PLACE).pk
    for values in ({"url": "exemple"}, {"location_type": ""}, {"organization_id": SERVICE}):
        with pytest.raises((BadInput, NotFound)):
            change_fields(table.slug, number, values, writing=writing(table))
    same = {"name": "Centre Saint-Pierre", "transportation": ""}
    assert change_fields(table.slug, number, same, writing=writing(table)) == 0
    assert entry(PLACE).verified_on is None


def test_contact_persons_are_for_who_may_see_them(table: Table) -> None:
    taken_in(table)
    assert SECRET in str(seen(table, PLACE)), "the coordinator has the right"
    for told in (
        seen(table, PLACE, "member"),
        seen_by(entry(PLACE), Audience(("partners", "public")), now=NOW),
        seen_by(entry(PLACE), PUBLIC, now=NOW),
    ):
        assert not [one for one in SECRETS if one in str(told)]
        assert "contact" not in {part.table for part in told.parts}
    contact = Part.objects.get(table="contact")
    with pytest.raises(NotAllowed):
        change_part(table.slug, contact.pk, {"name": "x"}, writing=writing(table, "member"))
    change_part(table.slug, contact.pk, {"title": "coordonnatrice"}, writing=writing(table))
    assert "coordonnatrice" in str(seen(table, PLACE)) and SECRET in str(seen(table, PLACE))
    assert "coordonnatrice" not in str(Part.objects.values_list("values", "more", "sources"))


def test_who_verified_is_named_in_the_workspace_alone(table: Table) -> None:
    taken_in(table)
    verify(table.slug, entry(ORGANISATION).pk, writing=writing(table))
    told = seen_by(entry(ORGANISATION), PUBLIC, now=NOW)
    assert field(told, "name").verified_on and "Ana" not in str(told)


def test_details_are_added_corrected_and_removed(table: Table) -> None:
    taken_in(table)
    number = entry(ORGANISATION).pk
    part = add_part(table.slug, number, "phone", {"number": "514 555-0142", "type": ""}, writing=writing(table))  # fmt: skip
    assert Part.objects.get(pk=part).key == "5145550142"
    change_part(table.slug, part, {"number": "514 555-0143", "organization_id": PLACE}, writing=writing(table))  # fmt: skip
    held = Part.objects.get(pk=part)
    assert (held.key, held.values["organization_id"]) == ("5145550143", ORGANISATION)
    with pytest.raises(BadInput, match="detail_kind"):
        add_part(table.slug, number, "schedule", {"description": "x"}, writing=writing(table))
    with pytest.raises(BadInput, match="field_value"):
        change_part(table.slug, part, {"number": ""}, writing=writing(table))
    remove_part(table.slug, part, why="faux", writing=writing(table))
    assert not Part.objects.filter(pk=part).exists()


def test_a_service_is_offered_at_places(table: Table) -> None:
    taken_in(table)
    other = add(table.slug, "location", WHOLE, writing=writing(table))
    service = entry(SERVICE).pk
    offer_at(table.slug, service, other, writing=writing(table))
    with pytest.raises(Refused, match="already_offered_there"):
        offer_at(table.slug, service, other, writing=writing(table))
    links = {one.name: one for one in seen(table, SERVICE).links}
    assert set(links) == {"La Maille", "Centre Saint-Pierre", WHOLE["name"]}
    offer_no_more(table.slug, links[WHOLE["name"]].through or 0, writing=writing(table))
    assert WHOLE["name"] not in {one.name for one in seen(table, SERVICE).links}
    assert {one.name for one in seen(table, PLACE).links} == {"Halte-chaleur"}


def test_capacities_are_counted_and_say_when_they_were_verified(table: Table) -> None:
    taken_in(table)
    number = entry(PLACE).pk
    count_capacity(table.slug, number, unit=" seats ", maximum=100, available=0, writing=writing(table))  # fmt: skip
    told = {one.unit: one for one in seen(table, PLACE).capacities}
    assert (told["seats"].maximum, told["seats"].available, told["seats"].verified_by) == (100, 0, "Ana")  # fmt: skip
    assert told["toilets"].available is None and told["toilets"].verified_on is None
    for unit, maximum, free in (("lits", 3, 4), ("lits", -1, None), ("", 3, 1), ("a;b", 3, 1)):
        with pytest.raises(BadInput, match="capacity"):
            count_capacity(
                table.slug, number, unit=unit, maximum=maximum, available=free, writing=writing(table)
            )  # fmt: skip
    drop_capacity(table.slug, number, told["toilets"].number, writing=writing(table))
    assert Capacity.objects.count() == 1


def test_what_is_closed_stays_and_is_shown_no_more(table: Table) -> None:
    taken_in(table)
    show_to(table.slug, entry(SERVICE).pk, "public", writing=writing(table))
    with pytest.raises(BadInput, match="record_visibility"):
        show_to(table.slug, entry(SERVICE).pk, "moon", writing=writing(table))
    with pytest.raises(BadInput, match="closed_later"):
        close(table.slug, entry(SERVICE).pk, on=NOW.date() + timedelta(days=1), why="", writing=writing(table))  # fmt: skip
    close(table.slug, entry(SERVICE).pk, on=NOW.date(), why="fin du bail", writing=writing(table))
    assert entry(SERVICE).values["status"] == "defunct"
    assert SERVICE not in {one.id for one in exported(table.slug, by=table.coordinator, now=NOW)}
    open_again(table.slug, entry(SERVICE).pk, writing=writing(table))
    assert entry(SERVICE).values["status"] == "active" and entry(SERVICE).closed is None


def test_a_label_that_the_point_contradicts_is_kept_and_told(table: Table) -> None:
    areas = areas_of(town())
    at_hand = Writing(table.coordinator, NOW, areas)
    middle = areas.table.shapes[0].representative_point()
    from courtepointe.atlas.query.areas import to_degrees

    longitude, latitude = to_degrees(areas.pack).transform(middle.x, middle.y)
    point = {"longitude": longitude, "latitude": latitude}
    number = add(table.slug, "location", {**WHOLE, **point}, writing=at_hand)
    row = Entry.objects.get(pk=number)
    assert row.area_name == areas.table.names_fr[0] and not row.disagrees
    address = {
        "address_1": "1, rue A", "city": "Ville", "state_province": "QC", "postal_code": "H1H 1H1",
        "country": "CA", "address_type": "physical", "region": areas.table.names_fr[1],
    }  # fmt: skip
    part = add_part(table.slug, number, "address", address, writing=at_hand)
    told = seen(table, str(row.uid))
    assert told.listed.disagrees
    assert (told.label, told.listed.area_name) == (areas.table.names_fr[1], areas.table.names_fr[0])
    change_part(table.slug, part, {"region": areas.table.names_fr[0].upper()}, writing=at_hand)
    assert not Entry.objects.get(pk=number).disagrees
    change_fields(table.slug, number, {"longitude": 0.0, "latitude": 0.0}, writing=at_hand)
    assert Entry.objects.get(pk=number).area_key == ""
