"""Proof folders can be emptied when their time has passed, or a household in them is erased."""

from django.db import migrations

GUARD = """
drop trigger only_added on store_proposalfolderrow;
create trigger only_added before update or delete on store_proposalfolderrow for each row
  execute function eenthuis_refuse_change({columns});
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0029_urgency'),
    ]

    operations = [
        migrations.RunSQL(GUARD.format(columns="'archive'"), GUARD.format(columns="")),
    ]
