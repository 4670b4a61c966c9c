"""Who gathers: committees, meetings, activities, trainings, volunteers, the network of partners."""
