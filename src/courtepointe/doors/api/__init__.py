"""The API: OGC API - Features, JSON, exports and the catalogue; public and read-only."""
