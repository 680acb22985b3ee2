"""Coordinates of desks and centres, and teams that travel, as they were loaded; only ever added."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("store_travelfilerow", "store_standpointrow", "store_travelteamrow")
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
        ('store', '0049_document_replanned'),
    ]

    operations = [
        migrations.CreateModel(
            name='TravelFileRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=11)),
                ('first_day', models.DateField()),
                ('source', models.CharField(max_length=300)),
                ('name', models.CharField(max_length=120)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('coordinates', 'teams'))), name='a_travel_file_has_a_known_kind'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_travel_file_has_a_source')],
            },
        ),
        migrations.CreateModel(
            name='StandpointRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('lat', models.DecimalField(decimal_places=6, max_digits=9)),
                ('lon', models.DecimalField(decimal_places=6, max_digits=9)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standpoints', to='store.travelfilerow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'code'), name='a_file_places_each_code_once'), models.CheckConstraint(condition=models.Q(('lat__gte', 50), ('lat__lte', 54), ('lon__gte', 3), ('lon__lte', 8)), name='it_stands_in_the_netherlands')],
            },
        ),
        migrations.CreateModel(
            name='TravelTeamRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('desk', models.CharField(max_length=20)),
                ('staff', models.PositiveSmallIntegerField()),
                ('vans', models.PositiveSmallIntegerField()),
                ('first_day', models.DateField(null=True)),
                ('last_day', models.DateField(null=True)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='store.travelfilerow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'code'), name='a_file_names_each_team_once'), models.CheckConstraint(condition=models.Q(('first_day__isnull', True), ('last_day__isnull', True), ('first_day__lte', models.F('last_day')), _connector='OR'), name='a_team_ends_after_it_begins')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
