"""A household that left, or went on under other numbers, waits for nothing any more, until that step is struck out."""

from django.db import migrations

GONE = """
create function eenthuis_has_gone(name text) returns boolean language sql stable as $$
  select exists (
    select 1 from store_waysteprow g where g.household = name and g.kind in ('left', 'merged', 'split')
      and not exists (select 1 from store_waysteprow c where c.replaces_id = g.id)
  )
$$;
create or replace function eenthuis_now_people() returns trigger language plpgsql security definer
  set search_path from current as $$
begin
  insert into store_householdnowrow as n (household, persons, permit_on, region, municipality, decided_by, is_signed_off)
  select a.identifier, a.persons, case when not eenthuis_has_gone(a.identifier) then a.permit_on end, a.region, '', '',
    false
  from added a
  on conflict (household) do update set persons = excluded.persons, permit_on = excluded.permit_on,
    region = excluded.region;
  return null;
end $$;
create function eenthuis_now_step() returns trigger language plpgsql security definer
  set search_path from current as $$
begin
  update store_householdnowrow n
  set permit_on = case when not eenthuis_has_gone(n.household) then h.permit_on end
  from store_householdrow h
  where h.identifier = n.household and n.household = new.household;
  return null;
end $$;
create trigger keep_now after insert on store_waysteprow
  for each row when (new.kind in ('left', 'merged', 'split', 'struck-out')) execute function eenthuis_now_step();
update store_householdnowrow n set permit_on = null where n.permit_on is not null and eenthuis_has_gone(n.household);
"""

BACK = """
drop trigger keep_now on store_waysteprow;
drop function eenthuis_now_step();
create or replace function eenthuis_now_people() returns trigger language plpgsql security definer
  set search_path from current as $$
begin
  insert into store_householdnowrow as n (household, persons, permit_on, region, municipality, decided_by, is_signed_off)
  select a.identifier, a.persons, a.permit_on, a.region, '', '', false from added a
  on conflict (household) do update set persons = excluded.persons, permit_on = excluded.permit_on,
    region = excluded.region;
  return null;
end $$;
drop function eenthuis_has_gone(text);
update store_householdnowrow n set permit_on = h.permit_on from store_householdrow h where h.identifier = n.household;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0024_lab'),
    ]

    operations = [migrations.RunSQL(GONE, BACK)]
