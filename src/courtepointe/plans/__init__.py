"""From reading to action: priorities, actions and their results, the community resilience plan."""
