"""Settings, addresses, entry points: config knows everything and nobody imports it."""
