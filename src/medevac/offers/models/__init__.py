"""What this room keeps: places and pools, asks with answers and links, offers, holds and choices."""

from medevac.offers.models.advice import AdviceRun
from medevac.offers.models.ask_import import AskImport
from medevac.offers.models.asking import Answer, AnswerLink, Ask, Round
from medevac.offers.models.offer import Choice, Chooser, Hold, Offer
from medevac.offers.models.place import Place, Pool
from medevac.offers.models.place_import import PlaceImport
from medevac.offers.models.shares import PopulationShare

__all__ = [
    "AdviceRun",
    "Answer",
    "AnswerLink",
    "Ask",
    "AskImport",
    "Choice",
    "Chooser",
    "Hold",
    "Offer",
    "Place",
    "PlaceImport",
    "Pool",
    "PopulationShare",
    "Round",
]
