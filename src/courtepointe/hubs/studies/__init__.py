"""Studies of hubs: what is asked, how it is answered, what is kept of it."""
