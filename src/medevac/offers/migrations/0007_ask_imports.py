from uuid import uuid4

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import medevac.cases.identifiers
from medevac.audit.together import Together


class Migration(migrations.Migration):
    """Workbooks of asks, answers, offers and choices that were read, until they are applied."""

    dependencies = [
        ("directory", "0001_first"),
        ("offers", "0006_advice_runs"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="AskImport",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200, verbose_name="file")),
                        (
                            "content",
                            medevac.cases.identifiers.EncryptedText(blank=True, editable=False),
                        ),
                        ("faults_count", models.PositiveIntegerField(default=0, editable=False)),
                        ("made_by", models.UUIDField(editable=False)),
                        (
                            "made_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
                            ),
                        ),
                        ("applied_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "mission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ask_imports",
                                to="directory.mission",
                                verbose_name="mission",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import of asks",
                        "verbose_name_plural": "imports of asks",
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddIndex(
                    model_name="askimport",
                    index=models.Index(
                        condition=models.Q(("content", ""), _negated=True),
                        fields=["made_at"],
                        name="offers_ask_import_waiting",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="askimport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("applied_at__isnull", True),
                            models.Q(("content", ""), ("faults_count", 0)),
                            _connector="OR",
                        ),
                        name="offers_ask_import_without_faults",
                    ),
                ),
            ]
        ),
    ]
