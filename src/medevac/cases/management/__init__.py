"""Commands of this room for the command line."""
