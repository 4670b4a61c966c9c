"""The press prints: numbers, sentences and charts in French and English."""
