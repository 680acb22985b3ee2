"""Work in the background, and what is kept beside a proposal."""

import django.db.models.deletion
from django.db import migrations, models


GUARD = """
create trigger only_added before update or delete on store_proposalfolderrow
  for each row execute function eenthuis_refuse_change();
create trigger never_emptied before truncate on store_proposalfolderrow
  for each statement execute function eenthuis_refuse_change();
"""
UNGUARD = """
drop trigger only_added on store_proposalfolderrow;
drop trigger never_emptied on store_proposalfolderrow;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProposalFolderRow',
            fields=[
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='folder', serialize=False, to='store.proposalrow')),
                ('archive', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='WorkerRow',
            fields=[
                ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('beat_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='proposalrow',
            name='audit',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='proposalrow',
            name='certificate',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='proposalrow',
            name='price_of_floors',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='proposalrow',
            name='spread_slack',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='proposalrow',
            name='wishes',
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name='RunRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('half_year', models.CharField(max_length=7)),
                ('as_of', models.DateField()),
                ('wishes', models.JSONField()),
                ('asked_by', models.CharField(max_length=80)),
                ('asked_role', models.CharField(max_length=30)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('state', models.CharField(max_length=9)),
                ('stage', models.CharField(blank=True, max_length=20)),
                ('bound', models.FloatField(null=True)),
                ('best', models.FloatField(null=True)),
                ('people', models.PositiveIntegerField(null=True)),
                ('worker', models.CharField(blank=True, max_length=80)),
                ('started_at', models.DateTimeField(null=True)),
                ('beat_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('stop_asked_by', models.CharField(blank=True, max_length=80)),
                ('problem', models.CharField(blank=True, max_length=6)),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.proposalrow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('waiting', 'running'))), fields=('half_year',), name='one_open_run_per_half_year'), models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'running', 'done', 'failed', 'lost', 'withdrawn'))), name='a_run_has_a_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('proposal__isnull', False), _connector='OR'), name='a_run_that_is_done_made_something')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
