import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import medevac.audit.history_trigger
import medevac.directory.models.validity
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from decimal import Decimal
from django.db import migrations, models

from medevac.audit.together import Together


class Migration(migrations.Migration):
    """Targets by population."""

    dependencies = [
        ("directory", "0001_first"),
        ("offers", "0003_links_act"),
        ("people", "0006_sessions_and_addresses"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="PopulationShare",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("first_day", models.DateField(verbose_name="from")),
                        (
                            "last_day",
                            models.DateField(
                                blank=True,
                                help_text="The last day. Leave empty for no end.",
                                null=True,
                                verbose_name="until",
                            ),
                        ),
                        (
                            "share",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="share of the country's people in per cent",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Who counted, and of which day, such as “SSB, 1 January 2026”.",
                                max_length=200,
                                verbose_name="source",
                            ),
                        ),
                        (
                            "mission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="population_shares",
                                to="directory.mission",
                                verbose_name="mission",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="population_shares",
                                to="people.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "population share",
                        "verbose_name_plural": "population shares",
                        "ordering": ["first_day", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PopulationShareEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("first_day", models.DateField(verbose_name="from")),
                        (
                            "last_day",
                            models.DateField(
                                blank=True,
                                help_text="The last day. Leave empty for no end.",
                                null=True,
                                verbose_name="until",
                            ),
                        ),
                        (
                            "share",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="share of the country's people in per cent",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Who counted, and of which day, such as “SSB, 1 January 2026”.",
                                max_length=200,
                                verbose_name="source",
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
                                to="offers.populationshare",
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
                    model_name="populationshare",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="offers_share_days",
                        violation_error_message="Expected a last day on or after the first. Exchange or correct them.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="populationshare",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("mission", "="),
                            ("organisation", "="),
                            (
                                medevac.directory.models.validity.Days(
                                    "first_day",
                                    "last_day",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="offers_share_once",
                        violation_error_message="Expected one at a time, but another already holds on some of these days. End it first, or choose other days.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="populationshare",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("share__range", (Decimal("0"), Decimal("100")))),
                        name="offers_share_range",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="populationshare",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="offers_share_source"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="populationshare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "offers_populationshareevent" ("id", "first_day", "last_day", "mission_id", "organisation_id", "share", "source", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."organisation_id", NEW."share", NEW."source", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="494a72db7d51c034e233f31814c13c2ce80392b0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_62b7f",
                            table="offers_populationshare",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="populationshare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "offers_populationshareevent" ("id", "first_day", "last_day", "mission_id", "organisation_id", "share", "source", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."organisation_id", NEW."share", NEW."source", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="ec22db6be72910815873f787ca36ab503f986461",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_45877",
                            table="offers_populationshare",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="populationshare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "offers_populationshareevent" ("id", "first_day", "last_day", "mission_id", "organisation_id", "share", "source", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."first_day", OLD."last_day", OLD."mission_id", OLD."organisation_id", OLD."share", OLD."source", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="50315821f2aecb7c82199e537995e3d0a14288bc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f4e86",
                            table="offers_populationshare",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
