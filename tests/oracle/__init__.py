"""A second opinion on plans, from the file format alone: checker, reasons, brute force, tiny problems.

Nothing here imports medevac. What the planner and this package agree on, two readings of the format agree on.
"""
