"""Transit locations and stays there, only ever added."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
    create trigger only_added before update or delete on store_transitsiterow
      for each row execute function eenthuis_refuse_change();
    create trigger never_emptied before truncate on store_transitsiterow
      for each statement execute function eenthuis_refuse_change();
    create trigger only_added before update or delete on store_transitstayrow
      for each row execute function eenthuis_refuse_change('household');
    create trigger never_emptied before truncate on store_transitstayrow
      for each statement execute function eenthuis_refuse_change();
"""
UNGUARD = """
    drop trigger only_added on store_transitsiterow;
    drop trigger never_emptied on store_transitsiterow;
    drop trigger only_added on store_transitstayrow;
    drop trigger never_emptied on store_transitstayrow;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0043_liveability'),
    ]

    operations = [
        migrations.CreateModel(
            name='TransitSiteRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.CharField(max_length=20)),
                ('step', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('municipality', models.CharField(max_length=6)),
                ('places', models.PositiveIntegerField()),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(null=True)),
                ('participants', models.TextField(blank=True)),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.transitsiterow')),
            ],
            options={
                'indexes': [models.Index(fields=['municipality'], name='transit_by_municipality')],
                'constraints': [models.UniqueConstraint(fields=('site', 'step'), name='one_version_of_a_transit_site_per_step'), models.CheckConstraint(condition=models.Q(('places__gte', 1)), name='a_transit_site_has_places'), models.CheckConstraint(condition=models.Q(('last_day__isnull', True), ('last_day__gte', models.F('first_day')), _connector='OR'), name='a_transit_site_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='TransitStayRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.CharField(max_length=20)),
                ('municipality', models.CharField(max_length=6)),
                ('participants', models.TextField(blank=True)),
                ('person', models.CharField(max_length=20)),
                ('household', models.CharField(blank=True, max_length=20)),
                ('linked_to', models.CharField(max_length=6)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(null=True)),
                ('step', models.PositiveSmallIntegerField()),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.transitstayrow')),
            ],
            options={
                'indexes': [models.Index(fields=['site'], name='transit_stay_by_site'), models.Index(fields=['household'], name='transit_stay_by_household')],
                'constraints': [models.UniqueConstraint(fields=('site', 'person', 'first_day', 'step'), name='one_version_of_a_transit_stay_per_step'), models.CheckConstraint(condition=models.Q(('last_day__isnull', True), ('last_day__gte', models.F('first_day')), _connector='OR'), name='a_transit_stay_ends_after_it_begins')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
