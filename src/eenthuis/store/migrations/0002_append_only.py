"""Rows that account for decisions are only ever added; the database itself refuses anything else."""

from django.db import migrations

APPEND_ONLY = (
    "store_announcementrow",
    "store_targetrow",
    "store_swaprow",
    "store_swappartrow",
    "store_openingbalancerow",
    "store_proposalrow",
    "store_proposedlinkrow",
    "store_linkrow",
    "store_signoffrow",
    "store_receiptrow",
    "store_journalrow",
)

REFUSE = """
create function eenthuis_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % of % is refused; add a new row that names the one it replaces', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
"""

STEPS = """
create function eenthuis_check_step() returns trigger language plpgsql as $$
declare
  before record;
  opening text := tg_argv[0];
  closing text := tg_argv[1];
begin
  if new.kind <> (case when new.step % 2 = 1 then opening else closing end) then
    raise exception 'step % of % must be %', new.step, tg_table_name,
      (case when new.step % 2 = 1 then opening else closing end) using errcode = 'check_violation';
  end if;
  if new.step = 1 then
    if new.replaces_id is not null then
      raise exception 'the first step replaces nothing' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  execute format('select household, step from %I where id = $1', tg_table_name) into before using new.replaces_id;
  if before is null or before.household <> new.household or before.step <> new.step - 1 then
    raise exception 'step % must replace step % of the same household', new.step, new.step - 1
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger steps_in_order before insert on store_linkrow
  for each row execute function eenthuis_check_step('linked', 'ended');
create trigger steps_in_order before insert on store_signoffrow
  for each row execute function eenthuis_check_step('signed-off', 'withdrawn');
"""

SWAPS = """
create function eenthuis_check_swap() returns trigger language plpgsql as $$
declare
  wanted bigint := (to_jsonb(new) ->> case when tg_table_name = 'store_swaprow' then 'id' else 'swap_id' end)::bigint;
  total bigint;
  parts bigint;
begin
  select coalesce(sum(change), 0), count(*) into total, parts from store_swappartrow where swap_id = wanted;
  if total <> 0 or parts < 2 then
    raise exception 'swap % has % parts that add up to %; two or more must add up to 0', wanted, parts, total
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger swap_keeps_sum after insert on store_swappartrow
  deferrable initially deferred for each row execute function eenthuis_check_swap();
create constraint trigger swap_has_parts after insert on store_swaprow
  deferrable initially deferred for each row execute function eenthuis_check_swap();
"""

TARGETS = """
create function eenthuis_check_target() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from store_targetrow t
    where t.half_year = new.half_year and t.municipality = new.municipality
      and t.id is distinct from new.replaces_id
      and not exists (select 1 from store_targetrow r where r.replaces_id = t.id)
  ) then
    raise exception '% already has a target in force in %', new.municipality, new.half_year
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger one_target_in_force before insert on store_targetrow
  for each row execute function eenthuis_check_target();
"""


def _guard(table):
    return f"""
    create trigger only_added before update or delete on {table}
      for each row execute function eenthuis_refuse_change();
    create trigger never_emptied before truncate on {table}
      for each statement execute function eenthuis_refuse_change();
    """


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]

    operations = [
        migrations.RunSQL(
            REFUSE + "".join(_guard(table) for table in APPEND_ONLY) + STEPS + SWAPS + TARGETS,
            "".join(
                f"drop trigger only_added on {table}; drop trigger never_emptied on {table};"
                for table in APPEND_ONLY
            )
            + """
            drop trigger steps_in_order on store_linkrow;
            drop trigger steps_in_order on store_signoffrow;
            drop trigger swap_keeps_sum on store_swappartrow;
            drop trigger swap_has_parts on store_swaprow;
            drop trigger one_target_in_force on store_targetrow;
            drop function eenthuis_check_step();
            drop function eenthuis_check_swap();
            drop function eenthuis_check_target();
            drop function eenthuis_refuse_change();
            """,
        ),
    ]
