import medevac.audit.history_trigger
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from medevac.audit.together import Together


class Migration(migrations.Migration):
    """A mark on places that were named for one patient."""

    dependencies = [
        ("cases", "0011_which_steps_wait"),
        ("directory", "0001_first"),
        ("offers", "0004_population_shares"),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="place",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="place",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="place",
                    name="delete_delete",
                ),
            ]
        ),
        Together(
            [
                migrations.AddField(
                    model_name="place",
                    name="named",
                    field=models.BooleanField(
                        default=False, editable=False, verbose_name="named for one patient"
                    ),
                ),
                migrations.AddField(
                    model_name="placeevent",
                    name="named",
                    field=models.BooleanField(
                        default=False, editable=False, verbose_name="named for one patient"
                    ),
                ),
            ]
        ),
        Together(
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="place",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "offers_placeevent" ("id", "mission_id", "hospital_id", "label", "specialty", "first_day", "last_day", "staffed", "competence", "stay_days", "named", "confirmed_at", "confirmed_by", "closed_at", "closed_reason", "version", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."mission_id", NEW."hospital_id", NEW."label", NEW."specialty", NEW."first_day", NEW."last_day", NEW."staffed", NEW."competence", NEW."stay_days", NEW."named", NEW."confirmed_at", NEW."confirmed_by", NEW."closed_at", NEW."closed_reason", NEW."version", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="fdf0be6a7af26240abd2a4d16d142c1837450610",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_927e2",
                            table="offers_place",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="place",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "offers_placeevent" ("id", "mission_id", "hospital_id", "label", "specialty", "first_day", "last_day", "staffed", "competence", "stay_days", "named", "confirmed_at", "confirmed_by", "closed_at", "closed_reason", "version", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."mission_id", NEW."hospital_id", NEW."label", NEW."specialty", NEW."first_day", NEW."last_day", NEW."staffed", NEW."competence", NEW."stay_days", NEW."named", NEW."confirmed_at", NEW."confirmed_by", NEW."closed_at", NEW."closed_reason", NEW."version", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="e472a8d97d8caab456cdfd0b016f3ba9122fdeb9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d229e",
                            table="offers_place",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="place",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "offers_placeevent" ("id", "mission_id", "hospital_id", "label", "specialty", "first_day", "last_day", "staffed", "competence", "stay_days", "named", "confirmed_at", "confirmed_by", "closed_at", "closed_reason", "version", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."mission_id", OLD."hospital_id", OLD."label", OLD."specialty", OLD."first_day", OLD."last_day", OLD."staffed", OLD."competence", OLD."stay_days", OLD."named", OLD."confirmed_at", OLD."confirmed_by", OLD."closed_at", OLD."closed_reason", OLD."version", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="469d416cabd28afafb735026c4b857b8aba3da21",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_05963",
                            table="offers_place",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
