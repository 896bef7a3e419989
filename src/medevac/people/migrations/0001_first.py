"""The first tables of this room: organisations, users, memberships, invitations, emergency access."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import medevac.people.models.membership
import medevac.people.models.user
import uuid
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

from medevac.audit.together import Together


class Migration(migrations.Migration):
    """The first tables."""

    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        Together(
            [
                migrations.CreateModel(
                    name="User",
                    fields=[
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(max_length=254, unique=True, verbose_name="e-mail address"),
                        ),
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
                        "verbose_name": "user",
                        "verbose_name_plural": "users",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                                name="people_user_email_lower",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("deactivated_at__isnull", True), ("is_active", True)),
                                    models.Q(("deactivated_at__isnull", False), ("is_active", False)),
                                    _connector="OR",
                                ),
                                name="people_user_inactive_since",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                        (
                            "admitted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="admitted",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="people.organisation",
                                verbose_name="part of",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organisation",
                        "verbose_name_plural": "organisations",
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="user",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="people.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "membership",
                        "verbose_name_plural": "memberships",
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
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
                        ("token_digest", models.BinaryField(max_length=32, unique=True)),
                        ("invited_by", models.UUIDField()),
                        ("invited_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField(verbose_name="valid until")),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("accepted_by", models.UUIDField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_by", models.UUIDField(blank=True, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="people.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "verbose_name_plural": "invitations",
                    },
                ),
                migrations.CreateModel(
                    name="EmergencyAccess",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.UUIDField()),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("opened_at", models.DateTimeField(verbose_name="opened")),
                        ("expires_at", models.DateTimeField(verbose_name="open until")),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        ("seen_by", models.UUIDField(blank=True, null=True)),
                        ("verdict", models.TextField(blank=True, verbose_name="what the data owner says")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="emergencies",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="user",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="emergencies",
                                to="people.organisation",
                                verbose_name="data owner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "emergency access",
                        "verbose_name_plural": "emergency accesses",
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationPath",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "ancestor_id",
                                "descendant_id",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("depth", models.PositiveIntegerField()),
                        (
                            "ancestor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="paths_down",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "descendant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="paths_up",
                                to="people.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "path of an organisation",
                        "verbose_name_plural": "paths of organisations",
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name="organisation",
                    constraint=models.UniqueConstraint(
                        fields=("parent", "name"), name="people_organisation_name_once", nulls_distinct=False
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organisation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "sending_hospital",
                                    "oblast",
                                    "ministry",
                                    "centre",
                                    "region",
                                    "receiving_hospital",
                                    "flight_desk",
                                    "hub",
                                    "ground",
                                    "municipality",
                                    "immigration",
                                    "donor",
                                    "partner",
                                    "funder",
                                    "owner",
                                    "other",
                                ],
                            )
                        ),
                        name="people_organisation_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organisation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")),
                        name="people_organisation_country",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organisation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True), ("admitted_by__isnull", True), _connector="OR"
                        ),
                        name="people_organisation_admitted_root",
                    ),
                ),
                migrations.AddIndex(
                    model_name="membership",
                    index=models.Index(fields=["user", "starts"], name="people_memb_user_id_2ae9ce_idx"),
                ),
                migrations.AddIndex(
                    model_name="membership",
                    index=models.Index(fields=["review_due"], name="people_memb_review__112b6b_idx"),
                ),
                migrations.AddConstraint(
                    model_name="membership",
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
                        name="people_membership_role",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True), ("ends__gte", models.F("starts")), _connector="OR"
                        ),
                        name="people_membership_period",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("user", "="),
                            ("organisation", "="),
                            ("role", "="),
                            (
                                django.db.models.functions.comparison.Coalesce(
                                    "mission",
                                    django.db.models.functions.comparison.Cast(
                                        models.Value("00000000-0000-0000-0000-000000000000"),
                                        models.UUIDField(),
                                    ),
                                ),
                                "=",
                            ),
                            (
                                medevac.people.models.membership.Period(
                                    "starts", "ends", django.contrib.postgres.fields.ranges.RangeBoundary()
                                ),
                                "&&",
                            ),
                        ],
                        name="people_membership_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
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
                        name="people_invitation_role",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"
                        ),
                        name="people_invitation_one_end",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        models.F("organisation"),
                        models.F("role"),
                        condition=models.Q(("accepted_at__isnull", True), ("withdrawn_at__isnull", True)),
                        name="people_invitation_open_once",
                    ),
                ),
                migrations.AddIndex(
                    model_name="emergencyaccess",
                    index=models.Index(
                        fields=["user", "subject_kind", "expires_at"], name="people_emer_user_id_570a66_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="emergencyaccess",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason__length__gte", 20)), name="people_emergency_reason"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="emergencyaccess",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("opened_at"))),
                        name="people_emergency_expires",
                    ),
                ),
            ]
        ),
    ]
