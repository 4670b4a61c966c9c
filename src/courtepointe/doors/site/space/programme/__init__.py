"""The pages of the path: board, stages, chronology, plan of communications, evaluation, steering."""
