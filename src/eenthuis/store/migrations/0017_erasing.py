"""The processing log, and guards that let exactly what may be erased change."""

from django.db import migrations, models

ERASABLE = {
    "store_linkrow": ("household", "why"),
    "store_signoffrow": ("household", "why"),
    "store_proposedlinkrow": ("household",),
    "store_overriderow": ("household", "why"),
    "store_proposalrow": ("difference",),
    "store_offerrow": ("household", "why"),
    "store_waysteprow": ("household", "why", "values"),
    "store_journalrow": ("subject", "before", "after", "why"),
    "store_journalchainrow": ("salt", "erasure"),
    "store_processinglogrow": ("household",),
}
ALLOW = """
create or replace function eenthuis_refuse_change() returns trigger language plpgsql as $$
begin
  if tg_level = 'ROW' and tg_op = 'UPDATE' and tg_nargs > 0 and current_setting('eenthuis.erasing', true) = 'on' then
    if to_jsonb(new) - tg_argv::text[] = to_jsonb(old) - tg_argv::text[] then
      return new;
    end if;
  end if;
  raise exception 'append-only: % of % is refused; add a new row that names the one it replaces', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
"""
REFUSE = """
create or replace function eenthuis_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % of % is refused; add a new row that names the one it replaces', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
"""
NEW = """
create trigger only_added before update or delete on store_processinglogrow
  for each row execute function eenthuis_refuse_change();
create trigger never_emptied before truncate on store_processinglogrow
  for each statement execute function eenthuis_refuse_change();
"""
NOT_NEW = """
drop trigger only_added on store_processinglogrow;
drop trigger never_emptied on store_processinglogrow;
"""


def _guards(erasable):
    return "".join(
        f"""
        drop trigger only_added on {table};
        create trigger only_added before update or delete on {table} for each row
          execute function eenthuis_refuse_change({", ".join(f"'{column}'" for column in columns) if erasable else ""});
        """
        for table, columns in ERASABLE.items()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0016_deliveries'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProcessingLogRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('request', models.CharField(max_length=32)),
                ('activity', models.CharField(max_length=30)),
                ('household', models.CharField(max_length=20)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['household'], name='processing_by_household')],
            },
        ),
        migrations.RunSQL(NEW, NOT_NEW),
        migrations.RunSQL(ALLOW + _guards(True), _guards(False) + REFUSE),
    ]
