"""Pages of surveys: designed and read below a resilience portrait, answered by a public link."""
