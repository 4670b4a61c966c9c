"""The path of a resilience agent: stages, chronology, communications, transfers, evaluation, achievements."""
