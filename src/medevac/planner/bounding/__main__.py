"""The process that finds bounds: `process` says how it is spoken to."""

from medevac.planner.bounding.process import serve

serve()
