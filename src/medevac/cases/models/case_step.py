"""Every step that a case has taken: who did what, when, why. Written once and never changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models.case import Case
from medevac.cases.states import Action, Reason, State
from medevac.people.guard import GuardedManager


@recorded(guarded={"see.personal": ("notifier", "remark")})
class CaseStep(models.Model):
    """One action on a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    action = models.CharField(_("action"), max_length=24, choices=Action)
    source = models.CharField(_("from"), max_length=24, choices=State)
    target = models.CharField(_("to"), max_length=24, choices=State)
    reason = models.CharField(_("reason"), max_length=30, choices=Reason, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    notifier = models.CharField(_("who tells the family"), max_length=200, blank=True)
    actor = models.UUIDField(null=True, editable=False)  # nobody: the clock
    at = models.DateTimeField(_("at"), editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of a case")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["case", "at"], name="cases_step_case")]

    def __str__(self) -> str:
        return f"{self.source} {self.action} {self.target}"
