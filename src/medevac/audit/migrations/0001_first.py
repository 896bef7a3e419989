"""The access log, the register of exports, and the last number given."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.manager
from django.db import migrations, models

from medevac.audit.together import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="LastExport",
                    fields=[
                        ("one", models.BooleanField(default=True, primary_key=True, serialize=False)),
                        ("number", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "last number of an export",
                        "verbose_name_plural": "last number of an export",
                    },
                ),
                migrations.CreateModel(
                    name="Export",
                    fields=[
                        (
                            "number",
                            models.BigIntegerField(primary_key=True, serialize=False, verbose_name="number"),
                        ),
                        ("at", models.DateTimeField(verbose_name="when")),
                        ("actor_kind", models.CharField(max_length=20)),
                        ("actor", models.UUIDField(null=True)),
                        ("title", models.CharField(max_length=60, verbose_name="what")),
                        ("format", models.CharField(max_length=20, verbose_name="format")),
                        ("contents", models.JSONField()),
                        ("digest", models.BinaryField(max_length=32, null=True)),
                        ("size", models.BigIntegerField(null=True, verbose_name="bytes")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("page", models.CharField(max_length=200, verbose_name="page")),
                        ("request_id", models.CharField(max_length=64)),
                        ("session_role", models.CharField(max_length=63)),
                    ],
                    options={
                        "verbose_name": "export",
                        "verbose_name_plural": "exports",
                        "indexes": [models.Index(fields=["actor", "-number"], name="audit_export_actor")],
                    },
                    managers=[
                        ("unscoped", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Look",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField(verbose_name="when")),
                        ("actor_kind", models.CharField(max_length=20)),
                        ("actor", models.UUIDField(null=True)),
                        ("right", models.CharField(max_length=60, verbose_name="right")),
                        ("kind", models.CharField(max_length=60, verbose_name="kind")),
                        (
                            "things",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(), size=None
                            ),
                        ),
                        ("owner", models.UUIDField(null=True)),
                        ("export", models.BigIntegerField(null=True)),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("page", models.CharField(max_length=200, verbose_name="page")),
                        ("request_id", models.CharField(max_length=64)),
                        ("session_role", models.CharField(max_length=63)),
                    ],
                    options={
                        "verbose_name": "look",
                        "verbose_name_plural": "looks",
                        "indexes": [
                            models.Index(fields=["at"], name="audit_look_at"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["things"], name="audit_look_things"
                            ),
                            models.Index(fields=["actor", "-id"], name="audit_look_actor"),
                            models.Index(fields=["owner", "-id"], name="audit_look_owner"),
                        ],
                    },
                    managers=[
                        ("unscoped", django.db.models.manager.Manager()),
                    ],
                ),
            ]
        ),
    ]
