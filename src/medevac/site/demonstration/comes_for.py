"""What each role comes to medevac for, in one sentence, for the page where a role is chosen."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.people.roles import Role

COMES_FOR = {
    Role.HOSPITAL_COORDINATOR: _("Files cases, sees what is missing and hears of every decision."),
    Role.OBLAST_COORDINATOR: _("Looks after the hospitals of an oblast and who works there."),
    Role.MINISTRY: _("Verifies cases, asks countries for help and records what the patient chooses."),
    Role.COORDINATION_CENTRE: _("Sees open requests, asks regions and answers with offers."),
    Role.REGION: _("Asks its hospitals and keeps the load balanced."),
    Role.RECEIVING_HOSPITAL: _("Offers places and receives patients."),
    Role.FLIGHT_DESK: _("Decides who flies when, and what happened on the way."),
    Role.HUB_CREW: _("Receives patients at the hub and hands them over."),
    Role.GROUND_CREW: _("Carries patients on the road, at both ends."),
    Role.MUNICIPALITY: _("Prepares a home and follow-up after the hospital."),
    Role.IMMIGRATION: _("Settles papers for patients and their families."),
    Role.DONOR: _("Sees what is needed and gives it."),
    Role.PARTNER: _("Works together with Ukrainian institutions."),
    Role.FUNDER: _("Follows what the money does."),
    Role.READER: _("Reads figures that expose nobody."),
    Role.ADMINISTRATOR: _("Lets organisations and people in, and keeps their roles right."),
    Role.AUDITOR: _("Checks who saw and changed what."),
}
