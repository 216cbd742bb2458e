from django.db import migrations, models

import tracker.models.sealed


class Migration(migrations.Migration):

    dependencies = [
        ("tracker", "0006_seal_baseline_reasons"),
    ]

    operations = [
        migrations.AlterField(
            model_name="injection",
            name="baseline_reason",
            field=tracker.models.sealed.SealedTextField(blank=True, help_text="None without a correction.", null=True),
        ),
        migrations.AddConstraint(
            model_name="injection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("baseline_override", None),
                    models.Q(("baseline_override__gte", 0), ("baseline_override__lte", 10), ("baseline_reason__isnull", False)),
                    _connector="OR",
                ),
                name="a_corrected_baseline_has_a_reason",
            ),
        ),
    ]
