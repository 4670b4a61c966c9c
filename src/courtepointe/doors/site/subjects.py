"""What a page is about: an official area of the atlas, or an area that someone kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import TypeVar
from urllib.parse import urlencode

import shapely
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.areas import area_table, position_of
from courtepointe.atlas.query.drawn import shape_in_metres
from courtepointe.atlas.query.peer_values import StandsOut
from courtepointe.atlas.query.values import AreaKey, Compared, LayerPlaces, Ledger, Portrait
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput, CourtepointeError, NoAnswer
from courtepointe.doors.editions import short_edition
from courtepointe.doors.served import Served
from courtepointe.doors.site.addresses import code_in, place_word
from courtepointe.doors.site.maps import carried, metres
from courtepointe.portraits.access import area_to_read
from courtepointe.portraits.actions import note_told
from courtepointe.portraits.queries import told_before
from courtepointe.portraits.values import Assembled, KeptArea, Shaped
from courtepointe.press.document import Document, PlaceGroup, build_document
from courtepointe.press.galley import Galley, set_galley
from courtepointe.press.publication.material import place_groups

PLACEHOLDER = "indicator-here"
Made = TypeVar("Made")
FITS = {"best_fit": FitMethod.BEST_FIT, "as_drawn": FitMethod.AS_DRAWN}


@dataclass(frozen=True, slots=True)
class Subject:
    """An area with the addresses of its pages.

    Attributes
    ----------
    where : mapping
        What its address says: ``area_type, vintage, place``, or ``token``.
    fit : FitMethod or None
        The fit asked for in the address; None for the area's own.
    against : tuple of str
        What the address asks to read it against; empty: what the recipe and its maker chose.
    """

    served: Served
    where: Mapping[str, str]
    key: AreaKey | None
    kept: KeptArea | None
    fit: FitMethod | None
    against: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """Give the first word of the names of its addresses."""
        return "area" if self.key else "custom"

    def address(self, part: str = "", *, fit: FitMethod | None = None, **more: str | int) -> str:
        """Give the address of a page below this area; what the reader asked for is kept."""
        name = f"{self.prefix}_{part}" if part else self.prefix
        address = reverse(name, kwargs={**self.where, **more})
        return address + _question(fit or self.fit, self.against)

    def figure_address(self, indicator: str) -> str:
        """Give the address of what stands behind a figure."""
        before, after = _around(
            self.prefix, tuple(self.where.items()), self.fit, self.against, get_language() or ""
        )
        return f"{before}{indicator}{after}"

    def address_of(self, figure: Figure) -> str:
        """Give the address of what stands behind a figure that its pages show.

        Its own, that of an area of comparison, or the other side of a gap; nothing where it is
        none of them.
        """
        code = figure.indicator
        if _same(self.own_figures().get(code), figure):
            return self.figure_address(code)
        for compared, theirs in self.their_figures().values():
            if _same(theirs.get(code), figure):
                return self._address_beside(compared, code)
        for gap in self.portrait().gaps:
            for side, one in enumerate((gap.figure, gap.against), start=1):
                if _same(one, figure):
                    return _with(self.figure_address(code), gap=gap.code, side=side)
        return self.plain.address_of(figure) if self.against else ""

    def _address_beside(self, compared: Compared, indicator: str) -> str:
        """Give the address of what stands behind a comparator's figure: on its own page, if any."""
        if compared.key is not None:
            other = official(self.served, compared.key, lang=get_language() or "fr")
            return other.figure_address(indicator)
        return _with(self.figure_address(indicator), beside=compared.ref)

    def their_figures(self) -> Mapping[str, tuple[Compared, Mapping[str, Figure]]]:
        """Give what it is read against by name, each with its figures by indicator."""
        compared = self.portrait().compared
        return self.once(
            ("their figures",),
            lambda: {one.ref: (one, {f.indicator: f for f in one.figures}) for one in compared},
        )

    def own_figures(self) -> Mapping[str, Figure]:
        """Give its figures by indicator."""
        return self.once(
            ("figures",), lambda: {figure.indicator: figure for figure in self.portrait().figures}
        )

    def drawing(self, part: str, **more: str | int) -> str:
        """Give the address of a drawing that a browser may keep for a year."""
        return _with(self.address(part, fit=None, **more), e=short_edition())

    @property
    def compared_as(self) -> str:
        """Say how the page of comparisons names it."""
        return str(self.key) if self.key else str(self.where["token"])

    @property
    def known_as(self) -> tuple[str, str]:
        """Name it among kept answers: a draft that gets its name is another subject."""
        return self.compared_as, self.kept.name if self.kept else ""

    @property
    def fitted(self) -> FitMethod:
        """Give the fit in force."""
        if self.fit:
            return self.fit
        return self.kept.fit_method if self.kept else FitMethod.BEST_FIT

    def once(self, what: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
        """Make something of this subject once: as the reader asked for it, and no other way."""
        name = (*what, *self.known_as, self.fitted, self.against)
        return self.served.shelf.take(name, make)

    @property
    def plain(self) -> Subject:
        """Give it as it is where nobody asks to read it against something."""
        return replace(self, against=()) if self.against else self

    def portrait(self) -> Portrait:
        """Give all its figures, computed once while the pack is served."""
        return self.once(("portrait",), self._portrait)

    def _portrait(self) -> Portrait:
        if self.against:
            return self._read_against()[0]
        if self.key:
            return self.served.atlas.portrait(self.key, method=self.fitted)
        return portrait_of(self.served, self._kept(), fit=self.fitted)

    def refused(self) -> tuple[CourtepointeError, ...]:
        """Say why some of what it should be read against cannot be."""
        return self._read_against()[1] if self.against else ()

    def _read_against(self) -> tuple[Portrait, tuple[CourtepointeError, ...]]:
        return self.once(
            ("read against",),
            lambda: self.served.atlas.against_some(self.plain.portrait(), self.against),
        )

    def stands(self) -> StandsOut:
        """Say what stands out, whatever the reader asked to read it against."""
        plain = self.plain
        return plain.once(("stands out",), lambda: self.served.atlas.stands_out(plain.portrait()))

    def galley(self, lang: str) -> Galley:
        """Set its portrait in a language."""
        recipe = self.served.pack.recipe
        return self.once(("galley", lang), lambda: set_galley(self.portrait(), recipe, lang=lang))

    def document(self, lang: str) -> Document:
        """Set its portrait as a document in a language."""
        recipe = self.served.pack.recipe

        def make() -> Document:
            groups, stands = self._groups(lang), self.stands()
            return build_document(self.portrait(), recipe, lang, places=groups, stands=stands)

        return self.once(("document", lang), make)

    def places(self) -> tuple[LayerPlaces, ...]:
        """Give the places inside, by layer."""
        area = self.key or carried(self.served, self.shape())
        name = ("places", self.compared_as)
        return self.served.shelf.take(name, lambda: self.served.atlas.places_in(area))

    def _groups(self, lang: str) -> dict[str, tuple[PlaceGroup, ...]]:
        return {layer.layer: place_groups(layer, lang=lang) for layer in self.places()}

    def shape(self) -> shapely.Geometry:
        """Give its limits in the pack's metres."""
        if self.key:
            return self.served.atlas.shape(self.key)
        name = ("shape", self.compared_as)
        return self.served.shelf.take(name, lambda: shape_of(self.served, self._kept()))

    def _kept(self) -> KeptArea:
        assert self.kept is not None
        return self.kept


def _same(one: Figure | None, other: Figure) -> bool:
    return one is other or one == other


def _question(fit: FitMethod | None, against: tuple[str, ...]) -> str:
    """Write what a reader asked for as the end of an address."""
    asked = [("fit", fit.value)] if fit else []
    asked += [("against", ref) for ref in against]
    return f"?{urlencode(asked)}" if asked else ""


def _with(address: str, **more: str | int) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(more)}"


@lru_cache(maxsize=1024)
def _around(
    prefix: str,
    where: tuple[tuple[str, str], ...],
    fit: FitMethod | None,
    against: tuple[str, ...],
    language: str,
) -> tuple[str, str]:
    """Give what stands before and after the indicator in an address; the language is a key."""
    address = reverse(f"{prefix}_figure", kwargs={**dict(where), "indicator": PLACEHOLDER})
    before, _, after = address.rpartition(PLACEHOLDER)
    return before, after + _question(fit, against)


def asked_fit(text: str) -> FitMethod | None:
    """Read the fit of an address."""
    if not text:
        return None
    if text not in FITS:
        raise BadInput("unknown_fit", value=text, expected=", ".join(FITS))
    return FITS[text]


def official(
    served: Served, key: AreaKey, *, lang: str, fit: str = "", against: tuple[str, ...] = ()
) -> Subject:
    """Give an official area as a subject."""
    table = area_table(served.pack, key.type_and_vintage)
    place = position_of(table, key.code)
    name = Words(table.names_fr[place], table.names_en[place])
    where = {
        "area_type": key.area_type,
        "vintage": key.vintage,
        "place": place_word(key.code, name.in_(lang)),
    }
    return Subject(served, where, key, None, asked_fit(fit), against)


def subject_of(
    served: Served,
    where: Mapping[str, str],
    *,
    lang: str,
    now: datetime,
    fit: str = "",
    against: tuple[str, ...] = (),
) -> Subject:
    """Find what an address is about, or raise `NotFound`."""
    if "token" in where:
        kept = area_to_read(where["token"], now=now)
        return Subject(served, {"token": kept.token}, None, kept, asked_fit(fit), against)
    table = area_table(served.pack, f"{where['area_type']}:{where['vintage']}")
    code = code_in(where["place"], table.codes)
    key = AreaKey(where["area_type"], where["vintage"], code)
    return official(served, key, lang=lang, fit=fit, against=against)


def portrait_of(served: Served, kept: KeptArea, *, fit: FitMethod) -> Portrait:
    """Give the portrait of a kept area: computed for the draft, then named."""
    portrait = served.shelf.take(
        ("figures of", kept.token, fit), lambda: alone(served, kept.what, fit=fit)
    )
    area = replace(portrait.area, name=Words(kept.name, kept.name))
    chosen, _ = served.atlas.against_some(portrait, kept.comparators)
    return replace(portrait, area=area, compared=(*chosen.compared, *portrait.compared))


def fit_that_answers(served: Served, what: Shaped | Assembled) -> FitMethod | None:
    """Give the fit to ask for where the best one holds no unit; raise where none has an answer."""
    try:
        alone(served, what, fit=FitMethod.BEST_FIT)
    except NoAnswer as error:
        if error.code != "area_too_small":
            raise
        alone(served, what, fit=FitMethod.AS_DRAWN)
        return FitMethod.AS_DRAWN
    return None


def alone(served: Served, what: Shaped | Assembled, *, fit: FitMethod) -> Portrait:
    """Compute the portrait of an area that has no name yet.

    Protected releases are told against all that was told before, and written down first.
    """
    if not any(release.protection for release in served.pack.recipe.releases):
        return _asked(served, what, fit=fit, ledger=None)
    atlas_code = served.pack.recipe.code
    while True:
        ledger = told_before(atlas_code)
        portrait = _asked(served, what, fit=fit, ledger=ledger)
        new = [one for one in portrait.told if one not in ledger.told]
        after, now = len(ledger.told), timezone.now()
        if not new or note_told(new, atlas_code=atlas_code, after=after, now=now):
            return portrait


def _asked(
    served: Served, what: Shaped | Assembled, *, fit: FitMethod, ledger: Ledger | None
) -> Portrait:
    atlas, name = served.atlas, Words("", "")
    if isinstance(what, Shaped):
        return atlas.portrait_of_shape(what.shape, name=name, method=fit, ledger=ledger)
    return atlas.portrait_of_units(what.unit_type, what.codes, name=name, ledger=ledger)


def shape_of(served: Served, kept: KeptArea) -> shapely.Geometry:
    """Give the limits of a kept area in the pack's metres."""
    if isinstance(kept.what, Shaped):
        return shape_in_metres(kept.what.shape, metres(served))
    table = area_table(served.pack, kept.what.unit_type)
    places = [position_of(table, code) for code in kept.what.codes]
    return shapely.union_all(table.shapes[places])
