"""What people say, showed and wrote of their neighbourhood, coded to the dimensions of its resilience portrait."""
