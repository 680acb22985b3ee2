"""Official estimates and counts as they are entered, and our forecasts as they were made, only ever added."""

import django.db.models.deletion
from django.db import migrations, models


TABLES = ("store_estimaterow", "store_forecastrow")
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
        ('store', '0022_sign_in_at_providers'),
    ]

    operations = [
        migrations.CreateModel(
            name='ForecastRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_on', models.DateField()),
                ('series', models.CharField(max_length=30)),
                ('last_known', models.CharField(max_length=7)),
                ('half_year', models.CharField(max_length=7)),
                ('model', models.CharField(max_length=30)),
                ('people', models.JSONField()),
                ('version', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('made_on', 'series', 'half_year'), name='one_forecast_per_day_and_half_year')],
            },
        ),
        migrations.CreateModel(
            name='EstimateRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.CharField(max_length=30)),
                ('half_year', models.CharField(max_length=7)),
                ('kind', models.CharField(max_length=10)),
                ('low', models.PositiveIntegerField(null=True)),
                ('middle', models.PositiveIntegerField()),
                ('high', models.PositiveIntegerField(null=True)),
                ('made_on', models.DateField()),
                ('until', models.DateField(null=True)),
                ('source', models.TextField()),
                ('note', models.TextField(blank=True)),
                ('entered_by', models.CharField(max_length=80)),
                ('entered_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.estimaterow')),
            ],
            options={
                'indexes': [models.Index(fields=['quantity', 'half_year'], name='estimate_by_what')],
                'constraints': [models.CheckConstraint(condition=models.Q(('quantity__in', ['national-number', 'permits', 'first-requests', 'joining-relatives', 'waiting'])), name='an_estimate_is_of_something'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'estimate'), ('until__isnull', True)), models.Q(('high__isnull', True), ('kind', 'count'), ('low__isnull', True), ('until__isnull', False)), _connector='OR'), name='an_estimate_or_a_count'), models.CheckConstraint(condition=models.Q(models.Q(('low__isnull', True), ('low__lte', models.F('middle')), _connector='OR'), models.Q(('high__isnull', True), ('high__gte', models.F('middle')), _connector='OR')), name='an_estimate_in_order')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
