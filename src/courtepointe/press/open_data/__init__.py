"""Figures over all areas of a type, in the forms that other programs read."""
