"""Deviations that are drafted and told, only ever added; who tells one is not who put it forward."""

import django.db.models.deletion
from django.db import migrations, models


TABLES = ("store_deviationrow", "store_deviationsteprow")
FOUR_EYES = """
create function eenthuis_check_four_eyes() returns trigger language plpgsql as $$
declare
  parent text := tg_argv[0];
  ending text := tg_argv[1];
  first_eyes text;
begin
  if new.kind <> ending then
    return new;
  end if;
  execute format('select decided_by from %I where %I = ($1 ->> %L)::bigint and kind = %L',
    tg_table_name, parent, parent, 'put-forward') into first_eyes using to_jsonb(new);
  if first_eyes is null or first_eyes = new.decided_by then
    raise exception '% of % asks for a second person', ending, tg_table_name using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger four_eyes before insert on store_deviationsteprow
  for each row execute function eenthuis_check_four_eyes('deviation_id', 'told');
"""
NO_EYES = """
drop trigger four_eyes on store_deviationsteprow;
drop function eenthuis_check_four_eyes();
"""
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
        ('store', '0031_organisations'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeviationRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('half_year', models.CharField(max_length=7)),
                ('origin', models.CharField(max_length=10)),
                ('told_people', models.PositiveIntegerField()),
                ('told_from', models.DateField()),
                ('told_source', models.TextField()),
                ('signal_people', models.PositiveIntegerField()),
                ('signal_low', models.PositiveIntegerField(null=True)),
                ('signal_high', models.PositiveIntegerField(null=True)),
                ('signal_from', models.DateField()),
                ('signal_source', models.TextField()),
                ('law', models.JSONField()),
                ('drafted_on', models.DateField()),
                ('drafted_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('half_year', 'origin', 'told_people', 'told_from', 'signal_people', 'signal_from'), name='one_draft_per_deviation')],
            },
        ),
        migrations.CreateModel(
            name='DeviationStepRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('on', models.DateField()),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('deviation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='store.deviationrow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('deviation', 'kind'), name='one_step_of_a_kind_per_deviation'), models.UniqueConstraint(condition=models.Q(('kind__in', ('told', 'dropped', 'overtaken'))), fields=('deviation',), name='a_deviation_ends_once'), models.CheckConstraint(condition=models.Q(('kind__in', ('put-forward', 'told', 'dropped', 'overtaken'))), name='a_deviation_has_a_known_step')],
            },
        ),
        migrations.RunSQL(FOUR_EYES, NO_EYES),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
