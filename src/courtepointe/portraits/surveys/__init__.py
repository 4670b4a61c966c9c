"""Surveys of resilience portraits: a few closed questions, in the languages of the neighbourhood, counted with care."""
