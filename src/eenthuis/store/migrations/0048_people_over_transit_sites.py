from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0047_withdrawn_liveability'),
    ]

    operations = [
        migrations.AddField(
            model_name='transitsiterow',
            name='takes_part',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='transitstayrow',
            name='came_from',
            field=models.CharField(blank=True, default='', max_length=30),
        ),
    ]
