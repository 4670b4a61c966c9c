"""What crosses the room's door: what is asked to be written, and what is read. Frozen, without rows."""
