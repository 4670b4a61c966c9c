"""Every write of hubs, a verb each."""
