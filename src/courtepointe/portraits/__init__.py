"""Area portraits that people make: custom areas, kept and shared by an address."""
