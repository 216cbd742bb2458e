from django.db import migrations, models


class Migration(migrations.Migration):
    """A sealed reason is longer than its words, and none is NULL: the database cannot see an empty one."""

    dependencies = [
        ("tracker", "0004_unique_numbers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="injection",
            name="a_corrected_baseline_has_a_reason",
        ),
        migrations.AlterField(
            model_name="injection",
            name="baseline_reason",
            field=models.TextField(blank=True, null=True),
        ),
    ]
