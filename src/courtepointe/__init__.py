"""Courtepointe: know a neighbourhood, prepare, decide, act and learn."""
