"""The doors through which people and programs come in: site and command line."""
