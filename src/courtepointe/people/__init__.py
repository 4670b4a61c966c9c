"""Persons, workspaces, roles, invitations, sharing, consent, retention, history."""
