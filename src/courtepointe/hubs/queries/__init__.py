"""Every read of hubs."""
