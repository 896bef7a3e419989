"""The table of the cache, where the limits on sign-in are counted, shared by all processes."""

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table, unless it is there."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The table of the database cache."""

    dependencies = [("people", "0002_paths_of_organisations")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
