"""The pages of those who gather: committees, meetings, activities, trainings, volunteers, the calendar."""
