"""A figure on liveability can be withdrawn: a last row that stands for nothing, and says why."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0046_basis_of_a_grant'),
    ]

    operations = [
        migrations.AddField(
            model_name='liveabilityrow',
            name='is_withdrawn',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name='liveabilityrow',
            constraint=models.CheckConstraint(condition=models.Q(('is_withdrawn', False), ('replaces__isnull', False), _connector='OR'), name='a_withdrawn_figure_stood_there'),
        ),
    ]

