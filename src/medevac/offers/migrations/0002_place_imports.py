from uuid import uuid4

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from medevac.audit.together import Together


class Migration(migrations.Migration):
    """Workbooks of places that were read, until they are applied."""

    dependencies = [
        ("directory", "0001_first"),
        ("offers", "0001_first"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="PlaceImport",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200, verbose_name="file")),
                        ("content", models.JSONField(default=dict, editable=False)),
                        ("faults", models.JSONField(default=list, editable=False)),
                        ("more_faults", models.PositiveIntegerField(default=0, editable=False)),
                        ("made_by", models.UUIDField(editable=False)),
                        (
                            "made_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
                            ),
                        ),
                        ("applied_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "hospital",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="place_imports",
                                to="directory.hospital",
                                verbose_name="hospital",
                            ),
                        ),
                        (
                            "mission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="place_imports",
                                to="directory.mission",
                                verbose_name="mission",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import of places",
                        "verbose_name_plural": "imports of places",
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddIndex(
                    model_name="placeimport",
                    index=models.Index(
                        condition=models.Q(("content", {}), _negated=True),
                        fields=["made_at"],
                        name="offers_import_waiting",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="placeimport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("applied_at__isnull", True),
                            models.Q(("content", {}), ("faults", [])),
                            _connector="OR",
                        ),
                        name="offers_import_without_faults",
                    ),
                ),
            ]
        ),
    ]
