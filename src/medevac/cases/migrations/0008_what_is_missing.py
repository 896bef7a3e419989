"""How much each case lacks, beside the case; the worker counts it for those that are there."""

import django.db.models.deletion
from django.db import migrations, models

from medevac.audit.together import Together


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("cases", "0007_what_is_due_first")]
    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="MissingItems",
                    fields=[
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="missing",
                                serialize=False,
                                to="cases.case",
                            ),
                        ),
                        (
                            "medical",
                            models.PositiveSmallIntegerField(default=0, verbose_name="missing medically"),
                        ),
                        (
                            "border",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="missing for the border"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "missing items of a case",
                        "verbose_name_plural": "missing items of cases",
                    },
                ),
            ]
        ),
    ]
