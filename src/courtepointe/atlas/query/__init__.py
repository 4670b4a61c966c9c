"""Questions put to a pack: the fit of an area, its portrait, the search for its name."""
