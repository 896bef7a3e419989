"""The first tables of this room: missions and their dated parts, airports, hospitals."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.manager
import medevac.directory.models.validity
import medevac.people.models.user
import uuid
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables."""

    initial = True

    dependencies = [
        ("people", "0003_cache"),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.CreateModel(
            name="Airport",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                        condition=models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
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
        migrations.CreateModel(
            name="Hospital",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                        help_text="In its own language and script.", max_length=300, verbose_name="name"
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
                ("contact_phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("search_key", models.TextField(editable=False)),
                (
                    "keeper",
                    models.ForeignKey(
                        help_text="The organisation that answers for what is written here, and may change it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_hospitals",
                        to="people.organisation",
                        verbose_name="kept by",
                    ),
                ),
            ],
            options={
                "verbose_name": "hospital",
                "verbose_name_plural": "hospitals",
            },
        ),
        migrations.CreateModel(
            name="HospitalImport",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hospital_imports",
                        to="people.organisation",
                        verbose_name="kept by",
                    ),
                ),
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
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="specialties",
                        to="directory.hospital",
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
            name="Mission",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                            ("asked", "when asked for a place, since identity is checked before an offer"),
                        ],
                        default="chosen",
                        max_length=10,
                        verbose_name="identity is shown",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_reason", models.CharField(blank=True, max_length=500)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_missions",
                        to="people.organisation",
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "mission",
                "verbose_name_plural": "missions",
            },
        ),
        migrations.CreateModel(
            name="EligibilityRule",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="eligibility",
                        to="directory.mission",
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
            name="MissionActor",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actors",
                        to="directory.mission",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts_in_missions",
                        to="people.organisation",
                        verbose_name="organisation",
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
            name="MissionCountry",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="countries",
                        to="directory.mission",
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
            name="MissionHub",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                    "airport",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hub_of",
                        to="directory.airport",
                        verbose_name="airport",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hubs",
                        to="directory.mission",
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
            name="MissionItem",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="directory.mission",
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
            name="MissionLimit",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                        validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name="at most"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="limits",
                        to="directory.mission",
                    ),
                ),
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
            name="Reach",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                (
                    "airport",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reached",
                        to="directory.airport",
                        verbose_name="airport",
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reach",
                        to="directory.hospital",
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
            name="RetentionPeriod",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="retention",
                        to="directory.mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "retention period",
                "verbose_name_plural": "retention periods",
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
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
                condition=models.Q(("country__regex", "^[A-Z]{2}$")), name="directory_hospital_country"
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
                condition=models.Q(("suitability__range", (0, 1))), name="directory_specialty_suitability"
            ),
        ),
        migrations.AddConstraint(
            model_name="mission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
                ),
                name="directory_mission_days",
                violation_error_message="Expected a last day on or after the first. Exchange or correct them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mission",
            constraint=models.CheckConstraint(
                condition=models.Q(("identity__in", ("chosen", "asked"))), name="directory_mission_identity"
            ),
        ),
        migrations.AddConstraint(
            model_name="mission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_reason", "")),
                    models.Q(("closed_at__isnull", False), models.Q(("closed_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="directory_mission_closed_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="eligibilityrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
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
        migrations.AddConstraint(
            model_name="missionactor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
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
        migrations.AddConstraint(
            model_name="missioncountry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
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
        migrations.AddConstraint(
            model_name="missionhub",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
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
        migrations.AddConstraint(
            model_name="missionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
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
        migrations.AddConstraint(
            model_name="missionlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
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
        migrations.AddConstraint(
            model_name="reach",
            constraint=models.UniqueConstraint(fields=("hospital", "airport"), name="directory_reach_once"),
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
        migrations.AddConstraint(
            model_name="retentionperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
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
    ]
