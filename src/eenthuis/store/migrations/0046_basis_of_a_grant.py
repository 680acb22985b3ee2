from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0045_notices_of_associations'),
    ]

    operations = [
        migrations.AddField(
            model_name='moneyfilerow',
            name='basis',
            field=models.JSONField(default=dict),
        ),
    ]
