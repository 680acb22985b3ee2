"""Figures on liveability of projects of flex homes, only ever added."""

import django.db.models.deletion
from django.db import migrations, models


GUARD = """
    create trigger only_added before update or delete on store_liveabilityrow
      for each row execute function eenthuis_refuse_change();
    create trigger never_emptied before truncate on store_liveabilityrow
      for each statement execute function eenthuis_refuse_change();
"""
UNGUARD = """
    drop trigger only_added on store_liveabilityrow;
    drop trigger never_emptied on store_liveabilityrow;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0042_document_plans'),
    ]

    operations = [
        migrations.CreateModel(
            name='LiveabilityRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.CharField(max_length=20)),
                ('municipality', models.CharField(max_length=6)),
                ('owner', models.CharField(max_length=80)),
                ('measure', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('value', models.DecimalField(decimal_places=1, max_digits=6)),
                ('measured_by', models.CharField(max_length=80)),
                ('source', models.CharField(max_length=200)),
                ('why', models.TextField(blank=True)),
                ('entered_by', models.CharField(max_length=80)),
                ('entered_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.liveabilityrow')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'measure', 'on'], name='liveability_by_project')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('measure', 'satisfied'), ('value__gte', 0), ('value__lte', 100)), models.Q(('measure__in', ('complaints', 'police-reports', 'turnover')), ('value__gte', 0), ('value__lte', 1000)), _connector='OR'), name='a_liveability_figure_can_be_right'), models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('why', ''), _negated=True), _connector='OR'), name='a_corrected_figure_says_why')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
