"""Organisations, services and places: which records are likely the same one twice."""
