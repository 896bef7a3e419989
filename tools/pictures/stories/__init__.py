"""The stories: what somebody does in a browser until a page stands there that no address alone leads to.

Each goes on from what those before it left behind; the faults come last, since they take the database away.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser

from pictures.camera import Camera
from pictures.site import Site
from pictures.stories.asking import advice_on_asks, asks_and_answers, asks_by_workbook
from pictures.stories.casebook import duty_desk, letters_of_the_minister, same_patient, workbooks
from pictures.stories.documents import papers, papers_of_a_case
from pictures.stories.faults import faults
from pictures.stories.offering import offers_and_a_choice, places_of_a_hospital
from pictures.stories.one_case import a_full_case, a_hospital_files
from pictures.stories.people import addresses, emergencies, invitations, organisations
from pictures.stories.record import retention, the_record, tokens
from pictures.stories.signing_in import passkeys, passwords
from pictures.stories.workbook_of_hospitals import hospitals

STORIES: dict[str, Callable[[Site, Camera, Browser], None]] = {
    story.__name__: story
    for story in (
        invitations,
        organisations,
        addresses,
        emergencies,
        passwords,
        passkeys,
        tokens,
        hospitals,
        papers,
        papers_of_a_case,
        a_hospital_files,
        a_full_case,
        letters_of_the_minister,
        same_patient,
        workbooks,
        duty_desk,
        asks_and_answers,
        places_of_a_hospital,
        offers_and_a_choice,
        advice_on_asks,
        asks_by_workbook,
        retention,
        the_record,
        faults,
    )
}
