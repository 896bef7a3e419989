"""The first tables of this room: missions and their dated parts, airports, hospitals."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.manager
import medevac.audit.history_trigger
import medevac.directory.models.validity
import medevac.people.models.user
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models

from medevac.audit.together import Together


class Migration(migrations.Migration):
    """The first tables."""

    initial = True

    dependencies = [
        ("people", "0005_actors"),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        Together(
            [
                migrations.CreateModel(
                    name="AirportEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "icao",
                            models.CharField(
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9]{4}\\Z", "Expected four letters such as EPRZ."
                                    )
                                ],
                                verbose_name="ICAO code",
                            ),
                        ),
                        ("iata", models.CharField(blank=True, max_length=3, verbose_name="IATA code")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("city", models.CharField(blank=True, max_length=200, verbose_name="city")),
                        ("country", models.CharField(max_length=2, verbose_name="country")),
                        (
                            "latitude",
                            models.FloatField(
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        (
                            "longitude",
                            models.FloatField(
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="longitude",
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                max_length=60,
                                validators=[medevac.people.models.user.check_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        (
                            "closes_at",
                            models.TimeField(
                                blank=True,
                                help_text="In the airport's own time. Leave both empty if it is open all night.",
                                null=True,
                                verbose_name="closed from",
                            ),
                        ),
                        (
                            "opens_at",
                            models.TimeField(
                                blank=True,
                                help_text="In the airport's own time.",
                                null=True,
                                verbose_name="closed until",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                help_text="Where the hours are from, and what to know.",
                                max_length=500,
                                verbose_name="note",
                            ),
                        ),
                        ("search_key", models.TextField(editable=False)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EligibilityRule",
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
                            "country",
                            models.CharField(
                                blank=True,
                                help_text="Leave empty for the whole mission.",
                                max_length=2,
                                verbose_name="country",
                            ),
                        ),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("everybody", "everybody"),
                                    ("civilian", "civilians"),
                                    ("soldier", "soldiers"),
                                    ("child", "children under 18"),
                                    ("child-alone", "children under 16 without a parent"),
                                    ("man-18-60", "men of 18 to 60"),
                                    ("companion", "companions"),
                                ],
                                max_length=20,
                                verbose_name="who",
                            ),
                        ),
                        ("accepted", models.BooleanField(default=False, verbose_name="accepted")),
                        (
                            "reason",
                            models.CharField(
                                help_text="Whoever is refused is told this. Name the decision.",
                                max_length=500,
                                verbose_name="reason",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rule of eligibility",
                        "verbose_name_plural": "rules of eligibility",
                    },
                    managers=[
                        ("unscoped", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="EligibilityRuleEvent",
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
                            "country",
                            models.CharField(
                                blank=True,
                                help_text="Leave empty for the whole mission.",
                                max_length=2,
                                verbose_name="country",
                            ),
                        ),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("everybody", "everybody"),
                                    ("civilian", "civilians"),
                                    ("soldier", "soldiers"),
                                    ("child", "children under 18"),
                                    ("child-alone", "children under 16 without a parent"),
                                    ("man-18-60", "men of 18 to 60"),
                                    ("companion", "companions"),
                                ],
                                max_length=20,
                                verbose_name="who",
                            ),
                        ),
                        ("accepted", models.BooleanField(default=False, verbose_name="accepted")),
                        (
                            "reason",
                            models.CharField(
                                help_text="Whoever is refused is told this. Name the decision.",
                                max_length=500,
                                verbose_name="reason",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Hospital",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="As in workbooks and published lists. An import finds the hospital again by it.",
                                max_length=80,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[^\\s/]+\\Z", "Expected a code without spaces, such as NO-OUS."
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                help_text="In its own language and script.",
                                max_length=300,
                                verbose_name="name",
                            ),
                        ),
                        (
                            "latin_name",
                            models.CharField(
                                blank=True,
                                help_text="Only where the name is written in other letters.",
                                max_length=300,
                                verbose_name="name in Latin letters",
                            ),
                        ),
                        ("city", models.CharField(blank=True, max_length=200, verbose_name="city")),
                        ("country", models.CharField(max_length=2, verbose_name="country")),
                        (
                            "latitude",
                            models.FloatField(
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        (
                            "longitude",
                            models.FloatField(
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="longitude",
                            ),
                        ),
                        (
                            "contact_role",
                            models.CharField(
                                blank=True,
                                help_text="A function that is always staffed, such as “ward leader on duty”, never a person.",
                                max_length=200,
                                verbose_name="whom to call",
                            ),
                        ),
                        (
                            "contact_phone",
                            models.CharField(blank=True, max_length=40, verbose_name="telephone"),
                        ),
                        (
                            "contact_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                        ),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("search_key", models.TextField(editable=False)),
                    ],
                    options={
                        "verbose_name": "hospital",
                        "verbose_name_plural": "hospitals",
                    },
                ),
                migrations.CreateModel(
                    name="HospitalEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "code",
                            models.CharField(
                                help_text="As in workbooks and published lists. An import finds the hospital again by it.",
                                max_length=80,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[^\\s/]+\\Z", "Expected a code without spaces, such as NO-OUS."
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                help_text="In its own language and script.",
                                max_length=300,
                                verbose_name="name",
                            ),
                        ),
                        (
                            "latin_name",
                            models.CharField(
                                blank=True,
                                help_text="Only where the name is written in other letters.",
                                max_length=300,
                                verbose_name="name in Latin letters",
                            ),
                        ),
                        ("city", models.CharField(blank=True, max_length=200, verbose_name="city")),
                        ("country", models.CharField(max_length=2, verbose_name="country")),
                        (
                            "latitude",
                            models.FloatField(
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        (
                            "longitude",
                            models.FloatField(
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="longitude",
                            ),
                        ),
                        (
                            "contact_role",
                            models.CharField(
                                blank=True,
                                help_text="A function that is always staffed, such as “ward leader on duty”, never a person.",
                                max_length=200,
                                verbose_name="whom to call",
                            ),
                        ),
                        (
                            "contact_phone",
                            models.CharField(blank=True, max_length=40, verbose_name="telephone"),
                        ),
                        (
                            "contact_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                        ),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("search_key", models.TextField(editable=False)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="HospitalImport",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200)),
                        ("entries", models.JSONField(default=list)),
                        ("faults", models.JSONField(default=list)),
                        ("made_by", models.UUIDField()),
                        (
                            "made_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
                            ),
                        ),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "import of hospitals",
                        "verbose_name_plural": "imports of hospitals",
                    },
                ),
                migrations.CreateModel(
                    name="HospitalSpecialty",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "specialty",
                            models.CharField(
                                max_length=80,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*\\Z", "Expected a word such as burns."
                                    )
                                ],
                                verbose_name="specialty",
                            ),
                        ),
                        (
                            "suitability",
                            models.FloatField(
                                default=1.0,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(1),
                                ],
                                verbose_name="suitability",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "specialty of a hospital",
                        "verbose_name_plural": "specialties of a hospital",
                    },
                    managers=[
                        ("unscoped", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="HospitalSpecialtyEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "specialty",
                            models.CharField(
                                max_length=80,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*\\Z", "Expected a word such as burns."
                                    )
                                ],
                                verbose_name="specialty",
                            ),
                        ),
                        (
                            "suitability",
                            models.FloatField(
                                default=1.0,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(1),
                                ],
                                verbose_name="suitability",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Mission",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="Small letters, digits and hyphens; it never changes.",
                                max_length=40,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*\\Z", "Expected a code such as ukraine-2022."
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                        ("name_nb", models.CharField(max_length=200, verbose_name="name in Norwegian")),
                        ("name_uk", models.CharField(max_length=200, verbose_name="name in Ukrainian")),
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
                            "identity",
                            models.CharField(
                                choices=[
                                    ("chosen", "when the patient has chosen the offer"),
                                    (
                                        "asked",
                                        "when asked for a place, since identity is checked before an offer",
                                    ),
                                ],
                                default="chosen",
                                max_length=10,
                                verbose_name="identity is shown",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_reason", models.CharField(blank=True, max_length=500)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "verbose_name": "mission",
                        "verbose_name_plural": "missions",
                    },
                ),
                migrations.CreateModel(
                    name="MissionActor",
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
                            "part",
                            models.CharField(
                                choices=[
                                    ("sends", "files cases"),
                                    ("verifies", "verifies and publishes cases"),
                                    ("coordinates", "answers for a country"),
                                    ("receives", "receives patients"),
                                    ("flies", "plans and flies"),
                                    ("hub", "runs the hub"),
                                    ("ground", "drives on the ground"),
                                    ("follows-up", "follows up after discharge"),
                                ],
                                max_length=20,
                                verbose_name="part",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "actor",
                        "verbose_name_plural": "actors",
                    },
                    managers=[
                        ("unscoped", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="MissionActorEvent",
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
                            "part",
                            models.CharField(
                                choices=[
                                    ("sends", "files cases"),
                                    ("verifies", "verifies and publishes cases"),
                                    ("coordinates", "answers for a country"),
                                    ("receives", "receives patients"),
                                    ("flies", "plans and flies"),
                                    ("hub", "runs the hub"),
                                    ("ground", "drives on the ground"),
                                    ("follows-up", "follows up after discharge"),
                                ],
                                max_length=20,
                                verbose_name="part",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MissionCountry",
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
                        ("country", models.CharField(max_length=2, verbose_name="country")),
                        (
                            "fair_share",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Patients in one week above which further ones cost score. Leave empty for none.",
                                null=True,
                                verbose_name="fair share",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "participating country",
                        "verbose_name_plural": "participating countries",
                    },
                    managers=[
                        ("unscoped", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="MissionCountryEvent",
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
                        ("country", models.CharField(max_length=2, verbose_name="country")),
                        (
                            "fair_share",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Patients in one week above which further ones cost score. Leave empty for none.",
                                null=True,
                                verbose_name="fair share",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MissionEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "code",
                            models.CharField(
                                help_text="Small letters, digits and hyphens; it never changes.",
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*\\Z", "Expected a code such as ukraine-2022."
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                        ("name_nb", models.CharField(max_length=200, verbose_name="name in Norwegian")),
                        ("name_uk", models.CharField(max_length=200, verbose_name="name in Ukrainian")),
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
                            "identity",
                            models.CharField(
                                choices=[
                                    ("chosen", "when the patient has chosen the offer"),
                                    (
                                        "asked",
                                        "when asked for a place, since identity is checked before an offer",
                                    ),
                                ],
                                default="chosen",
                                max_length=10,
                                verbose_name="identity is shown",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_reason", models.CharField(blank=True, max_length=500)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MissionHub",
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
                    ],
                    options={
                        "verbose_name": "hub",
                        "verbose_name_plural": "hubs",
                    },
                    managers=[
                        ("unscoped", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="MissionHubEvent",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MissionItem",
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
                            "code",
                            models.CharField(
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*\\Z", "Expected a code such as form-027."
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("consent", "consent"), ("paper", "paper"), ("check", "check")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                        ("name_nb", models.CharField(max_length=200, verbose_name="name in Norwegian")),
                        ("name_uk", models.CharField(max_length=200, verbose_name="name in Ukrainian")),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("everybody", "everybody"),
                                    ("civilian", "civilians"),
                                    ("soldier", "soldiers"),
                                    ("child", "children under 18"),
                                    ("child-alone", "children under 16 without a parent"),
                                    ("man-18-60", "men of 18 to 60"),
                                    ("companion", "companions"),
                                ],
                                default="everybody",
                                max_length=20,
                                verbose_name="who",
                            ),
                        ),
                        (
                            "blocks",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("submit", "Submitting the case"),
                                    ("verify", "Verifying the case"),
                                    ("publish", "Publishing the request"),
                                    ("offer", "Offering a place"),
                                    ("choose", "Recording the choice"),
                                    ("book", "Booking a flight"),
                                    ("board", "Boarding"),
                                    ("hand-over", "Hand-over"),
                                    ("discharge", "Discharge"),
                                    ("return", "Return"),
                                ],
                                help_text="The step that cannot be taken without it. Leave empty where its absence is only shown.",
                                max_length=20,
                                verbose_name="blocks",
                            ),
                        ),
                        (
                            "valid_days",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Leave empty where it does not age.",
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="days until it is too old",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item",
                        "verbose_name_plural": "items",
                    },
                    managers=[
                        ("unscoped", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="MissionItemEvent",
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
                            "code",
                            models.CharField(
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*\\Z", "Expected a code such as form-027."
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("consent", "consent"), ("paper", "paper"), ("check", "check")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                        ("name_nb", models.CharField(max_length=200, verbose_name="name in Norwegian")),
                        ("name_uk", models.CharField(max_length=200, verbose_name="name in Ukrainian")),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("everybody", "everybody"),
                                    ("civilian", "civilians"),
                                    ("soldier", "soldiers"),
                                    ("child", "children under 18"),
                                    ("child-alone", "children under 16 without a parent"),
                                    ("man-18-60", "men of 18 to 60"),
                                    ("companion", "companions"),
                                ],
                                default="everybody",
                                max_length=20,
                                verbose_name="who",
                            ),
                        ),
                        (
                            "blocks",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("submit", "Submitting the case"),
                                    ("verify", "Verifying the case"),
                                    ("publish", "Publishing the request"),
                                    ("offer", "Offering a place"),
                                    ("choose", "Recording the choice"),
                                    ("book", "Booking a flight"),
                                    ("board", "Boarding"),
                                    ("hand-over", "Hand-over"),
                                    ("discharge", "Discharge"),
                                    ("return", "Return"),
                                ],
                                help_text="The step that cannot be taken without it. Leave empty where its absence is only shown.",
                                max_length=20,
                                verbose_name="blocks",
                            ),
                        ),
                        (
                            "valid_days",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Leave empty where it does not age.",
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="days until it is too old",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MissionLimit",
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
                            "country",
                            models.CharField(
                                blank=True,
                                help_text="Leave empty for the whole mission.",
                                max_length=2,
                                verbose_name="country",
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("frame-places", "places in the country's frame"),
                                    ("hub-patients", "patients in the hub at once"),
                                    ("hub-companions", "companions in the hub at once"),
                                    ("hub-hours", "hours in the hub"),
                                    ("return-patients", "returning patients in the hub at once"),
                                    ("return-companions", "returning companions in the hub at once"),
                                    ("apron-minutes", "minutes that an aircraft may stand at the hub"),
                                    ("companions", "companions of one patient"),
                                ],
                                max_length=30,
                                verbose_name="limit of",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MaxValueValidator(1000000)],
                                verbose_name="at most",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                    ],
                    options={
                        "verbose_name": "limit",
                        "verbose_name_plural": "limits",
                    },
                    managers=[
                        ("unscoped", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="MissionLimitEvent",
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
                            "country",
                            models.CharField(
                                blank=True,
                                help_text="Leave empty for the whole mission.",
                                max_length=2,
                                verbose_name="country",
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("frame-places", "places in the country's frame"),
                                    ("hub-patients", "patients in the hub at once"),
                                    ("hub-companions", "companions in the hub at once"),
                                    ("hub-hours", "hours in the hub"),
                                    ("return-patients", "returning patients in the hub at once"),
                                    ("return-companions", "returning companions in the hub at once"),
                                    ("apron-minutes", "minutes that an aircraft may stand at the hub"),
                                    ("companions", "companions of one patient"),
                                ],
                                max_length=30,
                                verbose_name="limit of",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MaxValueValidator(1000000)],
                                verbose_name="at most",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Reach",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "road_minutes",
                            models.PositiveIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(1440),
                                ],
                                verbose_name="minutes on the road",
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[("estimate", "estimate"), ("set", "set by hand")],
                                max_length=10,
                                verbose_name="basis",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reach of a hospital",
                        "verbose_name_plural": "reach of hospitals",
                    },
                    managers=[
                        ("unscoped", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ReachEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", models.JSONField()),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "road_minutes",
                            models.PositiveIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(1440),
                                ],
                                verbose_name="minutes on the road",
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[("estimate", "estimate"), ("set", "set by hand")],
                                max_length=10,
                                verbose_name="basis",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RetentionPeriod",
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
                            "what",
                            models.CharField(
                                choices=[
                                    ("case", "the case with its clinical and personal data"),
                                    ("documents", "documents of the case"),
                                    ("messages", "messages about the case"),
                                    ("history", "history of changes"),
                                    ("access", "record of who looked"),
                                ],
                                max_length=20,
                                verbose_name="what is kept",
                            ),
                        ),
                        (
                            "months",
                            models.PositiveIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(1200),
                                ],
                                verbose_name="months after the end of the case",
                            ),
                        ),
                        ("basis", models.CharField(max_length=300, verbose_name="legal basis")),
                    ],
                    options={
                        "verbose_name": "retention period",
                        "verbose_name_plural": "retention periods",
                    },
                    managers=[
                        ("unscoped", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RetentionPeriodEvent",
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
                            "what",
                            models.CharField(
                                choices=[
                                    ("case", "the case with its clinical and personal data"),
                                    ("documents", "documents of the case"),
                                    ("messages", "messages about the case"),
                                    ("history", "history of changes"),
                                    ("access", "record of who looked"),
                                ],
                                max_length=20,
                                verbose_name="what is kept",
                            ),
                        ),
                        (
                            "months",
                            models.PositiveIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(1200),
                                ],
                                verbose_name="months after the end of the case",
                            ),
                        ),
                        ("basis", models.CharField(max_length=300, verbose_name="legal basis")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Airport",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "icao",
                            models.CharField(
                                max_length=4,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9]{4}\\Z", "Expected four letters such as EPRZ."
                                    )
                                ],
                                verbose_name="ICAO code",
                            ),
                        ),
                        ("iata", models.CharField(blank=True, max_length=3, verbose_name="IATA code")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("city", models.CharField(blank=True, max_length=200, verbose_name="city")),
                        ("country", models.CharField(max_length=2, verbose_name="country")),
                        (
                            "latitude",
                            models.FloatField(
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        (
                            "longitude",
                            models.FloatField(
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="longitude",
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                max_length=60,
                                validators=[medevac.people.models.user.check_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        (
                            "closes_at",
                            models.TimeField(
                                blank=True,
                                help_text="In the airport's own time. Leave both empty if it is open all night.",
                                null=True,
                                verbose_name="closed from",
                            ),
                        ),
                        (
                            "opens_at",
                            models.TimeField(
                                blank=True,
                                help_text="In the airport's own time.",
                                null=True,
                                verbose_name="closed until",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                help_text="Where the hours are from, and what to know.",
                                max_length=500,
                                verbose_name="note",
                            ),
                        ),
                        ("search_key", models.TextField(editable=False)),
                    ],
                    options={
                        "verbose_name": "airport",
                        "verbose_name_plural": "airports",
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass("search_key", "gin_trgm_ops"),
                                name="directory_airport_search",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))
                                ),
                                name="directory_airport_position",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("country__regex", "^[A-Z]{2}$"), ("icao__regex", "^[A-Z0-9]{4}$")
                                ),
                                name="directory_airport_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closes_at__isnull", True), ("opens_at__isnull", True)),
                                    models.Q(
                                        ("closes_at__isnull", False),
                                        ("opens_at__isnull", False),
                                        models.Q(("closes_at", models.F("opens_at")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="directory_airport_hours",
                                violation_error_message="Expected both hours of closure, not the same, or none of them. Fill in the other one.",
                            ),
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddField(
                    model_name="airportevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.airport",
                    ),
                ),
                migrations.AddField(
                    model_name="eligibilityruleevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.eligibilityrule",
                    ),
                ),
                migrations.AddField(
                    model_name="hospital",
                    name="keeper",
                    field=models.ForeignKey(
                        help_text="The organisation that answers for what is written here, and may change it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_hospitals",
                        to="people.organisation",
                        verbose_name="kept by",
                    ),
                ),
                migrations.AddField(
                    model_name="hospitalevent",
                    name="keeper",
                    field=models.ForeignKey(
                        db_constraint=False,
                        help_text="The organisation that answers for what is written here, and may change it.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                        verbose_name="kept by",
                    ),
                ),
                migrations.AddField(
                    model_name="hospitalevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.hospital",
                    ),
                ),
                migrations.AddField(
                    model_name="hospitalimport",
                    name="keeper",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hospital_imports",
                        to="people.organisation",
                        verbose_name="kept by",
                    ),
                ),
                migrations.AddField(
                    model_name="hospitalspecialty",
                    name="hospital",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="specialties",
                        to="directory.hospital",
                    ),
                ),
                migrations.AddField(
                    model_name="hospitalspecialtyevent",
                    name="hospital",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.hospital",
                    ),
                ),
                migrations.AddField(
                    model_name="hospitalspecialtyevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.hospitalspecialty",
                    ),
                ),
                migrations.AddField(
                    model_name="mission",
                    name="owner",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_missions",
                        to="people.organisation",
                        verbose_name="owner",
                    ),
                ),
                migrations.AddField(
                    model_name="eligibilityruleevent",
                    name="mission",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="eligibilityrule",
                    name="mission",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="eligibility",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="missionactor",
                    name="mission",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actors",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="missionactor",
                    name="organisation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts_in_missions",
                        to="people.organisation",
                        verbose_name="organisation",
                    ),
                ),
                migrations.AddField(
                    model_name="missionactorevent",
                    name="mission",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="missionactorevent",
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
                    model_name="missionactorevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.missionactor",
                    ),
                ),
                migrations.AddField(
                    model_name="missioncountry",
                    name="mission",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="countries",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="missioncountryevent",
                    name="mission",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="missioncountryevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.missioncountry",
                    ),
                ),
                migrations.AddField(
                    model_name="missionevent",
                    name="owner",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                        verbose_name="owner",
                    ),
                ),
                migrations.AddField(
                    model_name="missionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="missionhub",
                    name="airport",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hub_of",
                        to="directory.airport",
                        verbose_name="airport",
                    ),
                ),
                migrations.AddField(
                    model_name="missionhub",
                    name="mission",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hubs",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="missionhubevent",
                    name="airport",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.airport",
                        verbose_name="airport",
                    ),
                ),
                migrations.AddField(
                    model_name="missionhubevent",
                    name="mission",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="missionhubevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.missionhub",
                    ),
                ),
                migrations.AddField(
                    model_name="missionitem",
                    name="mission",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="missionitemevent",
                    name="mission",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="missionitemevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.missionitem",
                    ),
                ),
                migrations.AddField(
                    model_name="missionlimit",
                    name="mission",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="limits",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="missionlimitevent",
                    name="mission",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="missionlimitevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.missionlimit",
                    ),
                ),
                migrations.AddField(
                    model_name="reach",
                    name="airport",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reached",
                        to="directory.airport",
                        verbose_name="airport",
                    ),
                ),
                migrations.AddField(
                    model_name="reach",
                    name="hospital",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reach",
                        to="directory.hospital",
                    ),
                ),
                migrations.AddField(
                    model_name="reachevent",
                    name="airport",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.airport",
                        verbose_name="airport",
                    ),
                ),
                migrations.AddField(
                    model_name="reachevent",
                    name="hospital",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.hospital",
                    ),
                ),
                migrations.AddField(
                    model_name="reachevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.reach",
                    ),
                ),
                migrations.AddField(
                    model_name="retentionperiod",
                    name="mission",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="retention",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="retentionperiodevent",
                    name="mission",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.mission",
                    ),
                ),
                migrations.AddField(
                    model_name="retentionperiodevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.retentionperiod",
                    ),
                ),
            ]
        ),
        Together(
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="airport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_airportevent" ("id", "icao", "iata", "name", "city", "country", "latitude", "longitude", "time_zone", "closes_at", "opens_at", "note", "search_key", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."icao", NEW."iata", NEW."name", NEW."city", NEW."country", NEW."latitude", NEW."longitude", NEW."time_zone", NEW."closes_at", NEW."opens_at", NEW."note", NEW."search_key", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="cbe49a7ca7c6db60e16e0a6186e389f4328a482e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d9999",
                            table="directory_airport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="airport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_airportevent" ("id", "icao", "iata", "name", "city", "country", "latitude", "longitude", "time_zone", "closes_at", "opens_at", "note", "search_key", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."icao", NEW."iata", NEW."name", NEW."city", NEW."country", NEW."latitude", NEW."longitude", NEW."time_zone", NEW."closes_at", NEW."opens_at", NEW."note", NEW."search_key", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="62a0c93800edb71f3c962907f9c6a6e3c11d7a9f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bc8ca",
                            table="directory_airport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="airport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_airportevent" ("id", "icao", "iata", "name", "city", "country", "latitude", "longitude", "time_zone", "closes_at", "opens_at", "note", "search_key", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."icao", OLD."iata", OLD."name", OLD."city", OLD."country", OLD."latitude", OLD."longitude", OLD."time_zone", OLD."closes_at", OLD."opens_at", OLD."note", OLD."search_key", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="d905c97ed427334d7785e0fb870f6192cde6e2d9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d6f66",
                            table="directory_airport",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="hospital",
                    index=django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search_key", "gin_trgm_ops"),
                        name="directory_hospital_search",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hospital",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                        name="directory_hospital_position",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hospital",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")),
                        name="directory_hospital_country",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hospital",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_hospitalevent" ("id", "keeper_id", "code", "name", "latin_name", "city", "country", "latitude", "longitude", "contact_role", "contact_phone", "contact_email", "source", "closed_at", "search_key", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."keeper_id", NEW."code", NEW."name", NEW."latin_name", NEW."city", NEW."country", NEW."latitude", NEW."longitude", NEW."contact_role", NEW."contact_phone", NEW."contact_email", NEW."source", NEW."closed_at", NEW."search_key", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="e3c294c1a4a9f514c1bf446cb799c293f816de5a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_be73a",
                            table="directory_hospital",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hospital",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_hospitalevent" ("id", "keeper_id", "code", "name", "latin_name", "city", "country", "latitude", "longitude", "contact_role", "contact_phone", "contact_email", "source", "closed_at", "search_key", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."keeper_id", NEW."code", NEW."name", NEW."latin_name", NEW."city", NEW."country", NEW."latitude", NEW."longitude", NEW."contact_role", NEW."contact_phone", NEW."contact_email", NEW."source", NEW."closed_at", NEW."search_key", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="a8ef0ed3be271769c4bddeff0456f98e116efdbd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6d7f4",
                            table="directory_hospital",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hospital",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_hospitalevent" ("id", "keeper_id", "code", "name", "latin_name", "city", "country", "latitude", "longitude", "contact_role", "contact_phone", "contact_email", "source", "closed_at", "search_key", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."keeper_id", OLD."code", OLD."name", OLD."latin_name", OLD."city", OLD."country", OLD."latitude", OLD."longitude", OLD."contact_role", OLD."contact_phone", OLD."contact_email", OLD."source", OLD."closed_at", OLD."search_key", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="f6630b494ab729876cb7b4f773e1c19d6f5e6f4c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1fa32",
                            table="directory_hospital",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hospitalimport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("applied_at__isnull", True), ("faults", []), _connector="OR"),
                        name="directory_import_without_faults",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hospitalspecialty",
                    constraint=models.UniqueConstraint(
                        fields=("hospital", "specialty"), name="directory_specialty_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hospitalspecialty",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("suitability__range", (0, 1))),
                        name="directory_specialty_suitability",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hospitalspecialty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_hospitalspecialtyevent" ("id", "hospital_id", "specialty", "suitability", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."hospital_id", NEW."specialty", NEW."suitability", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="a2d4d7367ee1887acf205880883bbba0b45cd285",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_57ba5",
                            table="directory_hospitalspecialty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hospitalspecialty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_hospitalspecialtyevent" ("id", "hospital_id", "specialty", "suitability", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."hospital_id", NEW."specialty", NEW."suitability", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="a11c4caff7ef66dd77d9fec95bbc05c7f6010d0e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_50f04",
                            table="directory_hospitalspecialty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hospitalspecialty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_hospitalspecialtyevent" ("id", "hospital_id", "specialty", "suitability", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."hospital_id", OLD."specialty", OLD."suitability", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="9f18b0998ef80d90432b4303bc3bfade111e3ec8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_04157",
                            table="directory_hospitalspecialty",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mission",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="directory_mission_days",
                        violation_error_message="Expected a last day on or after the first. Exchange or correct them.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mission",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("identity__in", ("chosen", "asked"))),
                        name="directory_mission_identity",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mission",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_reason", "")),
                            models.Q(
                                ("closed_at__isnull", False), models.Q(("closed_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="directory_mission_closed_why",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_missionevent" ("id", "code", "name_en", "name_nb", "name_uk", "owner_id", "first_day", "last_day", "identity", "closed_at", "closed_reason", "version", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."code", NEW."name_en", NEW."name_nb", NEW."name_uk", NEW."owner_id", NEW."first_day", NEW."last_day", NEW."identity", NEW."closed_at", NEW."closed_reason", NEW."version", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="c40d731356e55d3b1c693f8243a7f3ad7d81bab6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0e17b",
                            table="directory_mission",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_missionevent" ("id", "code", "name_en", "name_nb", "name_uk", "owner_id", "first_day", "last_day", "identity", "closed_at", "closed_reason", "version", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."code", NEW."name_en", NEW."name_nb", NEW."name_uk", NEW."owner_id", NEW."first_day", NEW."last_day", NEW."identity", NEW."closed_at", NEW."closed_reason", NEW."version", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="a8b6032afcdbe114625c0283d11869ae22258275",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_98b42",
                            table="directory_mission",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_missionevent" ("id", "code", "name_en", "name_nb", "name_uk", "owner_id", "first_day", "last_day", "identity", "closed_at", "closed_reason", "version", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."code", OLD."name_en", OLD."name_nb", OLD."name_uk", OLD."owner_id", OLD."first_day", OLD."last_day", OLD."identity", OLD."closed_at", OLD."closed_reason", OLD."version", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="38f0349b895cb4be70a1ee18e9b2d97ae6691ade",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bc59b",
                            table="directory_mission",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eligibilityrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="directory_eligibility_days",
                        violation_error_message="Expected a last day on or after the first. Exchange or correct them.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eligibilityrule",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("mission", "="),
                            ("country", "="),
                            ("group", "="),
                            (
                                medevac.directory.models.validity.Days(
                                    "first_day",
                                    "last_day",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="directory_eligibility_once",
                        violation_error_message="Expected one at a time, but another already holds on some of these days. End it first, or choose other days.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eligibilityrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="directory_eligibility_reason"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eligibilityrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_eligibilityruleevent" ("id", "first_day", "last_day", "mission_id", "country", "group", "accepted", "reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."country", NEW."group", NEW."accepted", NEW."reason", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="eea8de88b2df82b78ac19acbee36363948a9e04c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f83be",
                            table="directory_eligibilityrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eligibilityrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_eligibilityruleevent" ("id", "first_day", "last_day", "mission_id", "country", "group", "accepted", "reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."country", NEW."group", NEW."accepted", NEW."reason", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="45502497f0af5e5b085f911cb7a97ca417ff9ec3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_29bc9",
                            table="directory_eligibilityrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eligibilityrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_eligibilityruleevent" ("id", "first_day", "last_day", "mission_id", "country", "group", "accepted", "reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."first_day", OLD."last_day", OLD."mission_id", OLD."country", OLD."group", OLD."accepted", OLD."reason", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="12deeebc12ffa22f9d51358147572541abf556f6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bcda8",
                            table="directory_eligibilityrule",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="missionactor",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="directory_actor_days",
                        violation_error_message="Expected a last day on or after the first. Exchange or correct them.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="missionactor",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("mission", "="),
                            ("organisation", "="),
                            ("part", "="),
                            (
                                medevac.directory.models.validity.Days(
                                    "first_day",
                                    "last_day",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="directory_actor_once",
                        violation_error_message="Expected one at a time, but another already holds on some of these days. End it first, or choose other days.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionactor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_missionactorevent" ("id", "first_day", "last_day", "mission_id", "organisation_id", "part", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."organisation_id", NEW."part", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="e90628ddfaf42df1c6d0c55a3e8a705501a7962e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b6a43",
                            table="directory_missionactor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionactor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_missionactorevent" ("id", "first_day", "last_day", "mission_id", "organisation_id", "part", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."organisation_id", NEW."part", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="6a7780bc470e49a592fffdc5fb3c1ed82904a931",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_73618",
                            table="directory_missionactor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionactor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_missionactorevent" ("id", "first_day", "last_day", "mission_id", "organisation_id", "part", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."first_day", OLD."last_day", OLD."mission_id", OLD."organisation_id", OLD."part", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="71f396e045f5f4c7a6208a28e0815be94cab5d90",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cc1a7",
                            table="directory_missionactor",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="missioncountry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="directory_country_days",
                        violation_error_message="Expected a last day on or after the first. Exchange or correct them.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="missioncountry",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("mission", "="),
                            ("country", "="),
                            (
                                medevac.directory.models.validity.Days(
                                    "first_day",
                                    "last_day",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="directory_country_once",
                        violation_error_message="Expected one at a time, but another already holds on some of these days. End it first, or choose other days.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="missioncountry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")), name="directory_country_code"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missioncountry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_missioncountryevent" ("id", "first_day", "last_day", "mission_id", "country", "fair_share", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."country", NEW."fair_share", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="dd813add44af2077a9e20ee11dd718aed70e9715",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e482b",
                            table="directory_missioncountry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missioncountry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_missioncountryevent" ("id", "first_day", "last_day", "mission_id", "country", "fair_share", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."country", NEW."fair_share", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="68c6ff48e444e03fcd608a7f60cfe6568ca51c17",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3fb10",
                            table="directory_missioncountry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missioncountry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_missioncountryevent" ("id", "first_day", "last_day", "mission_id", "country", "fair_share", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."first_day", OLD."last_day", OLD."mission_id", OLD."country", OLD."fair_share", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="17e55f7179725e6c943f442c2bb11076bfd89436",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9eba0",
                            table="directory_missioncountry",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="missionhub",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="directory_hub_days",
                        violation_error_message="Expected a last day on or after the first. Exchange or correct them.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="missionhub",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("mission", "="),
                            ("airport", "="),
                            (
                                medevac.directory.models.validity.Days(
                                    "first_day",
                                    "last_day",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="directory_hub_once",
                        violation_error_message="Expected one at a time, but another already holds on some of these days. End it first, or choose other days.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionhub",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_missionhubevent" ("id", "first_day", "last_day", "mission_id", "airport_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."airport_id", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="c25969d0465a5a54373c2e96300855b2b85dd7b3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_67973",
                            table="directory_missionhub",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionhub",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_missionhubevent" ("id", "first_day", "last_day", "mission_id", "airport_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."airport_id", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="c2b11774d7f7c2b57c62c42dc5b78304f353dd0d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_08b89",
                            table="directory_missionhub",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionhub",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_missionhubevent" ("id", "first_day", "last_day", "mission_id", "airport_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."first_day", OLD."last_day", OLD."mission_id", OLD."airport_id", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="5773bdd7084b77b3994d0ede621e3f967199339d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_119e0",
                            table="directory_missionhub",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="missionitem",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="directory_item_days",
                        violation_error_message="Expected a last day on or after the first. Exchange or correct them.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="missionitem",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("mission", "="),
                            ("code", "="),
                            ("group", "="),
                            (
                                medevac.directory.models.validity.Days(
                                    "first_day",
                                    "last_day",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="directory_item_once",
                        violation_error_message="Expected one at a time, but another already holds on some of these days. End it first, or choose other days.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_missionitemevent" ("id", "first_day", "last_day", "mission_id", "code", "kind", "name_en", "name_nb", "name_uk", "group", "blocks", "valid_days", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."code", NEW."kind", NEW."name_en", NEW."name_nb", NEW."name_uk", NEW."group", NEW."blocks", NEW."valid_days", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="41b0110fc4ad03e417f9957b93c8f7c435f2850b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_07b7d",
                            table="directory_missionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_missionitemevent" ("id", "first_day", "last_day", "mission_id", "code", "kind", "name_en", "name_nb", "name_uk", "group", "blocks", "valid_days", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."code", NEW."kind", NEW."name_en", NEW."name_nb", NEW."name_uk", NEW."group", NEW."blocks", NEW."valid_days", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="716440f865b03d3af34972afeac726924d66ca07",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_308a0",
                            table="directory_missionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_missionitemevent" ("id", "first_day", "last_day", "mission_id", "code", "kind", "name_en", "name_nb", "name_uk", "group", "blocks", "valid_days", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."first_day", OLD."last_day", OLD."mission_id", OLD."code", OLD."kind", OLD."name_en", OLD."name_nb", OLD."name_uk", OLD."group", OLD."blocks", OLD."valid_days", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="e5bcb20ac9c750b0d56122037bdb82f7eb94f913",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_820fc",
                            table="directory_missionitem",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="missionlimit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="directory_limit_days",
                        violation_error_message="Expected a last day on or after the first. Exchange or correct them.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="missionlimit",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("mission", "="),
                            ("country", "="),
                            ("what", "="),
                            (
                                medevac.directory.models.validity.Days(
                                    "first_day",
                                    "last_day",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="directory_limit_once",
                        violation_error_message="Expected one at a time, but another already holds on some of these days. End it first, or choose other days.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionlimit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_missionlimitevent" ("id", "first_day", "last_day", "mission_id", "country", "what", "number", "source", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."country", NEW."what", NEW."number", NEW."source", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="09f497e23b76571b1c03852d5beb0f2b90bcc947",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_77713",
                            table="directory_missionlimit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionlimit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_missionlimitevent" ("id", "first_day", "last_day", "mission_id", "country", "what", "number", "source", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."country", NEW."what", NEW."number", NEW."source", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="0a301da3915b7935c317491aca9abc005edcaeb7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7b27b",
                            table="directory_missionlimit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionlimit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_missionlimitevent" ("id", "first_day", "last_day", "mission_id", "country", "what", "number", "source", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."first_day", OLD."last_day", OLD."mission_id", OLD."country", OLD."what", OLD."number", OLD."source", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="fb8069346dd567cabb9ddd67d9c85bdf550cb087",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b5c8e",
                            table="directory_missionlimit",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reach",
                    constraint=models.UniqueConstraint(
                        fields=("hospital", "airport"), name="directory_reach_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reach",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("road_minutes__range", (0, 1440))), name="directory_reach_minutes"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reach",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("basis__in", ("estimate", "set"))), name="directory_reach_basis"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reach",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_reachevent" ("id", "hospital_id", "airport_id", "road_minutes", "basis", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."hospital_id", NEW."airport_id", NEW."road_minutes", NEW."basis", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="893ae5505c6dfae79d9f1ffc9c9a2ffb0174f2f8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_81e8c",
                            table="directory_reach",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reach",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_reachevent" ("id", "hospital_id", "airport_id", "road_minutes", "basis", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."hospital_id", NEW."airport_id", NEW."road_minutes", NEW."basis", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="efee96eb746b7225980a38140c4e956945ddb1c1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fd2a6",
                            table="directory_reach",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reach",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_reachevent" ("id", "hospital_id", "airport_id", "road_minutes", "basis", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."hospital_id", OLD."airport_id", OLD."road_minutes", OLD."basis", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="e3efed7a57b85acf820b65f39ebbd210cd0533a0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_796c1",
                            table="directory_reach",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="retentionperiod",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="directory_retention_days",
                        violation_error_message="Expected a last day on or after the first. Exchange or correct them.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="retentionperiod",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("mission", "="),
                            ("what", "="),
                            (
                                medevac.directory.models.validity.Days(
                                    "first_day",
                                    "last_day",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="directory_retention_once",
                        violation_error_message="Expected one at a time, but another already holds on some of these days. End it first, or choose other days.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="retentionperiod",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("months__gte", 1)), name="directory_retention_months"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retentionperiod",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_retentionperiodevent" ("id", "first_day", "last_day", "mission_id", "what", "months", "basis", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."what", NEW."months", NEW."basis", clock_timestamp(), \'insert\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="0a883840aa34848861f1050591fa30762da97ced",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2e141",
                            table="directory_retentionperiod",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retentionperiod",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "directory_retentionperiodevent" ("id", "first_day", "last_day", "mission_id", "what", "months", "basis", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (NEW."id", NEW."first_day", NEW."last_day", NEW."mission_id", NEW."what", NEW."months", NEW."basis", clock_timestamp(), \'update\', NEW."id", audit_acting()); RETURN NULL;',
                            hash="e024df61cf67a829de862af85282abbe7227da89",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8fb33",
                            table="directory_retentionperiod",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retentionperiod",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=medevac.audit.history_trigger.SealedTriggerSql(
                            func='INSERT INTO "directory_retentionperiodevent" ("id", "first_day", "last_day", "mission_id", "what", "months", "basis", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context") VALUES (OLD."id", OLD."first_day", OLD."last_day", OLD."mission_id", OLD."what", OLD."months", OLD."basis", clock_timestamp(), \'delete\', OLD."id", audit_acting()); RETURN NULL;',
                            hash="f05158742ac8f48d1ef165cf19c50124f8e6a23c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_47e55",
                            table="directory_retentionperiod",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
