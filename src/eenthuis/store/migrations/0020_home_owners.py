"""Homes belong to an organisation: a housing association by name, a municipality by code, no longer an account.

A home that stood under the name of an account gets a version more, as every correction does.
"""

from django.db import migrations, models

ACCOUNTS = """
update store_accountrow a set association = left(u.username, 80)
from auth_user u where u.id = a.user_id and a.role = 'housing-association' and a.association = '';
"""
HOMES = """
insert into store_homerow (home, step, kind, municipality, owner, kind_of_home, rooms, largest_household,
  is_accessible, available_from, why, replaces_id, decided_by, decided_at)
select h.home, h.step + 1, case h.kind when 'withdrawn' then 'withdrawn' else 'changed' end, h.municipality,
  case a.role when 'municipality' then a.municipality else a.association end, h.kind_of_home, h.rooms,
  h.largest_household, h.is_accessible, h.available_from,
  'the owner is an organisation, no longer an account', h.id, 'installation', now()
from store_homerow h
join auth_user u on u.username = h.owner
join store_accountrow a on a.user_id = u.id
where not exists (select 1 from store_homerow n where n.replaces_id = h.id)
  and case a.role when 'municipality' then a.municipality when 'housing-association' then a.association else '' end
    not in ('', h.owner);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0019_composition'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accountrow',
            name='association',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='apikeyrow',
            name='association',
            field=models.CharField(blank=True, default='', max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='sheetrow',
            name='association',
            field=models.CharField(blank=True, default='', max_length=80),
            preserve_default=False,
        ),
        migrations.RunSQL(ACCOUNTS, migrations.RunSQL.noop),
        migrations.RunSQL(HOMES, migrations.RunSQL.noop),
    ]
