"""The network of partners: organisations, waves of a survey, what each said."""
