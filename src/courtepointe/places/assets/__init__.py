"""What people contributed of a neighbourhood: assets, notes on places, walks, photographs, reviewed."""
