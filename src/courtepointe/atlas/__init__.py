"""The atlas knows the territory: a recipe becomes a pack on disk; a pack answers questions."""
