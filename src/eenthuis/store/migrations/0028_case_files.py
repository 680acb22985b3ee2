"""The files that provinces keep of municipalities, only ever added to."""

import django.db.models.deletion
from django.db import migrations, models


GUARD = """
create trigger only_added before update or delete on store_contactrow
  for each row execute function eenthuis_refuse_change();
create trigger never_emptied before truncate on store_contactrow
  for each statement execute function eenthuis_refuse_change();
"""
UNGUARD = "drop trigger only_added on store_contactrow; drop trigger never_emptied on store_contactrow;"


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0027_accounts_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.CharField(max_length=6)),
                ('kind', models.CharField(max_length=30)),
                ('on', models.DateField()),
                ('what', models.TextField(blank=True)),
                ('half_year', models.CharField(blank=True, max_length=7)),
                ('due', models.DateField(null=True)),
                ('people', models.PositiveIntegerField(null=True)),
                ('rung', models.PositiveSmallIntegerField(null=True)),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('first_by', models.CharField(blank=True, max_length=80)),
                ('recorded_by', models.CharField(max_length=80)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='store.contactrow')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.contactrow')),
            ],
            options={
                'indexes': [models.Index(fields=['municipality', 'on'], name='contacts_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'rung-confirmed'), _negated=True), models.Q(models.Q(('first_by', ''), _negated=True), models.Q(('first_by', models.F('recorded_by')), _negated=True)), _connector='OR'), name='four_eyes_before_a_rung')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
