"""Every write of engagement, a verb each."""
