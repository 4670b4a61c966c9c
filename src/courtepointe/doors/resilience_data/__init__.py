"""A resilience portrait as data: one object, from which each of its files is written."""
