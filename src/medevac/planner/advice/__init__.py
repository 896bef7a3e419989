"""What one more of something would be worth, and what fixed patients cost: every figure is solved anew."""

from medevac.planner.advice.advising import Advice, Proposal, advise
from medevac.planner.advice.pins import Pin, price_pins, releasable_pins, with_pins

__all__ = ["Advice", "Pin", "Proposal", "advise", "price_pins", "releasable_pins", "with_pins"]
