"""Pages of hubs, below a workspace."""
