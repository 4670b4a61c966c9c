"""Recipes: what an atlas is made of, declared in TOML."""
