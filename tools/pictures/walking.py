"""Every page that an address alone leads to, as fresh as the demonstration is."""

from __future__ import annotations

import re

from playwright.sync_api import Browser
from walks import LOOKED_UP, WALKS, Walk

from pictures.camera import Camera
from pictures.site import Site
from pictures.stories.documents import OWN_DRAFT
from pictures.visit import visiting

LOOKED_UP_TOO = {
    "own": OWN_DRAFT,
    "ended": "SELECT id FROM cases_case WHERE state = 'died' LIMIT 1",
    "booked": "SELECT id FROM cases_case WHERE state = 'booked' ORDER BY pseudonym LIMIT 1",
}
EVERY_ROLE = (
    "hospital_coordinator",
    "oblast_coordinator",
    "ministry",
    "coordination_centre",
    "region",
    "receiving_hospital",
    "flight_desk",
    "hub_crew",
    "ground_crew",
    "municipality",
    "immigration",
    "donor",
    "partner",
    "funder",
    "auditor",
    "reader",
)
# More to see than a test of rules needs: what most people meet first, as those who work with it.
MORE = (
    Walk("cases:cases", "cases/", "hospital_coordinator"),
    Walk("cases:cases", "cases/", "ministry"),
    Walk("cases:cases-ended", "cases/?state=ended", "ministry"),
    Walk("cases:cases-missing", "cases/?missing=on", "ministry"),
    Walk("cases:cases-nothing", "cases/?text=zzzz", "ministry"),
    Walk("cases:board", "cases/board/", "coordination_centre"),
    Walk("cases:case-own", "cases/{own}/", "hospital_coordinator"),
    Walk("cases:case-ended", "cases/{ended}/", "ministry"),
    Walk("cases:case-booked", "cases/{booked}/", "ministry"),
    Walk("cases:case-booked", "cases/{booked}/", "flight_desk", 404),
    Walk("cases:change-person", "cases/{case}/change/person/", "ministry"),
    Walk("cases:change-request", "cases/{case}/change/request/", "ministry"),
    Walk("cases:change-wishes", "cases/{case}/change/wishes/", "ministry"),
    Walk("cases:act-withdraw", "cases/{published}/act/withdraw/", "ministry"),
    Walk("cases:assign_item", "cases/{case}/items/form-027/assign/", "ministry"),
    Walk("cases:waive_item", "cases/{case}/items/form-027/waive/", "ministry"),
    Walk("cases:name_persons", "cases/{case}/letter/", "ministry"),
    Walk("cases:decide_isolation", "cases/{case}/isolation/", "ministry"),
    *(Walk("start", "", role) for role in EVERY_ROLE),
    Walk("search-nothing", "search/?q=zzzz", "ministry"),
    Walk("search-cases", "search/?q=Kravchuk", "ministry"),
    Walk("people:organisations", "people/organisations/", "hospital_coordinator"),
    Walk("people:organisation-foreign", "people/organisations/{foreign}/", "hospital_coordinator"),
    Walk("messages:inbox", "messages/", "auditor"),
    Walk("audit:access_log", "record/looks/", "auditor"),
    Walk("operations:retention", "operations/retention/", "auditor"),
    *(
        Walk(f"directory:add_part-{kind}", f"directory/missions/ukraine-2022/{kind}/add/")
        for kind in ("hubs", "countries", "actors", "eligibility", "items", "retention")
    ),
)


def walk_everywhere(site: Site, camera: Camera, browser: Browser) -> None:
    """Take pictures of each page, role by role."""
    queries = LOOKED_UP | LOOKED_UP_TOO
    walks = [walk for walk in (*WALKS, *MORE) if camera.wants(name_of(walk))]
    for role in sorted({walk.role for walk in walks}):
        with visiting(site, camera, browser, role) as visit:
            for walk in walks:
                if walk.role == role:
                    values = {
                        name: site.demonstration.value(query)
                        for name, query in queries.items()
                        if f"{{{name}}}" in walk.path
                    }
                    visit.see(walk.path.format(**values), name_of(walk))


def name_of(walk: Walk) -> str:
    """The name of a page's pictures: its address, and who looks."""
    plain = re.sub(r"[^a-z0-9_]+", "-", f"{walk.page} {walk.path.split('?')[0]}".lower())
    ids = "organisation|owner|case|published|person|document|message|hospital|own|offered|open_offer"
    plain = re.sub(rf"-({ids})-", "-", plain)
    return f"{plain.strip('-')}.{walk.role or 'nobody'}"
