"""From a recipe and publishers' files to a pack: all or nothing, with a report."""
