"""Writes about personal information: consents, destruction, requests, incidents, exports."""
