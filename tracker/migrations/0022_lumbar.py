from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0021_alert_address'),
    ]

    operations = [
        migrations.AlterField(
            model_name='injection',
            name='region',
            field=models.CharField(choices=[('cervical', 'Cervical (neck)'), ('thoracic', 'Thoracic (mid-back)'), ('lumbar', 'Lumbar (low back)')], default='cervical', max_length=12),
        ),
    ]
