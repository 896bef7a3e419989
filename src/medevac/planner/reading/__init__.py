"""Reads and writes problem and plan documents; finds every fault in them at once."""

from medevac.planner.reading.document import PLAN_FORMAT, PROBLEM_FORMAT, Source, read_document
from medevac.planner.reading.plan import read_plan
from medevac.planner.reading.problem import ProblemDocument, read_problem
from medevac.planner.reading.writing import plan_to_bytes, plan_to_dict, problem_to_bytes, problem_to_dict

__all__ = [
    "PLAN_FORMAT",
    "PROBLEM_FORMAT",
    "ProblemDocument",
    "Source",
    "plan_to_bytes",
    "plan_to_dict",
    "problem_to_bytes",
    "problem_to_dict",
    "read_document",
    "read_plan",
    "read_problem",
]
