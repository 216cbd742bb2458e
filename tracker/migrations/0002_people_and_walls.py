import django.db.models.deletion
import tracker.models.sealed
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('clinic', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='tracker.clinic')),
                ('count', models.PositiveBigIntegerField(default=0)),
                ('mac', models.BinaryField(default=bytes, max_length=32)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='BreakGlass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', tracker.models.sealed.SealedTextField()),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Caregiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('relation', models.CharField(help_text='For example daughter, or neighbour.', max_length=40)),
                ('may_log', models.BooleanField(default=True)),
                ('may_read', models.BooleanField(default=False)),
                ('gets_alerts', models.BooleanField(default=False)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, help_text="Last day, by the patient's calendar.", null=True)),
                ('consent_by', models.CharField(help_text='Who agreed: device:<id> or staff:<membership>.', max_length=40)),
                ('consent_reason', tracker.models.sealed.SealedTextField(blank=True, default='', help_text='Why staff agreed for the patient.')),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='CareTeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.BinaryField(max_length=32)),
                ('way', models.CharField(help_text='mail, or clinic: read out by staff.', max_length=8)),
                ('email', tracker.models.sealed.SealedTextField(blank=True, default='', help_text='A new address that this code verifies.')),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(help_text='tracker.content.consent', max_length=20)),
                ('language', models.CharField(max_length=8)),
                ('given_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Names the cause: the same mail is owed once.', max_length=80)),
                ('recipient', tracker.models.sealed.SealedTextField()),
                ('subject', models.CharField(max_length=120)),
                ('body', tracker.models.sealed.SealedTextField()),
                ('made_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('first_failed_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('given_up_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='StaffInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.BinaryField(max_length=32, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('redeemed_at', models.DateTimeField(blank=True, null=True)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.AlterModelOptions(
            name='device',
            options={'base_manager_name': 'objects'},
        ),
        migrations.AlterModelOptions(
            name='injectionagent',
            options={'base_manager_name': 'objects'},
        ),
        migrations.AlterModelOptions(
            name='track',
            options={'base_manager_name': 'objects'},
        ),
        migrations.RemoveIndex(
            model_name='auditevent',
            name='tracker_aud_clinic__79ce0d_idx',
        ),
        migrations.AddField(
            model_name='auditevent',
            name='mac',
            field=models.BinaryField(default=b'', max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='auditevent',
            name='network',
            field=models.CharField(blank=True, help_text="The caller's address, its end cut off.", max_length=45),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='number',
            field=models.PositiveBigIntegerField(default=0, help_text='1, 2, 3, ... in each clinic: a gap is a cut.'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='auditevent',
            name='on_behalf_of',
            field=models.CharField(blank=True, help_text='patient:<id>, for a caregiver.', max_length=40),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='outcome',
            field=models.CharField(default='done', help_text='done or refused.', max_length=8),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='patients',
            field=models.TextField(blank=True, help_text="A list's patients, as ,12,15,99,"),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='request_id',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='clinic',
            name='keep_years',
            field=models.PositiveSmallIntegerField(default=10, help_text='How long a record is kept after its last activity.'),
        ),
        migrations.AddField(
            model_name='clinic',
            name='locator',
            field=models.CharField(default='', help_text='Begins every code of this clinic; says where to look, no secret.', max_length=3),
        ),
        migrations.AddField(
            model_name='device',
            name='append_hash',
            field=models.BinaryField(blank=True, max_length=32, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='device',
            name='ended_by',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='device',
            name='last_seen_at',
            field=models.DateTimeField(blank=True, help_text='Kept to the day.', null=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='token_hash',
            field=models.BinaryField(blank=True, max_length=32, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='tries',
            field=models.PositiveSmallIntegerField(default=0, help_text='Wrong dates of birth so far.'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='void_reason',
            field=models.CharField(blank=True, help_text='reissued, tries or ended.', max_length=12),
        ),
        migrations.AddField(
            model_name='patient',
            name='email',
            field=tracker.models.sealed.SealedTextField(blank=True, default='', help_text='For confirmation codes; sealed.'),
        ),
        migrations.AddField(
            model_name='patient',
            name='email_verified_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='patient',
            name='is_restricted',
            field=models.BooleanField(default=False, help_text='Opened by the care team only, else by break-glass.'),
        ),
        migrations.AddField(
            model_name='patient',
            name='reminder_at',
            field=models.TimeField(blank=True, help_text="By the patient's clock; none: no reminder.", null=True),
        ),
        migrations.AddField(
            model_name='patient',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, help_text='When the patient took consent back.', null=True),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='subject',
            field=models.CharField(blank=True, help_text='Kind and id of what was touched, or a page.', max_length=60),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='code_hash',
            field=models.BinaryField(help_text='Keyed: six digits could be tried out otherwise.', max_length=32),
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(fields=['clinic', 'actor', 'at'], name='tracker_aud_clinic__05d969_idx'),
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(condition=models.Q(('patients', ''), _negated=True), fields=['clinic', 'at'], name='events_of_lists'),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='clinic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.clinic'),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.membership'),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='patient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracker.patient'),
        ),
        migrations.AddField(
            model_name='caregiver',
            name='clinic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.clinic'),
        ),
        migrations.AddField(
            model_name='caregiver',
            name='patient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='caregivers', to='tracker.patient'),
        ),
        migrations.AddField(
            model_name='device',
            name='caregiver',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracker.caregiver'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='caregiver',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracker.caregiver'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('redeemed_at', None), ('voided_at', None)), fields=('clinic', 'code_hash'), name='one_open_invitation_a_code'),
        ),
        migrations.AddField(
            model_name='careteammember',
            name='clinic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.clinic'),
        ),
        migrations.AddField(
            model_name='careteammember',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracker.membership'),
        ),
        migrations.AddField(
            model_name='careteammember',
            name='patient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='care_team', to='tracker.patient'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='clinic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.clinic'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='device',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='tracker.device'),
        ),
        migrations.AddField(
            model_name='consent',
            name='clinic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.clinic'),
        ),
        migrations.AddField(
            model_name='consent',
            name='device',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracker.device'),
        ),
        migrations.AddField(
            model_name='consent',
            name='patient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='tracker.patient'),
        ),
        migrations.AddField(
            model_name='outgoingmail',
            name='clinic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.clinic'),
        ),
        migrations.AddField(
            model_name='staffinvitation',
            name='clinic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.clinic'),
        ),
        migrations.AddField(
            model_name='staffinvitation',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracker.membership'),
        ),
        migrations.AddConstraint(
            model_name='careteammember',
            constraint=models.UniqueConstraint(fields=('patient', 'membership'), name='once_in_a_care_team'),
        ),
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(condition=models.Q(('given_up_at', None), ('sent_at', None)), fields=['due_at'], name='mail_owed'),
        ),
        migrations.AddConstraint(
            model_name='outgoingmail',
            constraint=models.UniqueConstraint(fields=('clinic', 'key'), name='one_mail_a_key'),
        ),
    ]
