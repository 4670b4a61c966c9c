"""The portrait of community resilience: eight dimensions, numbers and voices side by side."""
