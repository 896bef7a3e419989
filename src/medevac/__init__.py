"""medevac: cross-border medical evacuation, planned and run."""

__version__ = "0.1.0"
