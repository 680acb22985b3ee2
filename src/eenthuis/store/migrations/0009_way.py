"""The way from permit to sign-off: steps of a household, homes and offers; links and sign-offs get their place in it."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("store_homerow", "store_offerrow", "store_waysteprow")
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

HOMES = """
create function eenthuis_check_home() returns trigger language plpgsql as $$
declare
  before record;
begin
  if new.step = 1 then
    if new.replaces_id is not null then
      raise exception 'the first step of a home replaces nothing' using errcode = 'check_violation';
    end if;
  else
    execute format('select home, step from %I where id = $1', tg_table_name) into before using new.replaces_id;
    if before is null or before.home <> new.home or before.step <> new.step - 1 then
      raise exception 'step % must replace step % of the same home', new.step, new.step - 1
        using errcode = 'check_violation';
    end if;
  end if;
  if tg_table_name = 'store_offerrow' then
    if new.kind <> (case when new.step % 2 = 1 then 'offered' else 'ended' end) then
      raise exception 'step % of the offers of a home is no % ', new.step, new.kind using errcode = 'check_violation';
    end if;
    if new.kind = 'offered' and exists (
      select 1 from store_offerrow o where o.household = new.household and o.kind = 'offered'
        and not exists (select 1 from store_offerrow e where e.replaces_id = o.id)
    ) then
      raise exception 'this household has an offer in force already' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger steps_in_order before insert on store_homerow
  for each row execute function eenthuis_check_home();
create trigger steps_in_order before insert on store_offerrow
  for each row execute function eenthuis_check_home();
"""

FACTS = """
create function eenthuis_fact_is_step() returns trigger language plpgsql as $$
declare
  number integer;
  earlier record;
begin
  select coalesce(max(step), 0) + 1 into number from store_waysteprow where household = new.household;
  if tg_table_name = 'store_linkrow' then
    insert into store_waysteprow (household, step, place, kind, link_id, "values", why, decided_by, decided_at)
    values (new.household, number, number, case new.kind when 'linked' then 'linked' else 'link-ended' end,
      new.id, '{}', '', '', new.decided_at);
    return null;
  end if;
  select id, place into earlier from store_waysteprow
    where new.kind = 'withdrawn' and sign_off_id = new.replaces_id;
  insert into store_waysteprow
    (household, step, place, kind, sign_off_id, replaces_id, "values", why, decided_by, decided_at)
  values (new.household, number, coalesce(earlier.place, number),
    case new.kind when 'withdrawn' then 'sign-off-withdrawn' else 'signed-off' end,
    new.id, earlier.id, '{}', '', '', new.decided_at);
  return null;
end $$;
create trigger is_a_step after insert on store_linkrow
  for each row execute function eenthuis_fact_is_step();
create trigger is_a_step after insert on store_signoffrow
  for each row execute function eenthuis_fact_is_step();
"""

EARLIER = """
with facts as (
  select household, decided_at, 1 as rank, id, kind as fact, id as link_id, null::bigint as sign_off_id
    from store_linkrow
  union all
  select household, decided_at, 2, id, kind, null, id from store_signoffrow
), numbered as (
  select *, row_number() over (partition by household order by decided_at, rank, id) as step from facts
)
insert into store_waysteprow
  (household, step, place, kind, link_id, sign_off_id, "values", why, decided_by, decided_at)
select household, step, step,
  case fact when 'linked' then 'linked' when 'ended' then 'link-ended' when 'withdrawn' then 'sign-off-withdrawn'
    else 'signed-off' end,
  link_id, sign_off_id, '{}', '', '', decided_at
from numbered order by decided_at, rank, id;
update store_waysteprow w set replaces_id = b.id, place = b.place
from store_signoffrow s join store_waysteprow b on b.sign_off_id = s.replaces_id
where w.sign_off_id = s.id and s.kind = 'withdrawn';
"""

UNDO = """
drop trigger is_a_step on store_linkrow;
drop trigger is_a_step on store_signoffrow;
drop function eenthuis_fact_is_step();
drop trigger steps_in_order on store_homerow;
drop trigger steps_in_order on store_offerrow;
drop function eenthuis_check_home();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0008_api'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfferRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('home', models.CharField(max_length=20)),
                ('step', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=7)),
                ('household', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.linkrow')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.offerrow')),
            ],
        ),
        migrations.CreateModel(
            name='WayStepRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('household', models.CharField(max_length=20)),
                ('step', models.PositiveSmallIntegerField()),
                ('place', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=24)),
                ('on', models.DateField(null=True)),
                ('values', models.JSONField(default=dict)),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('link', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.linkrow')),
                ('offer', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.offerrow')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.waysteprow')),
                ('sign_off', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.signoffrow')),
            ],
        ),
        migrations.CreateModel(
            name='HomeRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('home', models.CharField(max_length=20)),
                ('step', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('municipality', models.CharField(max_length=6)),
                ('owner', models.CharField(max_length=80)),
                ('kind_of_home', models.CharField(max_length=20)),
                ('rooms', models.PositiveSmallIntegerField()),
                ('largest_household', models.PositiveSmallIntegerField()),
                ('is_accessible', models.BooleanField()),
                ('available_from', models.DateField()),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.homerow')),
            ],
            options={
                'indexes': [models.Index(fields=['municipality'], name='store_homer_municip_3257dd_idx'), models.Index(fields=['owner'], name='store_homer_owner_2c80ef_idx')],
                'constraints': [models.UniqueConstraint(fields=('home', 'step'), name='one_version_of_a_home_per_step'), models.CheckConstraint(condition=models.Q(('kind__in', ('added', 'changed', 'withdrawn'))), name='a_home_has_a_known_kind_of_step'), models.CheckConstraint(condition=models.Q(('rooms__gte', 1), ('largest_household__gte', 1)), name='a_home_has_room')],
            },
        ),
        migrations.AddIndex(
            model_name='offerrow',
            index=models.Index(fields=['household'], name='store_offer_househo_4db5ad_idx'),
        ),
        migrations.AddConstraint(
            model_name='offerrow',
            constraint=models.UniqueConstraint(fields=('home', 'step'), name='one_offer_per_step'),
        ),
        migrations.AddConstraint(
            model_name='offerrow',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'offered'), models.Q(('kind', 'ended'), ('replaces__isnull', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='an_ended_offer_names_what_and_why'),
        ),
        migrations.AddIndex(
            model_name='waysteprow',
            index=models.Index(fields=['household', 'place'], name='store_wayst_househo_e36c87_idx'),
        ),
        migrations.AddConstraint(
            model_name='waysteprow',
            constraint=models.UniqueConstraint(fields=('household', 'step'), name='one_way_step_per_number'),
        ),
        migrations.AddConstraint(
            model_name='waysteprow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('linked', 'link-ended', 'signed-off', 'sign-off-withdrawn', 'home-offered', 'offer-withdrawn', 'home-released')), ('on__isnull', True), models.Q(('link__isnull', False), ('sign_off__isnull', False), ('offer__isnull', False), _connector='OR')), models.Q(models.Q(('kind__in', ('linked', 'link-ended', 'signed-off', 'sign-off-withdrawn', 'home-offered', 'offer-withdrawn', 'home-released')), _negated=True), ('on__isnull', False), ('link__isnull', True), ('offer__isnull', True), ('sign_off__isnull', True)), _connector='OR'), name='a_way_step_is_its_own_or_names_a_fact'),
        ),
        migrations.AddConstraint(
            model_name='waysteprow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'struck-out'), _negated=True), models.Q(('replaces__isnull', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='a_struck_out_step_names_what_and_why'),
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD + HOMES + FACTS, UNDO + UNGUARD),
    ]
