"""Notices: what was told, who read it, who acknowledged it."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("store_noticerow", "store_noticereadingrow", "store_noticeacknowledgementrow")
GUARD = "".join(
    f"""
    create trigger only_added before update or delete on {table}
      for each row execute function eenthuis_refuse_change();
    create trigger never_emptied before truncate on {table}
      for each statement execute function eenthuis_refuse_change();
    """
    for table in TABLES
)
UNGUARD = "".join(
    f"drop trigger only_added on {table}; drop trigger never_emptied on {table};" for table in TABLES
)


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0004_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='NoticeRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('role', models.CharField(max_length=30)),
                ('municipality', models.CharField(blank=True, max_length=6)),
                ('province', models.CharField(blank=True, max_length=4)),
                ('region', models.CharField(blank=True, max_length=40)),
                ('reference', models.CharField(max_length=30)),
                ('figures', models.JSONField(default=dict)),
                ('told_on', models.DateField()),
                ('due_on', models.DateField(null=True)),
                ('acknowledge_by', models.DateField(null=True)),
                ('told_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='NoticeReadingRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=80)),
                ('read_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='NoticeAcknowledgementRow',
            fields=[
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='acknowledgement', serialize=False, to='store.noticerow')),
                ('acknowledged_by', models.CharField(max_length=80)),
                ('acknowledged_on', models.DateField()),
                ('acknowledged_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='noticerow',
            index=models.Index(fields=['role', 'municipality', 'province'], name='notice_by_addressee'),
        ),
        migrations.AddIndex(
            model_name='noticerow',
            index=models.Index(condition=models.Q(('acknowledge_by__isnull', False)), fields=['acknowledge_by'], name='notice_to_acknowledge'),
        ),
        migrations.AddConstraint(
            model_name='noticerow',
            constraint=models.CheckConstraint(condition=models.Q(('reference__regex', '^[a-z][a-z-]{1,19}:([0-9]{1,8}|[0-9]{4}-I{1,2}|[0-9]{4}-(0[1-9]|1[0-2])|GM[0-9]{4}|PV[0-9]{2})$')), name='a_notice_refers_and_names_nobody'),
        ),
        migrations.AddConstraint(
            model_name='noticerow',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'not-acknowledged')), fields=('reference',), name='a_notice_escalates_once'),
        ),
        migrations.AddField(
            model_name='noticereadingrow',
            name='notice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='store.noticerow'),
        ),
        migrations.AddConstraint(
            model_name='noticereadingrow',
            constraint=models.UniqueConstraint(fields=('notice', 'account'), name='one_reading_per_account'),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
