"""Pôles: records of hubs, what they hold, and a readiness that decays by itself."""
