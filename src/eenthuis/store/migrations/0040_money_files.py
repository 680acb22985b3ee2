"""Money files and rounds of schemes, only ever added; what is decided is decided by a second person."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("store_moneyfilerow", "store_moneysteprow", "store_schemeroundrow", "store_schemeroundsteprow")
SECOND_PERSON = """
create function eenthuis_check_second_person() returns trigger language plpgsql as $$
declare
  parent text := tg_argv[0];
  first_kind text := tg_argv[1];
  endings text := tg_argv[2];
  first_eyes text;
begin
  if not (new.kind = any(string_to_array(endings, ' '))) then
    return new;
  end if;
  execute format('select decided_by from %I where %I = ($1 ->> %L)::bigint and kind = %L order by id desc limit 1',
    tg_table_name, parent, parent, first_kind) into first_eyes using to_jsonb(new);
  if first_eyes is null or first_eyes = new.decided_by then
    raise exception '% of % asks for a second person', new.kind, tg_table_name using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger second_person_awards before insert on store_moneysteprow
  for each row execute function eenthuis_check_second_person('file_id', 'checked', 'awarded refused');
create trigger second_person_settles before insert on store_moneysteprow
  for each row execute function eenthuis_check_second_person('file_id', 'settlement-proposed', 'settled');
create trigger second_person_draws before insert on store_schemeroundsteprow
  for each row execute function eenthuis_check_second_person('round_id', 'published', 'drawn');
"""
NO_SECOND_PERSON = """
drop trigger second_person_awards on store_moneysteprow;
drop trigger second_person_settles on store_moneysteprow;
drop trigger second_person_draws on store_schemeroundsteprow;
drop function eenthuis_check_second_person();
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
        ('store', '0039_residence_documents'),
    ]

    operations = [
        migrations.CreateModel(
            name='MoneyFileRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('municipality', models.CharField(max_length=6)),
                ('owner', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=80)),
                ('scheme', models.CharField(blank=True, max_length=40)),
                ('round_name', models.CharField(blank=True, max_length=40)),
                ('project', models.CharField(blank=True, max_length=20)),
                ('site', models.CharField(blank=True, max_length=40)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('units', models.PositiveIntegerField(default=0)),
                ('facts', models.JSONField(default=dict)),
                ('lines', models.JSONField()),
                ('asked_cents', models.BigIntegerField()),
                ('asked_on', models.DateField()),
                ('asked_by', models.CharField(max_length=80)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['municipality'], name='money_by_municipality'), models.Index(fields=['owner'], name='money_by_owner'), models.Index(fields=['round_name'], name='money_by_round')],
                'constraints': [models.CheckConstraint(condition=models.Q(('asked_cents__gt', 0)), name='a_money_file_asks_something'), models.CheckConstraint(condition=models.Q(('first_day__lte', models.F('last_day'))), name='a_money_file_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='SchemeRoundRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('scheme', models.CharField(max_length=40)),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('budget_cents', models.BigIntegerField()),
                ('when_short', models.CharField(max_length=10)),
                ('order_why', models.TextField(blank=True)),
                ('commitment', models.CharField(max_length=64)),
                ('public_value_named', models.CharField(blank=True, max_length=200)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_on', models.DateField()),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('opens_on__lte', models.F('closes_on'))), name='a_round_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(('budget_cents__gt', 0)), name='a_round_has_a_budget')],
            },
        ),
        migrations.CreateModel(
            name='MoneyStepRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.CharField(max_length=6)),
                ('owner', models.CharField(max_length=80)),
                ('step', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('why', models.TextField(blank=True)),
                ('cents', models.BigIntegerField(default=0)),
                ('lines', models.JSONField(default=list)),
                ('category', models.PositiveSmallIntegerField(default=0)),
                ('evidence', models.CharField(blank=True, max_length=30)),
                ('kept_at', models.CharField(blank=True, max_length=120)),
                ('shown_units', models.PositiveIntegerField(default=0)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('receipt', models.CharField(blank=True, max_length=12)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='store.moneyfilerow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'step'), name='one_money_step_at_a_time'), models.UniqueConstraint(condition=models.Q(('kind__in', ('awarded', 'refused', 'withdrawn'))), fields=('file',), name='a_money_file_is_decided_once'), models.UniqueConstraint(condition=models.Q(('kind', 'settled')), fields=('file',), name='a_money_file_is_settled_once'), models.CheckConstraint(condition=models.Q(('cents__gte', 0)), name='a_money_step_has_no_negative_cents')],
            },
        ),
        migrations.CreateModel(
            name='SchemeRoundStepRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('on', models.DateField()),
                ('entries', models.JSONField(default=list)),
                ('entries_digest', models.CharField(blank=True, max_length=80)),
                ('seed', models.CharField(blank=True, max_length=200)),
                ('public_value', models.CharField(blank=True, max_length=200)),
                ('receipt', models.CharField(blank=True, max_length=12)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='store.schemeroundrow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'kind'), name='a_round_is_published_and_drawn_once'), models.CheckConstraint(condition=models.Q(('kind__in', ('published', 'drawn'))), name='a_round_has_a_known_step')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(SECOND_PERSON, NO_SECOND_PERSON),
    ]
