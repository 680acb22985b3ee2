"""Offers say in which municipality the home stands, so that whoever offers it next sees all of its offers."""

from django.db import migrations, models

FILL = """
alter table store_offerrow disable trigger only_added;
update store_offerrow o set municipality = l.municipality from store_linkrow l where l.id = o.link_id;
alter table store_offerrow enable trigger only_added;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0017_erasing'),
    ]

    operations = [
        migrations.AddField(
            model_name='offerrow',
            name='municipality',
            field=models.CharField(default='', max_length=6),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='waysteprow',
            index=models.Index(
                condition=models.Q(('kind__in', ('left', 'merged', 'split', 'struck-out'))),
                fields=['id'],
                name='way_departures',
            ),
        ),
    ]
