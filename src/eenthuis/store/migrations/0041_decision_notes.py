"""Decision notes, only ever added; who reviews one wrote none of it, and nothing is published without a review."""

import django.db.models.deletion
from django.db import migrations, models


TABLES = (
    "store_decisionnoterow",
    "store_decisionnoteversionrow",
    "store_decisionnotesteprow",
    "store_decisionnotemarkrow",
    "store_publishednoterow",
)
FOUR_EYES = """
create function eenthuis_check_note_step() returns trigger language plpgsql as $$
declare
  last integer;
begin
  select max(place) into last from store_decisionnoteversionrow where note_id = new.note_id;
  if exists (select 1 from store_decisionnotesteprow
             where note_id = new.note_id and kind in ('published', 'withdrawn')) then
    raise exception 'note % has ended', new.note_id using errcode = 'check_violation';
  end if;
  if last is null or new.version <> last then
    raise exception 'version % of note % is not the last', new.version, new.note_id using errcode = 'check_violation';
  end if;
  if new.kind = 'reviewed' and (
    exists (select 1 from store_decisionnoteversionrow
            where note_id = new.note_id and written_by = new.decided_by)
    or exists (select 1 from store_decisionnotesteprow
               where note_id = new.note_id and kind = 'put-forward' and decided_by = new.decided_by)
    or not exists (select 1 from store_decisionnotesteprow
                   where note_id = new.note_id and version = new.version and kind = 'put-forward')
  ) then
    raise exception 'a review of note % asks for a second person', new.note_id using errcode = 'check_violation';
  end if;
  if new.kind = 'published' and coalesce((
    select kind from store_decisionnotesteprow
    where note_id = new.note_id and version = new.version order by id desc limit 1
  ), '') <> 'reviewed' then
    raise exception 'note % was not reviewed', new.note_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger four_eyes before insert on store_decisionnotesteprow
  for each row execute function eenthuis_check_note_step();
create function eenthuis_check_note_version() returns trigger language plpgsql as $$
begin
  if exists (select 1 from store_decisionnotesteprow
             where note_id = new.note_id and kind in ('published', 'withdrawn')) then
    raise exception 'note % has ended', new.note_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger still_open before insert on store_decisionnoteversionrow
  for each row execute function eenthuis_check_note_version();
create function eenthuis_check_note_published() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from store_decisionnotesteprow where note_id = new.number and kind = 'published') then
    raise exception 'note % was not published', new.number using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger was_published before insert on store_publishednoterow
  for each row execute function eenthuis_check_note_published();
"""
NO_EYES = """
drop trigger was_published on store_publishednoterow;
drop trigger still_open on store_decisionnoteversionrow;
drop trigger four_eyes on store_decisionnotesteprow;
drop function eenthuis_check_note_published();
drop function eenthuis_check_note_version();
drop function eenthuis_check_note_step();
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
        ('store', '0040_money_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='DecisionNoteRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recommendations', models.JSONField()),
                ('begun_on', models.DateField()),
                ('begun_by', models.CharField(max_length=80)),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='PublishedNoteRow',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('recommendations', models.JSONField()),
                ('title', models.TextField()),
                ('sections', models.JSONField()),
                ('published_on', models.DateField()),
                ('pdf', models.BinaryField()),
                ('pdf_digest', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='DecisionNoteMarkRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('key', models.TextField()),
                ('text', models.TextField()),
                ('rule', models.CharField(max_length=20)),
                ('is_removed', models.BooleanField()),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='store.decisionnoterow')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('is_removed', True), models.Q(('why', ''), _negated=True), _connector='OR'), name='what_is_kept_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='DecisionNoteStepRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=12)),
                ('on', models.DateField()),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='store.decisionnoterow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'reviewed')), fields=('note', 'version'), name='a_version_is_reviewed_once'), models.UniqueConstraint(condition=models.Q(('kind__in', ('published', 'withdrawn'))), fields=('note',), name='a_note_ends_once'), models.CheckConstraint(condition=models.Q(('kind__in', ('put-forward', 'sent-back', 'reviewed', 'published', 'withdrawn'))), name='a_note_has_a_known_step')],
            },
        ),
        migrations.CreateModel(
            name='DecisionNoteVersionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('title', models.TextField()),
                ('sections', models.JSONField()),
                ('withheld', models.JSONField()),
                ('on', models.DateField()),
                ('written_by', models.CharField(max_length=80)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='store.decisionnoterow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('note', 'place'), name='one_version_of_a_note_per_place')],
            },
        ),
        migrations.RunSQL(FOUR_EYES, NO_EYES),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
