"""Indexes for the order of what is due first, which leaves clocks that run no longer aside, and for EWRS numbers."""

from django.contrib.postgres.indexes import OpClass
from django.db import migrations, models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Upper

from medevac.audit.together import Together

CLOCK_RUNS = ["verified", "published", "offered", "chosen", "booked"]
LIVE = [
    "draft", "submitted", "verified", "published", "offered", "chosen", "booked", "boarded", "handed-over",
    "in-treatment", "ready-for-discharge",
]  # fmt: skip
DUE_ORDER = (
    Case(When(state__in=CLOCK_RUNS, then=F("due_at"))).asc(nulls_last=True),
    F("priority").asc(),
    F("changed_at").desc(),
    F("id").asc(),
)


class Migration(migrations.Migration):
    """Three indexes of cases, and one that they take the place of."""

    dependencies = [("cases", "0006_orders_of_the_list")]
    operations = [
        Together(
            [
                migrations.RemoveIndex("case", "cases_case_live_due"),
                migrations.AddIndex(
                    "case",
                    models.Index(*DUE_ORDER, condition=Q(state__in=LIVE), name="cases_case_live_by_due"),
                ),
                migrations.AddIndex("case", models.Index(*DUE_ORDER, name="cases_case_by_due")),
                migrations.AddIndex(
                    "case",
                    models.Index(
                        OpClass(Upper("ewrs_number"), "text_pattern_ops"), name="cases_case_ewrs_start"
                    ),
                ),
            ]
        ),
    ]
