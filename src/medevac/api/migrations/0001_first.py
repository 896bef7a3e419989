"""The first tables of this room: tokens of organisations, and their use."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.manager
import medevac.audit.history_trigger
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models

from medevac.audit.together import Together


class Migration(migrations.Migration):
    """The first tables."""

    initial = True

    dependencies = [
        ("people", "0005_actors"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Token",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
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
                    },
                ),
                migrations.CreateModel(
                    name="TokenUse",
                    fields=[
                        (
                            "token",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="use",
                                serialize=False,
                                to="api.token",
                            ),
                        ),
                        ("last_used_at", models.DateTimeField(blank=True, null=True)),
                        ("minute", models.DateTimeField(blank=True, null=True)),
                        ("requests", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "use of a token",
                        "verbose_name_plural": "uses of tokens",
                    },
                    managers=[
                        ("unscoped", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="TokenEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="api.token",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name="token",
                    constraint=models.CheckConstraint(
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
                ),
                migrations.AddConstraint(
                    model_name="token",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("scopes__len__gte", 1)), name="api_token_scopes"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="token",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))), name="api_token_ends"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="token",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="api_token_revoked_by",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="token",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "api_tokenevent" ("id", "organisation_id", "name", "role", "scopes", "beginning", "made_by", "made_at", "expires_at", "revoked_at", "revoked_by", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."organisation_id", NEW."name", NEW."role", NEW."scopes", NEW."beginning", NEW."made_by", NEW."made_at", NEW."expires_at", NEW."revoked_at", NEW."revoked_by", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="257eb8a64dfe40bbcd1824cb3a1b9360b2b5f81c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_251c8",
                            table="api_token",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="token",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "api_tokenevent" ("id", "organisation_id", "name", "role", "scopes", "beginning", "made_by", "made_at", "expires_at", "revoked_at", "revoked_by", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."organisation_id", NEW."name", NEW."role", NEW."scopes", NEW."beginning", NEW."made_by", NEW."made_at", NEW."expires_at", NEW."revoked_at", NEW."revoked_by", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="846ee9a69fba6cacfa0bd4100a747ed29163c7e7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_834f6",
                            table="api_token",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="token",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "api_tokenevent" ("id", "organisation_id", "name", "role", "scopes", "beginning", "made_by", "made_at", "expires_at", "revoked_at", "revoked_by", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."organisation_id", OLD."name", OLD."role", OLD."scopes", OLD."beginning", OLD."made_by", OLD."made_at", OLD."expires_at", OLD."revoked_at", OLD."revoked_by", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="ca28f4d323deea3c9f33328fdfba97d18d927300",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3a075",
                            table="api_token",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
