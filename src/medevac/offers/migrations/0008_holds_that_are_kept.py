from django.db import migrations, models


class Migration(migrations.Migration):
    """Of a mission's holds nearly all are freed; pages ask for those that are not."""

    dependencies = [("offers", "0007_ask_imports")]

    operations = [
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(
                condition=models.Q(("state", "freed"), _negated=True),
                fields=["mission"],
                name="offers_hold_kept",
            ),
        ),
    ]
