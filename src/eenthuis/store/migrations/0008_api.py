"""API keys, how often each asks, answers to writes, and a number for every household that says nothing."""

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0007_journal_chain'),
    ]

    operations = [
        migrations.AddField(
            model_name='householdrow',
            name='number',
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True),
        ),
        migrations.CreateModel(
            name='AllowanceRow',
            fields=[
                ('who', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('minute', models.BigIntegerField()),
                ('used', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['minute'], name='store_allow_minute_ec0d15_idx')],
            },
        ),
        migrations.CreateModel(
            name='AnsweredRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=255)),
                ('asked', models.CharField(max_length=64)),
                ('status', models.PositiveSmallIntegerField()),
                ('headers', models.JSONField()),
                ('body', models.TextField()),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='store_answe_at_102263_idx')],
                'constraints': [models.UniqueConstraint(fields=('who', 'key'), name='one_answer_per_idempotency_key')],
            },
        ),
        migrations.CreateModel(
            name='ApiKeyRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(max_length=12, unique=True)),
                ('secret_hash', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=80)),
                ('contact_name', models.CharField(max_length=120)),
                ('contact_email', models.CharField(max_length=254)),
                ('role', models.CharField(max_length=30)),
                ('municipality', models.CharField(blank=True, max_length=6)),
                ('province', models.CharField(blank=True, max_length=4)),
                ('scopes', models.JSONField()),
                ('last_day', models.DateField()),
                ('made_by', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('last_used_on', models.DateField(null=True)),
                ('follows', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='store.apikeyrow')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('contact_name', ''), _negated=True), models.Q(('contact_email', ''), _negated=True)), name='a_key_has_a_contact')],
            },
        ),
        # counts of the running minute may go when the server falls; they cost less so
        migrations.RunSQL(
            "alter table store_allowancerow set unlogged", "alter table store_allowancerow set logged"
        ),
    ]
