"""Spreadsheets handed in and asked for, their staged rows, and progress as municipalities state it."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
    create trigger only_added before update or delete on store_statedprogressrow
      for each row execute function eenthuis_refuse_change();
    create trigger never_emptied before truncate on store_statedprogressrow
      for each statement execute function eenthuis_refuse_change();
"""
UNGUARD = """
    drop trigger only_added on store_statedprogressrow;
    drop trigger never_emptied on store_statedprogressrow;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0010_account_places'),
        ('store', '0009_way'),
    ]

    operations = [
        migrations.CreateModel(
            name='SheetRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(max_length=3)),
                ('kind', models.CharField(max_length=30)),
                ('file_name', models.CharField(max_length=200)),
                ('content', models.BinaryField(null=True)),
                ('digest', models.CharField(blank=True, max_length=80)),
                ('asked', models.JSONField(default=dict)),
                ('asked_by', models.CharField(max_length=80)),
                ('asked_role', models.CharField(max_length=30)),
                ('municipality', models.CharField(blank=True, max_length=6)),
                ('province', models.CharField(blank=True, max_length=4)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('as_of', models.DateField()),
                ('state', models.CharField(max_length=9)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('heading_row', models.PositiveIntegerField(default=0)),
                ('found', models.JSONField(default=dict)),
                ('problems', models.JSONField(default=list)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('worker', models.CharField(blank=True, max_length=80)),
                ('beat_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=6)),
                ('receipt', models.CharField(blank=True, max_length=12)),
            ],
            options={
                'indexes': [models.Index(fields=['asked_by', 'asked_at'], name='store_sheet_asked_b_f59f7c_idx'), models.Index(fields=['state'], name='store_sheet_state_f9cc38_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('direction__in', ('in', 'out'))), name='a_sheet_goes_in_or_out'), models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'checking', 'checked', 'agreed', 'importing', 'making', 'done', 'failed', 'lost', 'withdrawn'))), name='a_sheet_has_a_known_state')],
            },
        ),
        migrations.CreateModel(
            name='StagedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_by', models.CharField(max_length=80)),
                ('number', models.PositiveIntegerField()),
                ('cells', models.JSONField()),
                ('formulas', models.JSONField(default=list)),
                ('outcome', models.CharField(max_length=5)),
                ('problems', models.JSONField(default=list)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staged', to='store.sheetrow')),
            ],
            options={
                'indexes': [models.Index(fields=['sheet', 'outcome', 'number'], name='store_stage_sheet_i_e5a5d3_idx')],
                'constraints': [models.UniqueConstraint(fields=('sheet', 'number'), name='one_staged_row_per_number')],
            },
        ),
        migrations.CreateModel(
            name='StatedProgressRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.CharField(max_length=6)),
                ('half_year', models.CharField(max_length=7)),
                ('as_of', models.DateField()),
                ('realised', models.PositiveIntegerField()),
                ('note', models.TextField(blank=True)),
                ('stated_by', models.CharField(max_length=80)),
                ('stated_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.statedprogressrow')),
            ],
            options={
                'indexes': [models.Index(fields=['municipality', 'half_year', 'as_of'], name='store_state_municip_6f62c9_idx')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
