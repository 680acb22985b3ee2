"""Projects of flex homes, only ever added."""

import django.db.models.deletion
from django.db import migrations, models


GUARD = """
    create trigger only_added before update or delete on store_flexprojectrow
      for each row execute function eenthuis_refuse_change();
    create trigger never_emptied before truncate on store_flexprojectrow
      for each statement execute function eenthuis_refuse_change();
"""
UNGUARD = """
    drop trigger only_added on store_flexprojectrow;
    drop trigger never_emptied on store_flexprojectrow;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0035_warnings'),
    ]

    operations = [
        migrations.CreateModel(
            name='FlexProjectRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.CharField(max_length=20)),
                ('step', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('municipality', models.CharField(max_length=6)),
                ('owner', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=80)),
                ('scheme', models.CharField(blank=True, max_length=40)),
                ('applied_on', models.DateField()),
                ('homes', models.PositiveIntegerField()),
                ('meant_for', models.JSONField(default=dict)),
                ('extra_in_stock', models.JSONField(default=dict)),
                ('sizes', models.JSONField(default=dict)),
                ('starts_on', models.DateField(null=True)),
                ('delivered_on', models.DateField()),
                ('years', models.PositiveSmallIntegerField()),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.flexprojectrow')),
            ],
            options={
                'indexes': [models.Index(fields=['municipality'], name='flex_by_municipality'), models.Index(fields=['owner'], name='flex_by_owner')],
                'constraints': [models.UniqueConstraint(fields=('project', 'step'), name='one_version_of_a_project_per_step'), models.CheckConstraint(condition=models.Q(('kind__in', ('added', 'changed', 'withdrawn'))), name='a_project_has_a_known_step'), models.CheckConstraint(condition=models.Q(('homes__gte', 1), ('years__gte', 1)), name='a_project_has_homes'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('starts_on__lte', models.F('delivered_on')), _connector='OR'), name='a_project_is_built_in_order')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
