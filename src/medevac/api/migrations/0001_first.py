"""The first table of this room: tokens of organisations."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables."""

    initial = True

    dependencies = [
        ("people", "0003_cache"),
    ]

    operations = [
        migrations.CreateModel(
            name="Token",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Which program uses it, such as “hospital system, Bergen”.",
                        max_length=100,
                        verbose_name="name",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("hospital_coordinator", "Hospital coordinator"),
                            ("oblast_coordinator", "Oblast coordinator"),
                            ("ministry", "Ministry of Health"),
                            ("coordination_centre", "National coordination centre"),
                            ("region", "Health region"),
                            ("receiving_hospital", "Receiving hospital"),
                            ("flight_desk", "Flight desk"),
                            ("hub_crew", "Hub crew"),
                            ("ground_crew", "Ground crew"),
                            ("municipality", "Municipality"),
                            ("immigration", "Immigration directorate"),
                            ("donor", "Donor"),
                            ("partner", "Partner institution"),
                            ("funder", "Funder"),
                            ("reader", "Reader of figures"),
                            ("administrator", "Mission administrator"),
                            ("auditor", "Auditor or data protection officer"),
                        ],
                        help_text="The program reaches what this role reaches.",
                        max_length=40,
                        verbose_name="role",
                    ),
                ),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None, verbose_name="scopes"
                    ),
                ),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("beginning", models.CharField(editable=False, max_length=12)),
                ("made_by", models.UUIDField()),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="until")),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_by", models.UUIDField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("minute", models.DateTimeField(blank=True, null=True)),
                ("requests", models.PositiveIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to="people.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "token",
                "verbose_name_plural": "tokens",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "hospital_coordinator",
                                    "oblast_coordinator",
                                    "ministry",
                                    "coordination_centre",
                                    "region",
                                    "receiving_hospital",
                                    "flight_desk",
                                    "hub_crew",
                                    "ground_crew",
                                    "municipality",
                                    "immigration",
                                    "donor",
                                    "partner",
                                    "funder",
                                    "reader",
                                    "administrator",
                                    "auditor",
                                ],
                            )
                        ),
                        name="api_token_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scopes__len__gte", 1)), name="api_token_scopes"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))), name="api_token_ends"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="api_token_revoked_by",
                    ),
                ],
            },
        ),
    ]
