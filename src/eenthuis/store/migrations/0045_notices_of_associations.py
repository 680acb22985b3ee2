from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0044_transit_sites'),
    ]

    operations = [
        migrations.AddField(
            model_name='noticerow',
            name='association',
            field=models.CharField(blank=True, default='', max_length=80),
        ),
    ]
