import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import medevac.audit.history_trigger
import medevac.cases.identifiers
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models

from medevac.audit.together import Together


class Migration(migrations.Migration):
    """Runs of the planner's advice."""

    dependencies = [
        ("directory", "0001_first"),
        ("offers", "0005_named_places"),
        ("people", "0006_sessions_and_addresses"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="AdviceRun",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("flight_day", models.DateField(verbose_name="day of the flight")),
                        (
                            "wishes",
                            models.JSONField(default=list, editable=False, verbose_name="changes by hand"),
                        ),
                        ("parameters", models.JSONField(default=dict, editable=False)),
                        ("seed", models.PositiveIntegerField(default=0, editable=False)),
                        ("asked_by", models.UUIDField(editable=False)),
                        (
                            "asked_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting for the worker"),
                                    ("solving", "choosing patients, hospitals and stops"),
                                    ("pricing", "finding what the changes by hand cost"),
                                    ("trying", "trying what one more place would bring"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("heard_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("trouble", models.CharField(blank=True, editable=False, max_length=500)),
                        (
                            "planner",
                            models.CharField(
                                blank=True, editable=False, max_length=40, verbose_name="planner"
                            ),
                        ),
                        ("problem", medevac.cases.identifiers.EncryptedText(blank=True, editable=False)),
                        ("problem_sha256", models.CharField(blank=True, editable=False, max_length=64)),
                        ("plan", medevac.cases.identifiers.EncryptedText(blank=True, editable=False)),
                        ("asks", models.JSONField(default=list, editable=False)),
                        ("facts", models.JSONField(default=dict, editable=False)),
                        ("score", models.FloatField(editable=False, null=True)),
                        ("bound", models.FloatField(editable=False, null=True)),
                        ("placed", models.PositiveSmallIntegerField(editable=False, null=True)),
                        ("seconds", models.FloatField(editable=False, null=True)),
                        ("finished_at", models.DateTimeField(editable=False, null=True)),
                        ("adopted_by", models.UUIDField(editable=False, null=True)),
                        ("adopted_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "after",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="again",
                                to="offers.advicerun",
                                verbose_name="worked out again from",
                            ),
                        ),
                        (
                            "asker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice_runs",
                                to="people.organisation",
                                verbose_name="in the name of",
                            ),
                        ),
                        (
                            "mission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice_runs",
                                to="directory.mission",
                                verbose_name="mission",
                            ),
                        ),
                        (
                            "round",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice_run",
                                to="offers.round",
                                verbose_name="round of asking",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "advice run",
                        "verbose_name_plural": "advice runs",
                        "ordering": ["-asked_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AdviceRunEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("flight_day", models.DateField(verbose_name="day of the flight")),
                        (
                            "wishes",
                            models.JSONField(default=list, editable=False, verbose_name="changes by hand"),
                        ),
                        ("parameters", models.JSONField(default=dict, editable=False)),
                        ("seed", models.PositiveIntegerField(default=0, editable=False)),
                        ("asked_by", models.UUIDField(editable=False)),
                        (
                            "asked_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting for the worker"),
                                    ("solving", "choosing patients, hospitals and stops"),
                                    ("pricing", "finding what the changes by hand cost"),
                                    ("trying", "trying what one more place would bring"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("heard_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("trouble", models.CharField(blank=True, editable=False, max_length=500)),
                        (
                            "planner",
                            models.CharField(
                                blank=True, editable=False, max_length=40, verbose_name="planner"
                            ),
                        ),
                        ("problem_sha256", models.CharField(blank=True, editable=False, max_length=64)),
                        ("asks", models.JSONField(default=list, editable=False)),
                        ("facts", models.JSONField(default=dict, editable=False)),
                        ("score", models.FloatField(editable=False, null=True)),
                        ("bound", models.FloatField(editable=False, null=True)),
                        ("placed", models.PositiveSmallIntegerField(editable=False, null=True)),
                        ("seconds", models.FloatField(editable=False, null=True)),
                        ("finished_at", models.DateTimeField(editable=False, null=True)),
                        ("adopted_by", models.UUIDField(editable=False, null=True)),
                        ("adopted_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "after",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="offers.advicerun",
                                verbose_name="worked out again from",
                            ),
                        ),
                        (
                            "asker",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.organisation",
                                verbose_name="in the name of",
                            ),
                        ),
                        (
                            "mission",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="directory.mission",
                                verbose_name="mission",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="offers.advicerun",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="offers.round",
                                verbose_name="round of asking",
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
                migrations.AddIndex(
                    model_name="advicerun",
                    index=models.Index(fields=["mission", "-asked_at"], name="offers_advice_mission"),
                ),
                migrations.AddConstraint(
                    model_name="advicerun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "solving", "pricing", "trying", "done", "failed"])
                        ),
                        name="offers_advice_state",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="advicerun",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "solving", "pricing", "trying"])),
                        fields=("mission", "asker"),
                        name="offers_advice_one_at_work",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="advicerun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("adopted_at__isnull", True),
                                ("adopted_by__isnull", True),
                                ("round__isnull", True),
                            ),
                            models.Q(
                                ("adopted_at__isnull", False),
                                ("adopted_by__isnull", False),
                                ("round__isnull", False),
                                ("state", "done"),
                            ),
                            _connector="OR",
                        ),
                        name="offers_advice_adopted_whole",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="advicerun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "offers_advicerunevent" ("id", "mission_id", "asker_id", "flight_day", "after_id", "wishes", "parameters", "seed", "asked_by", "asked_at", "state", "heard_at", "trouble", "planner", "problem_sha256", "asks", "facts", "score", "bound", "placed", "seconds", "finished_at", "adopted_by", "adopted_at", "round_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."mission_id", NEW."asker_id", NEW."flight_day", NEW."after_id", NEW."wishes", NEW."parameters", NEW."seed", NEW."asked_by", NEW."asked_at", NEW."state", NEW."heard_at", NEW."trouble", NEW."planner", NEW."problem_sha256", NEW."asks", NEW."facts", NEW."score", NEW."bound", NEW."placed", NEW."seconds", NEW."finished_at", NEW."adopted_by", NEW."adopted_at", NEW."round_id", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="daa3c261a4e919246f3835690ef60fbefba67cd7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_13553",
                            table="offers_advicerun",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="advicerun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "offers_advicerunevent" ("id", "mission_id", "asker_id", "flight_day", "after_id", "wishes", "parameters", "seed", "asked_by", "asked_at", "state", "heard_at", "trouble", "planner", "problem_sha256", "asks", "facts", "score", "bound", "placed", "seconds", "finished_at", "adopted_by", "adopted_at", "round_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."mission_id", NEW."asker_id", NEW."flight_day", NEW."after_id", NEW."wishes", NEW."parameters", NEW."seed", NEW."asked_by", NEW."asked_at", NEW."state", NEW."heard_at", NEW."trouble", NEW."planner", NEW."problem_sha256", NEW."asks", NEW."facts", NEW."score", NEW."bound", NEW."placed", NEW."seconds", NEW."finished_at", NEW."adopted_by", NEW."adopted_at", NEW."round_id", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="cc597a74ee75dacff2e736fd7f60b7600155ebf3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5e5b6",
                            table="offers_advicerun",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="advicerun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "offers_advicerunevent" ("id", "mission_id", "asker_id", "flight_day", "after_id", "wishes", "parameters", "seed", "asked_by", "asked_at", "state", "heard_at", "trouble", "planner", "problem_sha256", "asks", "facts", "score", "bound", "placed", "seconds", "finished_at", "adopted_by", "adopted_at", "round_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."mission_id", OLD."asker_id", OLD."flight_day", OLD."after_id", OLD."wishes", OLD."parameters", OLD."seed", OLD."asked_by", OLD."asked_at", OLD."state", OLD."heard_at", OLD."trouble", OLD."planner", OLD."problem_sha256", OLD."asks", OLD."facts", OLD."score", OLD."bound", OLD."placed", OLD."seconds", OLD."finished_at", OLD."adopted_by", OLD."adopted_at", OLD."round_id", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="958b45b3d59ea6e52ac5e3acd596a1988875b9a2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c985d",
                            table="offers_advicerun",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
