"""Pages of priorities, actions and plans, below a workspace."""
