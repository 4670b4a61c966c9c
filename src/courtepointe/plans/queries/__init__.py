"""Every read of priorities, actions and plans."""
