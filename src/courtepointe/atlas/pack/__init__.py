"""The pack on disk: a folder that opens by itself in ten years, and fast arrays beside it."""
