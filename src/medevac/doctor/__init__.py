"""Looks for what is wrong with an installation, and says how to mend it.

Every room may register checks of its own, as the rooms of the web service do when Django is ready::

    from medevac.doctor import Finding, register

    @register("mail")
    def mail(installation):
        if not reachable:
            yield Finding.fault("The mail server does not answer.", "Check MEDEVAC_MAIL_HOST.")

It knows nothing of Django: it must answer on the day Django does not start.
"""

from medevac.doctor.examining import Examined, examine
from medevac.doctor.finding import Finding, Weight
from medevac.doctor.registry import Installation, register, registered

__all__ = ["Examined", "Finding", "Installation", "Weight", "examine", "register", "registered"]
