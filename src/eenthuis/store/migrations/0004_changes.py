"""What a person changes in a proposal: overrides with their reason, and whether they were accepted."""

import django.db.models.deletion
from django.db import migrations, models


TABLES = ("store_overriderow", "store_changedecisionrow")
GUARD = "".join(
    f"""
    create trigger only_added before update or delete on {table}
      for each row execute function eenthuis_refuse_change();
    create trigger never_emptied before truncate on {table}
      for each statement execute function eenthuis_refuse_change();
    """
    for table in TABLES
)
UNGUARD = "".join(
    f"drop trigger only_added on {table}; drop trigger never_emptied on {table};" for table in TABLES
)


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0003_runs'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposalrow',
            name='difference',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='proposalrow',
            name='replaces',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changed', to='store.proposalrow'),
        ),
        migrations.AddField(
            model_name='runrow',
            name='changes',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_changes', to='store.proposalrow'),
        ),
        migrations.AddField(
            model_name='runrow',
            name='conflicts',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='runrow',
            name='overrides',
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name='ChangeDecisionRow',
            fields=[
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='decision', serialize=False, to='store.proposalrow')),
                ('accepted', models.BooleanField()),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.proposalrow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('accepted', True)), fields=('replaces',), name='one_accepted_change_per_proposal')],
            },
        ),
        migrations.CreateModel(
            name='OverrideRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('household', models.CharField(max_length=20)),
                ('municipality', models.CharField(blank=True, max_length=6)),
                ('ground', models.CharField(max_length=30)),
                ('why', models.TextField()),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='store.proposalrow')),
            ],
            options={
                'indexes': [models.Index(fields=['household'], name='store_overr_househo_0268ff_idx')],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'position'), name='one_override_per_position'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='an_override_says_why'), models.CheckConstraint(condition=models.Q(('kind__in', ('pin', 'forbid', 'release'))), name='an_override_has_a_known_kind')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
