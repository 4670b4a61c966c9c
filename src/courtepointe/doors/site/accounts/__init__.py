"""Signing in: allauth's flows, drawn by our pages; accounts are opened by an invitation."""
