"""Pages of evidence: sources, coding with the keyboard, the codebook, agreement of two readings, new codes."""
