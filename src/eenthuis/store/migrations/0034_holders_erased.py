"""With whom the work on a household lies can lose the household's number when the household is erased."""

from django.db import migrations

GUARD = """
drop trigger only_added on store_workholderrow;
create trigger only_added before update or delete on store_workholderrow for each row
  execute function eenthuis_refuse_change({columns});
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0033_supervision_letters'),
    ]

    operations = [
        migrations.RunSQL(GUARD.format(columns="'household'"), GUARD.format(columns="")),
    ]
