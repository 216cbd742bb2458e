import django.db.models.deletion
import tracker.models.sealed
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0018_numbers_to_call'),
    ]

    operations = [
        migrations.CreateModel(
            name='CarePlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('planned_for', models.DateField(help_text="The injection's date as the plan was written.")),
                ('arrive_at', models.TimeField(blank=True, help_text="By the patient's clock.", null=True)),
                ('fasting_hours', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('clear_fluids_hours', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('visit_minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('observation_minutes', models.PositiveSmallIntegerField()),
                ('company_hours', models.PositiveSmallIntegerField()),
                ('no_driving_hours', models.PositiveSmallIntegerField()),
                ('ice_minutes', models.PositiveSmallIntegerField()),
                ('ice_days', models.PositiveSmallIntegerField()),
                ('no_bath_hours', models.PositiveSmallIntegerField()),
                ('no_lifting_days', models.PositiveSmallIntegerField()),
                ('sugar_days', models.PositiveSmallIntegerField()),
                ('sugar_limit', models.PositiveSmallIntegerField(blank=True, help_text='mg/dL', null=True)),
                ('needs_driver', models.BooleanField(default=True)),
                ('is_diabetic', models.BooleanField(default=False)),
                ('pain_relievers', tracker.models.sealed.SealedTextField(blank=True, help_text='What was agreed on, in words.', null=True)),
                ('thinner_plan', tracker.models.sealed.SealedTextField(blank=True, help_text='What was agreed on, in words.', null=True)),
                ('prescriber_agreed', models.BooleanField(default=False)),
                ('thinner_last_dose_at', models.DateTimeField(blank=True, null=True)),
                ('thinner_restart_at', models.DateTimeField(blank=True, null=True)),
                ('written_at', models.DateTimeField()),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.clinic')),
                ('injection', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='care_plan', to='tracker.injection')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('thinner_plan__isnull', True), ('prescriber_agreed', True), _connector='OR'), name='a_thinner_plan_is_agreed_to')],
            },
        ),
    ]
