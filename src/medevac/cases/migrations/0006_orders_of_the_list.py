"""Indexes in the orders of the list, so that a page of it costs the same at 100,000 cases as at 1,000."""

from django.db import migrations, models

from medevac.audit.together import Together

LIVE = [
    "draft", "submitted", "verified", "published", "offered", "chosen", "booked", "boarded", "handed-over",
    "in-treatment", "ready-for-discharge",
]  # fmt: skip


class Migration(migrations.Migration):
    """Three indexes of cases."""

    dependencies = [("cases", "0005_casebook")]
    operations = [
        Together(
            [
                migrations.AddIndex(
                    "case",
                    models.Index(
                        fields=["due_at", "priority", "-changed_at", "id"],
                        condition=models.Q(state__in=LIVE),
                        name="cases_case_live_due",
                    ),
                ),
                migrations.AddIndex(
                    "case",
                    models.Index(
                        fields=["state_since", "id"],
                        condition=models.Q(state__in=LIVE),
                        name="cases_case_live_since",
                    ),
                ),
                migrations.AddIndex(
                    "case", models.Index(fields=["changed_at", "id"], name="cases_case_changed_since")
                ),
            ]
        ),
    ]
