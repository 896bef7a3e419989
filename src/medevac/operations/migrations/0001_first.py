"""The tables of this room, and the history of runs and holds."""

import django.db.models.deletion
import django.db.models.functions.datetime
import medevac.audit.history_trigger
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models

from medevac.audit.together import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [("audit", "0002_functions")]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="LegalHoldEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("kind", models.CharField(max_length=60, verbose_name="kind")),
                        (
                            "thing",
                            models.UUIDField(blank=True, null=True, verbose_name="number of the thing"),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("set_by", models.UUIDField()),
                        (
                            "set_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        ("lifted_by", models.UUIDField(null=True)),
                        ("lifted_at", models.DateTimeField(null=True)),
                        ("lifted_because", models.TextField(blank=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RetentionItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("thing", models.CharField(max_length=64)),
                        ("held", models.BooleanField(default=False)),
                        ("gone_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "thing of a retention run",
                        "verbose_name_plural": "things of a retention run",
                    },
                ),
                migrations.CreateModel(
                    name="RetentionRun",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("kind", models.CharField(max_length=60, verbose_name="kind")),
                        ("before", models.DateTimeField(verbose_name="older than")),
                        ("listed_by", models.UUIDField()),
                        (
                            "listed_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        ("listed_count", models.PositiveIntegerField(default=0, verbose_name="would go")),
                        ("held_count", models.PositiveIntegerField(default=0, verbose_name="held")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("listed", "listed, nothing is decided"),
                                    ("decided", "decided, waits for the deed"),
                                    ("running", "the deed has begun"),
                                    ("done", "done"),
                                    ("refused", "refused, nothing went"),
                                    ("stopped", "stopped"),
                                ],
                                default="listed",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("decided_by", models.UUIDField(null=True)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("stopped_by", models.UUIDField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("gone_count", models.PositiveIntegerField(default=0, verbose_name="gone")),
                    ],
                    options={
                        "verbose_name": "retention run",
                        "verbose_name_plural": "retention runs",
                    },
                ),
                migrations.CreateModel(
                    name="RetentionRunEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("kind", models.CharField(max_length=60, verbose_name="kind")),
                        ("before", models.DateTimeField(verbose_name="older than")),
                        ("listed_by", models.UUIDField()),
                        (
                            "listed_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        ("listed_count", models.PositiveIntegerField(default=0, verbose_name="would go")),
                        ("held_count", models.PositiveIntegerField(default=0, verbose_name="held")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("listed", "listed, nothing is decided"),
                                    ("decided", "decided, waits for the deed"),
                                    ("running", "the deed has begun"),
                                    ("done", "done"),
                                    ("refused", "refused, nothing went"),
                                    ("stopped", "stopped"),
                                ],
                                default="listed",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("decided_by", models.UUIDField(null=True)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("stopped_by", models.UUIDField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("gone_count", models.PositiveIntegerField(default=0, verbose_name="gone")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Tombstone",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("kind", models.CharField(max_length=60, verbose_name="kind")),
                        ("thing", models.UUIDField(verbose_name="number")),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), verbose_name="when"
                            ),
                        ),
                        ("asked_by", models.UUIDField()),
                        ("agreed_by", models.UUIDField()),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("counts", models.JSONField()),
                    ],
                    options={
                        "verbose_name": "tombstone",
                        "verbose_name_plural": "tombstones",
                    },
                ),
                migrations.CreateModel(
                    name="LegalHold",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("kind", models.CharField(max_length=60, verbose_name="kind")),
                        (
                            "thing",
                            models.UUIDField(blank=True, null=True, verbose_name="number of the thing"),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("set_by", models.UUIDField()),
                        (
                            "set_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        ("lifted_by", models.UUIDField(null=True)),
                        ("lifted_at", models.DateTimeField(null=True)),
                        ("lifted_because", models.TextField(blank=True)),
                    ],
                    options={
                        "verbose_name": "legal hold",
                        "verbose_name_plural": "legal holds",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason__length__gte", 20)), name="operations_hold_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                                    models.Q(
                                        ("lifted_at__isnull", False),
                                        ("lifted_because__length__gte", 20),
                                        ("lifted_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="operations_hold_lifted_by_somebody",
                            ),
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddField(
                    model_name="legalholdevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="operations.legalhold",
                    ),
                ),
                migrations.AddField(
                    model_name="retentionitem",
                    name="run",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="operations.retentionrun",
                    ),
                ),
                migrations.AddField(
                    model_name="retentionrunevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="operations.retentionrun",
                    ),
                ),
            ]
        ),
        Together(
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="legalhold",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "operations_legalholdevent" ("id", "kind", "thing", "reason", "set_by", "set_at", "lifted_by", "lifted_at", "lifted_because", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."kind", NEW."thing", NEW."reason", NEW."set_by", NEW."set_at", NEW."lifted_by", NEW."lifted_at", NEW."lifted_because", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="eb72cf85ff0353a37d67130a4538a6fd1c902a01",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9b697",
                            table="operations_legalhold",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="legalhold",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "operations_legalholdevent" ("id", "kind", "thing", "reason", "set_by", "set_at", "lifted_by", "lifted_at", "lifted_because", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."kind", NEW."thing", NEW."reason", NEW."set_by", NEW."set_at", NEW."lifted_by", NEW."lifted_at", NEW."lifted_because", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="e1b2da20569cf282f5c7727efbd99db9a3407dc2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c72b0",
                            table="operations_legalhold",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="legalhold",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "operations_legalholdevent" ("id", "kind", "thing", "reason", "set_by", "set_at", "lifted_by", "lifted_at", "lifted_because", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."kind", OLD."thing", OLD."reason", OLD."set_by", OLD."set_at", OLD."lifted_by", OLD."lifted_at", OLD."lifted_because", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="4f7e90d4930bafa80e49cf53ca849313de0497a6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2a0b7",
                            table="operations_legalhold",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="retentionrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["listed", "decided", "running", "done", "refused", "stopped"])
                        ),
                        name="operations_run_state",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="retentionrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", "listed"),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("reason__length__gte", 20),
                            ),
                            _connector="OR",
                        ),
                        name="operations_run_decided_by_somebody",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retentionrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "operations_retentionrunevent" ("id", "kind", "before", "listed_by", "listed_at", "listed_count", "held_count", "state", "decided_by", "decided_at", "reason", "stopped_by", "ended_at", "gone_count", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."kind", NEW."before", NEW."listed_by", NEW."listed_at", NEW."listed_count", NEW."held_count", NEW."state", NEW."decided_by", NEW."decided_at", NEW."reason", NEW."stopped_by", NEW."ended_at", NEW."gone_count", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="31d537291e7974a1a4502468a28a1acd988d1065",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_013ed",
                            table="operations_retentionrun",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retentionrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "operations_retentionrunevent" ("id", "kind", "before", "listed_by", "listed_at", "listed_count", "held_count", "state", "decided_by", "decided_at", "reason", "stopped_by", "ended_at", "gone_count", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."kind", NEW."before", NEW."listed_by", NEW."listed_at", NEW."listed_count", NEW."held_count", NEW."state", NEW."decided_by", NEW."decided_at", NEW."reason", NEW."stopped_by", NEW."ended_at", NEW."gone_count", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="ecb52ba24943bcba6d084dee4482fda69514b43d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_94abc",
                            table="operations_retentionrun",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retentionrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "operations_retentionrunevent" ("id", "kind", "before", "listed_by", "listed_at", "listed_count", "held_count", "state", "decided_by", "decided_at", "reason", "stopped_by", "ended_at", "gone_count", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."kind", OLD."before", OLD."listed_by", OLD."listed_at", OLD."listed_count", OLD."held_count", OLD."state", OLD."decided_by", OLD."decided_at", OLD."reason", OLD."stopped_by", OLD."ended_at", OLD."gone_count", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="e1cf9861563f5e5470981fd24d446f44a74fb4a4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5bc03",
                            table="operations_retentionrun",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tombstone",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("asked_by", models.F("agreed_by")), _negated=True),
                        name="operations_tombstone_two_people",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tombstone",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason__length__gte", 20)), name="operations_tombstone_reason"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="retentionitem",
                    constraint=models.UniqueConstraint(fields=("run", "thing"), name="operations_item_once"),
                ),
            ]
        ),
    ]
