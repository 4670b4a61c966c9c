"""The API: OGC API - Features and Tiles, JSON, exports and the catalogue; public and read-only."""
