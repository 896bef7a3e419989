"""The history tables of this room and of the ways into an account, with their triggers."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import medevac.audit.history_trigger
import medevac.people.models.user
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from medevac.audit.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("audit", "0002_functions"),
        ("people", "0003_cache"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="EmergencyAccessEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.UUIDField()),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("opened_at", models.DateTimeField(verbose_name="opened")),
                        ("expires_at", models.DateTimeField(verbose_name="open until")),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        ("seen_by", models.UUIDField(blank=True, null=True)),
                        ("verdict", models.TextField(blank=True, verbose_name="what the data owner says")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="InvitationEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
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
                                max_length=40,
                                verbose_name="role",
                            ),
                        ),
                        ("mission", models.UUIDField(blank=True, null=True)),
                        (
                            "member_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="member until"),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("nb", "Norsk bokmål"), ("uk", "Українська")],
                                default="en",
                                max_length=5,
                                verbose_name="language",
                            ),
                        ),
                        ("invited_by", models.UUIDField()),
                        ("invited_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField(verbose_name="valid until")),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("accepted_by", models.UUIDField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_by", models.UUIDField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                                max_length=40,
                                verbose_name="role",
                            ),
                        ),
                        ("mission", models.UUIDField(blank=True, null=True)),
                        ("starts", models.DateTimeField(verbose_name="from")),
                        ("ends", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                        ("granted_by", models.UUIDField(blank=True, null=True)),
                        ("ended_by", models.UUIDField(blank=True, null=True)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("confirmed_by", models.UUIDField(blank=True, null=True)),
                        ("review_due", models.DateTimeField(verbose_name="to be confirmed by")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "name",
                            models.CharField(
                                help_text="In its own language and script.",
                                max_length=200,
                                verbose_name="name",
                            ),
                        ),
                        (
                            "latin_name",
                            models.CharField(max_length=200, verbose_name="name in Latin letters"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sending_hospital", "Hospital that sends patients"),
                                    ("oblast", "Oblast health department"),
                                    ("ministry", "Ministry"),
                                    ("centre", "National coordination centre"),
                                    ("region", "Health region"),
                                    ("receiving_hospital", "Hospital that receives patients"),
                                    ("flight_desk", "Flight desk or operator"),
                                    ("hub", "Hub"),
                                    ("ground", "Ambulance or ground service"),
                                    ("municipality", "Municipality"),
                                    ("immigration", "Immigration directorate"),
                                    ("donor", "Donor"),
                                    ("partner", "Partner institution"),
                                    ("funder", "Funder"),
                                    ("owner", "Mission owner"),
                                    ("other", "Other"),
                                ],
                                max_length=40,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z]{2}\\Z", "Expected two capital letters such as NO or UA."
                                    )
                                ],
                                verbose_name="country",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RecordedAddressEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.IntegerField()),
                        ("email", models.EmailField(max_length=254, verbose_name="email address")),
                        ("verified", models.BooleanField(default=False, verbose_name="verified")),
                        ("primary", models.BooleanField(default=False, verbose_name="primary")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RecordedFactorEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.BigIntegerField()),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("recovery_codes", "Recovery codes"),
                                    ("totp", "TOTP Authenticator"),
                                    ("webauthn", "WebAuthn"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("last_used_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RecordedProviderEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.IntegerField()),
                        ("provider", models.CharField(max_length=200, verbose_name="provider")),
                        ("uid", models.CharField(max_length=191, verbose_name="uid")),
                        ("last_login", models.DateTimeField(auto_now=True, verbose_name="last login")),
                        ("date_joined", models.DateTimeField(auto_now_add=True, verbose_name="date joined")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="UserEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                        (
                            "name",
                            models.CharField(
                                help_text="As you write it yourself, in your own script.",
                                max_length=200,
                                verbose_name="name",
                            ),
                        ),
                        (
                            "latin_name",
                            models.CharField(
                                help_text="As in the passport, so that all partners can read it.",
                                max_length=200,
                                verbose_name="name in Latin letters",
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(
                                blank=True,
                                help_text="With the country's number: +47 …",
                                max_length=40,
                                verbose_name="telephone",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("nb", "Norsk bokmål"), ("uk", "Українська")],
                                default="en",
                                max_length=5,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                default="Europe/Oslo",
                                max_length=60,
                                validators=[medevac.people.models.user.check_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        ("deactivated_at", models.DateTimeField(blank=True, null=True)),
                        ("deactivated_by", models.UUIDField(blank=True, null=True)),
                        ("session_number", models.PositiveIntegerField(default=1)),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RecordedProvider",
                    fields=[],
                    options={
                        "verbose_name": "account at a provider",
                        "verbose_name_plural": "accounts at a provider",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("socialaccount.socialaccount",),
                ),
                migrations.CreateModel(
                    name="RecordedFactor",
                    fields=[],
                    options={
                        "verbose_name": "way to sign in",
                        "verbose_name_plural": "ways to sign in",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("mfa.authenticator",),
                ),
                migrations.CreateModel(
                    name="RecordedAddress",
                    fields=[],
                    options={
                        "verbose_name": "address to sign in",
                        "verbose_name_plural": "addresses to sign in",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("account.emailaddress",),
                ),
            ]
        ),
        Together(
            [
                migrations.AddField(
                    model_name="emergencyaccessevent",
                    name="owner",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                        verbose_name="data owner",
                    ),
                ),
                migrations.AddField(
                    model_name="emergencyaccessevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.emergencyaccess",
                    ),
                ),
                migrations.AddField(
                    model_name="emergencyaccessevent",
                    name="user",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
                    name="organisation",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                        verbose_name="organisation",
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.invitation",
                    ),
                ),
                migrations.AddField(
                    model_name="membershipevent",
                    name="organisation",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                        verbose_name="organisation",
                    ),
                ),
                migrations.AddField(
                    model_name="membershipevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="membershipevent",
                    name="user",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="admitted_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="parent",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                        verbose_name="part of",
                    ),
                ),
                migrations.AddField(
                    model_name="organisationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                migrations.AddField(
                    model_name="recordedaddressevent",
                    name="user",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                migrations.AddField(
                    model_name="recordedfactorevent",
                    name="user",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="recordedproviderevent",
                    name="user",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="userevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="recordedproviderevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.recordedprovider",
                    ),
                ),
                migrations.AddField(
                    model_name="recordedfactorevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.recordedfactor",
                    ),
                ),
                migrations.AddField(
                    model_name="recordedaddressevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.recordedaddress",
                    ),
                ),
            ]
        ),
        Together(
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="emergencyaccess",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_emergencyaccessevent" ("id", "user_id", "subject_kind", "subject_id", "owner_id", "reason", "opened_at", "expires_at", "ended_at", "seen_at", "seen_by", "verdict", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."user_id", NEW."subject_kind", NEW."subject_id", NEW."owner_id", NEW."reason", NEW."opened_at", NEW."expires_at", NEW."ended_at", NEW."seen_at", NEW."seen_by", NEW."verdict", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="80c61389898c1833399f2e6fd18f8cfb9b93a63f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4e8c7",
                            table="people_emergencyaccess",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="emergencyaccess",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_emergencyaccessevent" ("id", "user_id", "subject_kind", "subject_id", "owner_id", "reason", "opened_at", "expires_at", "ended_at", "seen_at", "seen_by", "verdict", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."user_id", NEW."subject_kind", NEW."subject_id", NEW."owner_id", NEW."reason", NEW."opened_at", NEW."expires_at", NEW."ended_at", NEW."seen_at", NEW."seen_by", NEW."verdict", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="251380988d4b3543b206dba2c5fdc68633f005ae",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e64c4",
                            table="people_emergencyaccess",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="emergencyaccess",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_emergencyaccessevent" ("id", "user_id", "subject_kind", "subject_id", "owner_id", "reason", "opened_at", "expires_at", "ended_at", "seen_at", "seen_by", "verdict", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."user_id", OLD."subject_kind", OLD."subject_id", OLD."owner_id", OLD."reason", OLD."opened_at", OLD."expires_at", OLD."ended_at", OLD."seen_at", OLD."seen_by", OLD."verdict", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="87b05f6c5cc9825bb4ee316b7d2b5ff005bb676d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e3562",
                            table="people_emergencyaccess",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_invitationevent" ("id", "email", "organisation_id", "role", "mission", "member_until", "language", "invited_by", "invited_at", "expires_at", "accepted_at", "accepted_by", "withdrawn_at", "withdrawn_by", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."email", NEW."organisation_id", NEW."role", NEW."mission", NEW."member_until", NEW."language", NEW."invited_by", NEW."invited_at", NEW."expires_at", NEW."accepted_at", NEW."accepted_by", NEW."withdrawn_at", NEW."withdrawn_by", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="fba6eaa70c213e22e9caa21142388640b22240b0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6ecd8",
                            table="people_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_invitationevent" ("id", "email", "organisation_id", "role", "mission", "member_until", "language", "invited_by", "invited_at", "expires_at", "accepted_at", "accepted_by", "withdrawn_at", "withdrawn_by", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."email", NEW."organisation_id", NEW."role", NEW."mission", NEW."member_until", NEW."language", NEW."invited_by", NEW."invited_at", NEW."expires_at", NEW."accepted_at", NEW."accepted_by", NEW."withdrawn_at", NEW."withdrawn_by", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="43f2a8c87d70b5d39804d344635f4ced4e16e171",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1209f",
                            table="people_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_invitationevent" ("id", "email", "organisation_id", "role", "mission", "member_until", "language", "invited_by", "invited_at", "expires_at", "accepted_at", "accepted_by", "withdrawn_at", "withdrawn_by", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."email", OLD."organisation_id", OLD."role", OLD."mission", OLD."member_until", OLD."language", OLD."invited_by", OLD."invited_at", OLD."expires_at", OLD."accepted_at", OLD."accepted_by", OLD."withdrawn_at", OLD."withdrawn_by", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="7bdba8197dc3070e1c98a5978b10f3ef23b82c94",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_88427",
                            table="people_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_membershipevent" ("id", "user_id", "organisation_id", "role", "mission", "starts", "ends", "granted_by", "ended_by", "confirmed_at", "confirmed_by", "review_due", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."user_id", NEW."organisation_id", NEW."role", NEW."mission", NEW."starts", NEW."ends", NEW."granted_by", NEW."ended_by", NEW."confirmed_at", NEW."confirmed_by", NEW."review_due", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="c3e02fb7abe3c354f8d6e39bad3b490105b3082e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6bbf7",
                            table="people_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_membershipevent" ("id", "user_id", "organisation_id", "role", "mission", "starts", "ends", "granted_by", "ended_by", "confirmed_at", "confirmed_by", "review_due", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."user_id", NEW."organisation_id", NEW."role", NEW."mission", NEW."starts", NEW."ends", NEW."granted_by", NEW."ended_by", NEW."confirmed_at", NEW."confirmed_by", NEW."review_due", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="20db2e9ea0095a4a52fb096070ecd2a89a25f198",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c12bb",
                            table="people_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_membershipevent" ("id", "user_id", "organisation_id", "role", "mission", "starts", "ends", "granted_by", "ended_by", "confirmed_at", "confirmed_by", "review_due", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."user_id", OLD."organisation_id", OLD."role", OLD."mission", OLD."starts", OLD."ends", OLD."granted_by", OLD."ended_by", OLD."confirmed_at", OLD."confirmed_by", OLD."review_due", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="22098857fe86ade1d4cad6cdf714a260a1d29205",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1c841",
                            table="people_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_organisationevent" ("id", "name", "latin_name", "kind", "country", "parent_id", "admitted_by_id", "closed_at", "created_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."name", NEW."latin_name", NEW."kind", NEW."country", NEW."parent_id", NEW."admitted_by_id", NEW."closed_at", NEW."created_at", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="b37d7ea40958dd34583e2ab7f167b11bad379490",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d087f",
                            table="people_organisation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_organisationevent" ("id", "name", "latin_name", "kind", "country", "parent_id", "admitted_by_id", "closed_at", "created_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."name", NEW."latin_name", NEW."kind", NEW."country", NEW."parent_id", NEW."admitted_by_id", NEW."closed_at", NEW."created_at", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="5eaae4abf3f044a4995545803b91f111d561009c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c3fee",
                            table="people_organisation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_organisationevent" ("id", "name", "latin_name", "kind", "country", "parent_id", "admitted_by_id", "closed_at", "created_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."name", OLD."latin_name", OLD."kind", OLD."country", OLD."parent_id", OLD."admitted_by_id", OLD."closed_at", OLD."created_at", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="bd0ca0d1b46f9c49566dcc35a4017cb32a505d90",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_637d9",
                            table="people_organisation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_userevent" ("last_login", "id", "email", "name", "latin_name", "phone", "language", "time_zone", "is_active", "deactivated_at", "deactivated_by", "session_number", "created_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."last_login", NEW."id", NEW."email", NEW."name", NEW."latin_name", NEW."phone", NEW."language", NEW."time_zone", NEW."is_active", NEW."deactivated_at", NEW."deactivated_by", NEW."session_number", NEW."created_at", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="034c0c80c1bdf0cb8d49bbf22790965231e837de",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7e9ab",
                            table="people_user",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_userevent" ("last_login", "id", "email", "name", "latin_name", "phone", "language", "time_zone", "is_active", "deactivated_at", "deactivated_by", "session_number", "created_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."last_login", NEW."id", NEW."email", NEW."name", NEW."latin_name", NEW."phone", NEW."language", NEW."time_zone", NEW."is_active", NEW."deactivated_at", NEW."deactivated_by", NEW."session_number", NEW."created_at", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="8c9bbac19ac3f0918a1433380e50f3e7d9f08434",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_86e64",
                            table="people_user",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_userevent" ("last_login", "id", "email", "name", "latin_name", "phone", "language", "time_zone", "is_active", "deactivated_at", "deactivated_by", "session_number", "created_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."last_login", OLD."id", OLD."email", OLD."name", OLD."latin_name", OLD."phone", OLD."language", OLD."time_zone", OLD."is_active", OLD."deactivated_at", OLD."deactivated_by", OLD."session_number", OLD."created_at", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="24e8ea91a3b33d97e52e1378ec67e6ac40b8c0dd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bec80",
                            table="people_user",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordedprovider",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_recordedproviderevent" ("id", "user_id", "provider", "uid", "last_login", "date_joined", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."user_id", NEW."provider", NEW."uid", NEW."last_login", NEW."date_joined", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="90d6207c72ca801beddded9d4d959a28f63a25a7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a6f5b",
                            table="socialaccount_socialaccount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordedprovider",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_recordedproviderevent" ("id", "user_id", "provider", "uid", "last_login", "date_joined", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."user_id", NEW."provider", NEW."uid", NEW."last_login", NEW."date_joined", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="471c8c743a0bd1ce255145781ce5cd9d9526eaeb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7d88a",
                            table="socialaccount_socialaccount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordedprovider",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_recordedproviderevent" ("id", "user_id", "provider", "uid", "last_login", "date_joined", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."user_id", OLD."provider", OLD."uid", OLD."last_login", OLD."date_joined", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="1c9797b0be43fbf63474d50b204436e7fb094c02",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6ac62",
                            table="socialaccount_socialaccount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordedfactor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_recordedfactorevent" ("id", "user_id", "type", "created_at", "last_used_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."user_id", NEW."type", NEW."created_at", NEW."last_used_at", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="8b2d0a22a2ffb6849021409eb8436b6fcc1741b3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9349f",
                            table="mfa_authenticator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordedfactor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_recordedfactorevent" ("id", "user_id", "type", "created_at", "last_used_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."user_id", NEW."type", NEW."created_at", NEW."last_used_at", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="7b4a705023afaa642a6113c79c46a6bfce36a268",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f62d8",
                            table="mfa_authenticator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordedfactor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_recordedfactorevent" ("id", "user_id", "type", "created_at", "last_used_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."user_id", OLD."type", OLD."created_at", OLD."last_used_at", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="48bf9b34afadbecd175935070e9c1954a90d4d9a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3d8ff",
                            table="mfa_authenticator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordedaddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_recordedaddressevent" ("id", "user_id", "email", "verified", "primary", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."user_id", NEW."email", NEW."verified", NEW."primary", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="6290a3072e73d7fc7e64a4b22cdf535695c6bf66",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0d924",
                            table="account_emailaddress",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordedaddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_recordedaddressevent" ("id", "user_id", "email", "verified", "primary", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."user_id", NEW."email", NEW."verified", NEW."primary", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="103ccfaea379122623613a7b01e8340f3a8e56ab",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6c36b",
                            table="account_emailaddress",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordedaddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "people_recordedaddressevent" ("id", "user_id", "email", "verified", "primary", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."user_id", OLD."email", OLD."verified", OLD."primary", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="c603eb56030d4522129fc0cb8f4468b24d27944e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cabcb",
                            table="account_emailaddress",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
