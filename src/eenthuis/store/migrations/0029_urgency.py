"""Urgency schemes of municipalities, only ever added."""

import django.db.models.deletion
from django.db import migrations, models


GUARD = """
    create trigger only_added before update or delete on store_urgencyschemerow
      for each row execute function eenthuis_refuse_change();
    create trigger never_emptied before truncate on store_urgencyschemerow
      for each statement execute function eenthuis_refuse_change();
"""
UNGUARD = """
    drop trigger only_added on store_urgencyschemerow;
    drop trigger never_emptied on store_urgencyschemerow;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0028_case_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='UrgencySchemeRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.CharField(max_length=6)),
                ('first_day', models.DateField()),
                ('has_scheme', models.BooleanField()),
                ('names_status_holders', models.BooleanField()),
                ('provision', models.CharField(max_length=30)),
                ('groups', models.CharField(blank=True, max_length=40)),
                ('order', models.CharField(blank=True, max_length=200)),
                ('source', models.TextField()),
                ('why', models.TextField(blank=True)),
                ('entered_by', models.CharField(max_length=80)),
                ('entered_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.urgencyschemerow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaces__isnull', True)), fields=('municipality', 'first_day'), name='one_urgency_scheme_from_a_day'), models.CheckConstraint(condition=models.Q(('provision__in', ['laid-down', 'otherwise-by-executive', 'none'])), name='an_urgency_scheme_provides')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
