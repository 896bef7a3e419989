"""The rows of this room. Services write them; everything else reads them through the policy."""

from medevac.people.models.address_change import AddressChange
from medevac.people.models.emergency import EmergencyAccess
from medevac.people.models.invitation import Invitation
from medevac.people.models.membership import Membership
from medevac.people.models.organisation import Organisation, OrganisationPath
from medevac.people.models.sign_in import SignIn
from medevac.people.models.user import User
from medevac.people.models.ways_in import RecordedAddress, RecordedFactor, RecordedProvider

__all__ = [
    "AddressChange",
    "EmergencyAccess",
    "Invitation",
    "Membership",
    "Organisation",
    "OrganisationPath",
    "RecordedAddress",
    "RecordedFactor",
    "RecordedProvider",
    "SignIn",
    "User",
]
