"""Every write of priorities, actions and plans."""
