"""A fictional city, written in the publishers' own formats, with its truth beside it."""
