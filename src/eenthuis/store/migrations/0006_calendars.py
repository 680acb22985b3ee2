"""The secret address of each account's calendar, as a digest."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('store', '0005_notices'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeedRow',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='calendar_feed', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('secret_digest', models.CharField(max_length=64, unique=True)),
                ('renewed_at', models.DateTimeField(auto_now=True)),
            ],
        ),
    ]
