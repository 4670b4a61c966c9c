"""The site, in French and English."""
