from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0019_care_plans")]

    operations = [
        migrations.AddField(
            model_name="track",
            name="rescue",
            field=models.BooleanField(
                default=False,
                help_text="A pain reliever was taken between the block and a reading.",
            ),
        ),
    ]
