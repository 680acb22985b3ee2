"""Systems that get events, addresses for the daily overview, and what has reached them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('store', '0015_letter_codes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MailDigestRow',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='mail_digest', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('address', models.EmailField(max_length=254)),
            ],
        ),
        migrations.CreateModel(
            name='SubscriberRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('address', models.URLField(max_length=400)),
                ('contact', models.EmailField(max_length=254)),
                ('role', models.CharField(max_length=30)),
                ('municipality', models.CharField(blank=True, max_length=6)),
                ('province', models.CharField(blank=True, max_length=4)),
                ('generation', models.PositiveSmallIntegerField(default=1)),
                ('is_active', models.BooleanField(default=True)),
                ('made_by', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='DeliveryRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.UUIDField(unique=True)),
                ('day', models.DateField(null=True)),
                ('state', models.CharField(default='waiting', max_length=9)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('problem', models.CharField(blank=True, max_length=120)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('notice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='store.noticerow')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subscriber', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='store.subscriberrow')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='delivery_due')],
                'constraints': [models.UniqueConstraint(fields=('notice', 'subscriber'), name='one_delivery_per_subscriber'), models.UniqueConstraint(fields=('user', 'day'), name='one_overview_per_day'), models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'delivered', 'failed', 'nothing'))), name='a_delivery_has_a_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('notice__isnull', False), ('subscriber__isnull', False), ('user__isnull', True)), models.Q(('day__isnull', False), ('notice__isnull', True), ('subscriber__isnull', True), ('user__isnull', False)), _connector='OR'), name='a_delivery_goes_to_one_receiver')],
            },
        ),
    ]
