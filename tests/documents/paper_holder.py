"""A kind of row that holds documents, as rooms above have them; its table is there for one test."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import Q

from medevac.documents.holders import forget_holder, register_holder
from medevac.documents.models import Document
from medevac.people.models import Organisation
from medevac.people.policy import Rule, register_rule
from medevac.people.policy.areas import below
from medevac.people.policy.rules import _RULES
from medevac.people.roles import Reach, Right


class Held(models.Model):
    """A row that holds a document, for a sender and for whoever was chosen."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    chosen = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.UUIDField(null=True)

    class Meta:
        app_label = "paper_holder"  # of no room, so that nothing else sees it
        managed = False
        db_table = "documents_test_held"


TABLE = """
    CREATE TABLE documents_test_held (
        id bigserial PRIMARY KEY, document_id uuid, sender_id uuid, chosen_id uuid, "case" uuid)
"""


def follow(document: Document, version: Document) -> None:
    """Have whatever holds a document hold its version."""
    for row in Held._base_manager.filter(document=document):
        Held._base_manager.create(document=version, sender=row.sender, chosen=row.chosen, case=row.case)


def registered() -> Iterator[type[Held]]:
    """The kind with its rule, which is gone afterwards."""
    register_rule(
        Held,
        Rule(
            see=Right.OPERATIONAL,
            reaches={
                Reach.OWN: lambda grant: Q(sender__in=below(grant.organisation)),
                Reach.CHOSEN: lambda grant: Q(chosen__in=below(grant.organisation)),
                Reach.NOTIFIED: lambda grant: Q(chosen__isnull=False),
            },
            opened_by={"people.organisation": "sender__in"},
        ),
    )
    register_holder(Held, follow=follow)
    yield Held
    forget_holder(Held)
    _RULES.pop(Held)
