"""Pages of resilience portraits, below a workspace."""
