"""Pages where people read a resilience portrait together, below it; the page that telephones join."""
