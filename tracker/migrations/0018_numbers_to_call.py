from django.db import migrations, models

import tracker.models.clinic


class Migration(migrations.Migration):

    dependencies = [
        ("tracker", "0017_histories"),
    ]

    operations = [
        migrations.AddField(
            model_name='clinic',
            name='emergency_number',
            field=models.CharField(default='911', help_text='What people of its country call in an emergency.', max_length=20, validators=[tracker.models.clinic.validate_emergency_number]),
        ),
        migrations.AddField(
            model_name='clinic',
            name='on_call_hours',
            field=models.CharField(blank=True, help_text='When somebody answers it, in words.', max_length=80),
        ),
        migrations.AddField(
            model_name='clinic',
            name='on_call_phone',
            field=models.CharField(blank=True, help_text='When the clinic is closed.', max_length=40),
        ),
    ]
