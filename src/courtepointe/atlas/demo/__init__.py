"""A fictional city, of any size, in the publishers' own formats, drawn from a truth that is kept beside it."""
