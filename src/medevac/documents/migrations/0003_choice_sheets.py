from django.db import migrations, models

from medevac.audit.together import Together


class Migration(migrations.Migration):
    """A kind of document for the signed choice sheet."""

    dependencies = [
        ("documents", "0002_numbers"),
        ("people", "0006_sessions_and_addresses"),
    ]

    operations = [
        Together(
            [
                migrations.RemoveConstraint(
                    model_name="document",
                    name="documents_kind",
                ),
            ]
        ),
        Together(
            [
                migrations.AlterField(
                    model_name="document",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("form-027", "Form 027/o"),
                            ("identity-paper", "Identity paper"),
                            ("medical-history", "Medical history"),
                            ("imaging", "Imaging"),
                            ("consent", "Consent"),
                            ("ministers-letter", "Minister’s letter"),
                            ("military-packet", "Papers of the military packet"),
                            ("choice-sheet", "Signed choice sheet"),
                            ("screening-result", "Screening result"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                migrations.AlterField(
                    model_name="documentevent",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("form-027", "Form 027/o"),
                            ("identity-paper", "Identity paper"),
                            ("medical-history", "Medical history"),
                            ("imaging", "Imaging"),
                            ("consent", "Consent"),
                            ("ministers-letter", "Minister’s letter"),
                            ("military-packet", "Papers of the military packet"),
                            ("choice-sheet", "Signed choice sheet"),
                            ("screening-result", "Screening result"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
            ]
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name="document",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "form-027",
                                    "identity-paper",
                                    "medical-history",
                                    "imaging",
                                    "consent",
                                    "ministers-letter",
                                    "military-packet",
                                    "choice-sheet",
                                    "screening-result",
                                    "other",
                                ],
                            )
                        ),
                        name="documents_kind",
                    ),
                ),
            ]
        ),
    ]
