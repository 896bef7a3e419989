"""`python -m medevac.cli`: the command line where the script `medevac` is not on the path."""

from medevac.cli import main

main()
