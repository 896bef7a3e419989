"""The parts of `benchmarks/offers_under_load.py`: data and pages, the asking process, the page about it."""
