"""A digest per line of the journal that rests on the line before it; older lines are chained in their order."""

import django.db.models.deletion
from django.db import migrations, models

CHAIN = """
create function eenthuis_net(part text) returns text language sql immutable as $$
  select case when part is null then '-' else length(part) || ':' || part end || ','
$$;
create function eenthuis_journal_content(salt text, line store_journalrow) returns text language sql stable as $$
  select eenthuis_net(salt)
    || eenthuis_net(to_char(line.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'))
    || eenthuis_net(line.actor) || eenthuis_net(line.role) || eenthuis_net(line.action)
    || eenthuis_net(line.subject) || eenthuis_net(line.municipality)
    || eenthuis_net(line.before::text) || eenthuis_net(line.after::text) || eenthuis_net(line.why)
$$;
create function eenthuis_chain(line store_journalrow) returns void language plpgsql as $$
declare
  last record;
  fresh text := replace(gen_random_uuid()::text, '-', '');
  content text := encode(sha256(convert_to(eenthuis_journal_content(fresh, line), 'UTF8')), 'hex');
begin
  select position, digest into last from store_journalchainrow order by position desc limit 1;
  insert into store_journalchainrow (line_id, position, salt, content_digest, previous, digest)
  values (
    line.id, coalesce(last.position, 0) + 1, fresh, content, coalesce(last.digest, ''),
    encode(sha256(convert_to(coalesce(last.digest, '') || content, 'UTF8')), 'hex')
  );
end $$;
create function eenthuis_chain_line() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('eenthuis journal chain', 0));
  perform eenthuis_chain(new);
  return null;
end $$;
do $$
declare
  line store_journalrow;
begin
  for line in select * from store_journalrow order by id loop
    perform eenthuis_chain(line);
  end loop;
end $$;
create constraint trigger chained after insert on store_journalrow
  deferrable initially deferred for each row execute function eenthuis_chain_line();
create trigger only_added before update or delete on store_journalchainrow
  for each row execute function eenthuis_refuse_change();
create trigger never_emptied before truncate on store_journalchainrow
  for each statement execute function eenthuis_refuse_change();
"""
UNCHAIN = """
drop trigger chained on store_journalrow;
drop trigger only_added on store_journalchainrow;
drop trigger never_emptied on store_journalchainrow;
drop function eenthuis_chain_line();
drop function eenthuis_chain(store_journalrow);
drop function eenthuis_journal_content(text, store_journalrow);
drop function eenthuis_net(text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0006_calendars'),
    ]

    operations = [
        migrations.CreateModel(
            name='JournalChainRow',
            fields=[
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='chain', serialize=False, to='store.journalrow')),
                ('position', models.PositiveBigIntegerField(unique=True)),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('content_digest', models.CharField(max_length=64)),
                ('previous', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('erasure', models.PositiveIntegerField(null=True)),
            ],
        ),
        migrations.RunSQL(CHAIN, UNCHAIN),
    ]
