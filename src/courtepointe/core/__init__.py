"""The core counts: arrays in, frozen results out. No files, clock, network or Django."""
