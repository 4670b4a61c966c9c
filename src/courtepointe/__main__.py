"""`python -m courtepointe`: the commands, where the script is not on the path."""

from courtepointe.doors.cli.main import main

main()
