"""The parts of `benchmarks/cases_under_load.py`: data, the asking process, figures, and the page about it."""
