"""A link can be replaced by one to another municipality, and a home by another, each as one step on the way."""

from django.db import migrations, models

FACTS = ('linked', 'link-changed', 'link-ended', 'signed-off', 'sign-off-withdrawn', 'home-offered', 'offer-withdrawn', 'home-released', 'home-changed')

CHANGED = """
create function eenthuis_check_link() returns trigger language plpgsql as $$
declare
  before record;
begin
  if (new.kind = 'linked') <> (new.step % 2 = 1) then
    raise exception 'step % of the links of a household cannot be %', new.step, new.kind
      using errcode = 'check_violation';
  end if;
  if new.step = 1 then
    if new.replaces_id is not null then
      raise exception 'the first step replaces nothing' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  select household, step, kind, municipality into before from store_linkrow where id = new.replaces_id;
  if before is null or before.household <> new.household or before.step <> new.step - 1 then
    raise exception 'step % must replace step % of the same household', new.step, new.step - 1
      using errcode = 'check_violation';
  end if;
  if before.kind = 'moved' and (before.municipality = new.municipality or new.why = '') then
    raise exception 'step % changes a link without another municipality and a reason', new.step
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create function eenthuis_check_moved() returns trigger language plpgsql security definer
  set search_path from current as $$
begin
  if not exists (select 1 from store_linkrow n where n.replaces_id = new.id and n.kind = 'linked') then
    raise exception 'a link that moved has no link after it' using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger steps_in_order on store_linkrow;
create trigger steps_in_order before insert on store_linkrow for each row execute function eenthuis_check_link();
create constraint trigger moved_goes_on after insert on store_linkrow deferrable initially deferred
  for each row when (new.kind = 'moved') execute function eenthuis_check_moved();
create or replace function eenthuis_fact_is_step() returns trigger language plpgsql as $$
declare
  number integer;
  earlier record;
begin
  select coalesce(max(step), 0) + 1 into number from store_waysteprow where household = new.household;
  if tg_table_name = 'store_linkrow' then
    if new.kind = 'moved' then
      return null;
    end if;
    insert into store_waysteprow (household, step, place, kind, link_id, "values", why, decided_by, decided_at)
    values (new.household, number, number,
      case when new.kind = 'ended' then 'link-ended'
        when exists (select 1 from store_linkrow b where b.id = new.replaces_id and b.kind = 'moved') then 'link-changed'
        else 'linked' end,
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
"""

BACK = """
drop trigger moved_goes_on on store_linkrow;
drop function eenthuis_check_moved();
drop trigger steps_in_order on store_linkrow;
create trigger steps_in_order before insert on store_linkrow
  for each row execute function eenthuis_check_step('linked', 'ended');
drop function eenthuis_check_link();
create or replace function eenthuis_fact_is_step() returns trigger language plpgsql as $$
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
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0025_gone_from_the_way'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='linkrow', name='an_ended_link_names_what_and_why'),
        migrations.AddConstraint(
            model_name='linkrow',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'linked'), models.Q(('kind__in', ('ended', 'moved')), ('replaces__isnull', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='an_ended_link_names_what_and_why'),
        ),
        migrations.RemoveConstraint(model_name='waysteprow', name='a_way_step_is_its_own_or_names_a_fact'),
        migrations.AddConstraint(
            model_name='waysteprow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', FACTS), ('on__isnull', True), models.Q(('link__isnull', False), ('sign_off__isnull', False), ('offer__isnull', False), _connector='OR')), models.Q(models.Q(('kind__in', FACTS), _negated=True), ('on__isnull', False), ('link__isnull', True), ('offer__isnull', True), ('sign_off__isnull', True)), _connector='OR'), name='a_way_step_is_its_own_or_names_a_fact'),
        ),
        migrations.RunSQL(CHANGED, BACK),
    ]
