"""Named lines: streets, paths, streams, from the files in which publishers give them."""

from courtepointe.formats.lines.read import NamedLines, read_lines

__all__ = ["NamedLines", "read_lines"]
