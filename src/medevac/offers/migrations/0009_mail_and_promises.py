from django.db import migrations, models

from medevac.audit.together import Together

CHANNELS = [
    ("service", "in the service"),
    ("link", "by signed link"),
    ("telephone", "by telephone"),
    ("mail", "by e-mail or letter"),
]


class Migration(migrations.Migration):
    """An answer that came by e-mail or letter is kept as that, and not as one by telephone; and the promises
    that are near are found at once, to tell where another patient still lies.
    """

    dependencies = [("offers", "0008_holds_that_are_kept")]

    operations = [
        Together(
            [
                migrations.RemoveConstraint(model_name="answer", name="offers_answer_channel"),
                migrations.AlterField(
                    model_name="answer",
                    name="channel",
                    field=models.CharField(choices=CHANNELS, max_length=10, verbose_name="came"),
                ),
                migrations.AlterField(
                    model_name="answerevent",
                    name="channel",
                    field=models.CharField(choices=CHANNELS, max_length=10, verbose_name="came"),
                ),
            ]
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name="answer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("channel__in", ["service", "link", "telephone", "mail"])),
                        name="offers_answer_channel",
                    ),
                ),
                migrations.AddIndex(
                    model_name="hold",
                    index=models.Index(
                        condition=models.Q(("state__in", ("offered", "reserved"))),
                        fields=["mission", "first_day"],
                        name="offers_hold_promised",
                    ),
                ),
            ]
        ),
    ]
