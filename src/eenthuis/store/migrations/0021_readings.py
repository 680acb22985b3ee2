"""Dated readings of supervision, only ever added."""

import django.db.models.deletion
from django.db import migrations, models


GUARD = """
create trigger only_added before update or delete on store_readingrow
  for each row execute function eenthuis_refuse_change();
create trigger never_emptied before truncate on store_readingrow
  for each statement execute function eenthuis_refuse_change();
"""
UNGUARD = "drop trigger only_added on store_readingrow; drop trigger never_emptied on store_readingrow;"


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0020_home_owners'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadingRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.CharField(max_length=6)),
                ('half_year', models.CharField(max_length=7)),
                ('as_of', models.DateField()),
                ('verdict', models.CharField(max_length=20)),
                ('people', models.IntegerField()),
                ('held', models.PositiveSmallIntegerField()),
                ('rung', models.PositiveSmallIntegerField()),
                ('answer_by', models.DateField(null=True)),
                ('is_provisional', models.BooleanField()),
                ('kept_by', models.CharField(max_length=80)),
                ('kept_at', models.DateTimeField(auto_now_add=True)),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.receiptrow')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.readingrow')),
            ],
            options={
                'indexes': [models.Index(fields=['municipality', 'half_year', 'as_of'], name='readings_of')],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'receipt'), name='one_reading_per_receipt')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
