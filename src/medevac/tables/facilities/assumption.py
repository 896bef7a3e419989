"""What a hospital is assumed to offer where nobody has said: by its kind, which its name points to.

This is a guess, so that a trial can be made with a published list. Every hospital that rests on it says so.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from medevac.tables.facilities.published_lists import Facility

ROOMS = ("isolation", "intensive", "child", "companions")
Kind = Literal["other care", "rehabilitation", "cancer", "children", "university", "general"]

# Parts of words, without accents; the first kind with a hit is taken. A space is a word's beginning or end.
WORDS: dict[Kind, str] = {
    "other care": (
        "psychiatr|psykiatr|psihiatr|psichiatr|psiquiatr|pszichiatr|psicolog|psychosom|psykisk|psychisk"
        "|psyk| cmp | cattp | creche |hopital de jour| a domicile | abup |maladies mentales| mental"
        "| psy | dps | bup | ara | arf | rus |addict|sucht|dipenden|narko|alcool|alkohol|longue duree"
        "|larga estancia|langdur|lunga degenza|dlouhodob|nasledne pece|nursing|hospic|geriat|palliat"
        "|pflege|slauga|sanator| kur | kurklinik| therm| dental|zahn| tann|stomatolog|dialys|dializ"
        "|poliklin|polyklin|health center| community |ambul|laborator|radiolog|rontgen|diagnos|imager"
        "| matern|porodn| birth| bb |esthet|plastikkirurgi|hudlege|avtalespesial|legevakt"
        "|spesialistpraksis|psihijatr|psychiczn|nerwowo|priklausom|avhengighet|tagesklinik| de jour"
        "|personnes agees|gerontolog| maison de retraite|planification| smur |geburtshaus|behandlingssenter"
        "|vardcentral|sundhedshus|penitenc|penitent|laisves atemimo|justizvollzug"
    ),
    "rehabilitation": (
        "rehab|readapt|reeduc|riabilit|revalid|kuntout|opptren| reha | ssr | soins de suite|recovery"
    ),
    "children": (
        "kinderk|kinderz|children|pediatr|paediatr| enfant| bambin| infantil| detsk|barneklin| lasten|dzieci"
    ),
    "cancer": "onkolog|oncolog|cancer|krebs|kreft|tumor|cancro",
    "university": "univers|uniklin|yliopist|akademi|academi|fakultn| chu | chru |centre hospitalier regional",
    "general": "",
}


@dataclass(frozen=True)
class Offer:
    """Places by specialty, and the rooms beside them."""

    places: dict[str, int]
    isolation: int = 0
    intensive: int = 0
    child: int = 0
    companions: int = 0

    def rooms(self) -> dict[str, int]:
        """The rooms of which there is at least one."""
        return {name: getattr(self, name) for name in ROOMS if getattr(self, name)}


ASSUMED: dict[Kind, Offer | None] = {
    "other care": None,
    "rehabilitation": Offer({"rehabilitation": 2}, isolation=1, companions=1),
    "children": Offer(
        {"child-oncology": 1, "orthopaedics": 1}, isolation=1, intensive=1, child=2, companions=2
    ),
    "cancer": Offer({"oncology": 2}, companions=1),
    "university": Offer(
        {
            "orthopaedics": 2, "reconstruction": 1, "neurosurgery": 1, "burns": 1, "maxillofacial": 1,
            "ophthalmology": 1, "oncology": 1, "internal-medicine": 1,
        },
        isolation=3, intensive=1, child=1, companions=3,
    ),
    "general": Offer({"orthopaedics": 1, "internal-medicine": 1}, isolation=1, child=1, companions=1),
}  # fmt: skip

_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i"})  # letters that no accent makes
_WORD = re.compile(r"[^\W\d_]+")
_PATTERNS = {kind: re.compile(words) for kind, words in WORDS.items()}


def kind_of(facility: Facility) -> Kind:
    """The kind that the names of a hospital and its site, or what the list says of its type, point to."""
    words = plain(f"{facility.full_name} {facility.kind} ")
    return next(kind for kind, pattern in _PATTERNS.items() if pattern.search(words))


def plain(text: str) -> str:
    """Small letters without accents, each word between single spaces."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return f" {' '.join(_WORD.findall(bare.casefold().translate(_STROKES)))} "
