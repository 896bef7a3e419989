"""Each is run by `medevac` in a process of its own."""
