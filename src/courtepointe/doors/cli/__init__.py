"""The command line: `courtepointe <room> <verb>`."""
