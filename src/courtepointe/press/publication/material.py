"""What a publication is made of: a portrait, its document in a language, and the maps it may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import shapely

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.peer_values import StandsOut
from courtepointe.atlas.query.values import LayerPlaces, Portrait
from courtepointe.press.document import Document, PlaceGroup, build_document
from courtepointe.press.galley import Galley, set_galley
from courtepointe.press.maps.place import Ground, ground_of
from courtepointe.press.publication.values import Photo
from courtepointe.press.words import typeset


@dataclass(frozen=True, slots=True)
class Subject:
    """An area with all that is known of it, in no language.

    Attributes
    ----------
    shape : shapely geometry, metres in the atlas's metric CRS
    stands : StandsOut
    places : tuple of LayerPlaces
    ground : Ground
        The neighbourhoods that its maps lie on.
    """

    atlas: Atlas
    portrait: Portrait
    shape: shapely.Geometry
    stands: StandsOut
    places: tuple[LayerPlaces, ...]
    ground: Ground


@dataclass(frozen=True, slots=True)
class Material:
    """A subject set in a language.

    Attributes
    ----------
    photos : mapping of name -> Photo
        Those that a template may name.
    """

    subject: Subject
    galley: Galley
    document: Document
    photos: Mapping[str, Photo] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        """Its language."""
        return self.galley.lang


def subject_of(atlas: Atlas, portrait: Portrait, *, ground: Ground | None = None) -> Subject:
    """Gather what is known of the area of a portrait: an official one, or one in degrees.

    Parameters
    ----------
    atlas : Atlas
    portrait : Portrait
        Of an official area: a drawn one comes with `drawn_subject_of`.
    ground : Ground, optional
        Made here where not given; the same for all areas of an atlas.
    """
    key = portrait.area.key
    assert key is not None
    return Subject(
        atlas=atlas,
        portrait=portrait,
        shape=atlas.shape(key),
        stands=atlas.stands_out(portrait),
        places=atlas.places_in(key),
        ground=ground or ground_of(atlas.pack),
    )


def drawn_subject_of(
    atlas: Atlas, portrait: Portrait, shape: shapely.Geometry, *, ground: Ground | None = None
) -> Subject:
    """Gather what is known of a drawn area; ``shape`` is in the atlas's metres."""
    return Subject(
        atlas=atlas,
        portrait=portrait,
        shape=shape,
        stands=atlas.stands_out(portrait),
        places=atlas.places_in(shape, in_metres=True),
        ground=ground or ground_of(atlas.pack),
    )


def set_material(
    subject: Subject,
    *,
    lang: str,
    photos: Mapping[str, Photo] | None = None,
    document: Document | None = None,
) -> Material:
    """Set a subject in a language; ``document`` where somebody has set it already."""
    recipe = subject.atlas.pack.recipe
    groups = {layer.layer: place_groups(layer, lang=lang) for layer in subject.places}
    made = document or build_document(
        subject.portrait, recipe, lang, places=groups, stands=subject.stands
    )
    return Material(subject, set_galley(subject.portrait, recipe, lang=lang), made, photos or {})


def place_groups(layer: LayerPlaces, *, lang: str) -> tuple[PlaceGroup, ...]:
    """List the names of a layer's places, one group for each category found."""
    names: dict[str, list[str]] = {}
    for place in layer.places:
        names.setdefault(place.category, []).append(place.name)
    return tuple(
        PlaceGroup(
            layer.layer, typeset(count.name.in_(lang), lang=lang), tuple(names[count.category])
        )
        for count in layer.counts
        if count.category in names
    )
