"""When the chance of a municipality fell under the threshold or rose above it, only ever added to."""

from django.db import migrations, models


GUARD = """
create trigger only_added before update or delete on store_warningrow
  for each row execute function eenthuis_refuse_change();
create trigger never_emptied before truncate on store_warningrow
  for each statement execute function eenthuis_refuse_change();
"""
UNGUARD = "drop trigger only_added on store_warningrow; drop trigger never_emptied on store_warningrow;"


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0034_holders_erased'),
    ]

    operations = [
        migrations.CreateModel(
            name='WarningRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.CharField(max_length=6)),
                ('half_year', models.CharField(max_length=7)),
                ('on', models.DateField()),
                ('chance', models.PositiveSmallIntegerField()),
                ('is_low', models.BooleanField()),
                ('kept_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['half_year', 'municipality'], name='warnings_of')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
