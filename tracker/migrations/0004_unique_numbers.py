from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0003_locators_and_chains'),
    ]

    operations = [
        migrations.AlterField(
            model_name='clinic',
            name='locator',
            field=models.CharField(help_text='Begins every code of this clinic; says where to look, no secret.', max_length=3, unique=True),
        ),
        migrations.AddConstraint(
            model_name='auditevent',
            constraint=models.UniqueConstraint(fields=('clinic', 'number'), name='one_event_a_number'),
        ),
    ]
