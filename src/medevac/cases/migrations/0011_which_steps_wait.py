"""Which steps of each case wait for something; the worker counts it for those that are there."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, empty until it is counted."""

    dependencies = [("cases", "0010_the_clock_acts")]
    operations = [
        migrations.AddField(
            model_name="missingitems",
            name="steps",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), editable=False, null=True, size=None
            ),
        ),
    ]
