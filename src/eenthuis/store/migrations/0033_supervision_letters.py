"""Letters of supervision as they were written and what was done with them, only ever added; two people send one."""

import django.db.models.deletion
from django.db import migrations, models


TABLES = ("store_supervisionletterrow", "store_supervisionlettersteprow")
FOUR_EYES = """
create trigger four_eyes before insert on store_supervisionlettersteprow
  for each row execute function eenthuis_check_four_eyes('letter_id', 'sent');
"""
NO_EYES = "drop trigger four_eyes on store_supervisionlettersteprow;"
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
        ('store', '0032_deviations'),
    ]

    operations = [
        migrations.CreateModel(
            name='SupervisionLetterRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=14, unique=True)),
                ('province', models.CharField(max_length=4)),
                ('municipality', models.CharField(max_length=6)),
                ('half_year', models.CharField(max_length=7)),
                ('kind', models.CharField(max_length=30)),
                ('rung', models.PositiveSmallIntegerField()),
                ('subject', models.TextField()),
                ('parts', models.JSONField()),
                ('facts', models.JSONField()),
                ('answer_by', models.DateField(null=True)),
                ('written_on', models.DateField()),
                ('pdf', models.BinaryField()),
                ('docx', models.BinaryField()),
                ('pdf_digest', models.CharField(max_length=64)),
                ('docx_digest', models.CharField(max_length=64)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['province', 'municipality'], name='letter_by_place')],
            },
        ),
        migrations.CreateModel(
            name='SupervisionLetterStepRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.CharField(max_length=6)),
                ('kind', models.CharField(max_length=12)),
                ('on', models.DateField()),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='store.supervisionletterrow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('letter', 'kind'), name='one_step_of_a_kind_per_letter'), models.UniqueConstraint(condition=models.Q(('kind__in', ('sent', 'withdrawn'))), fields=('letter',), name='a_letter_ends_once'), models.CheckConstraint(condition=models.Q(('kind__in', ('put-forward', 'sent', 'withdrawn'))), name='a_letter_has_a_known_step')],
            },
        ),
        migrations.RunSQL(FOUR_EYES, NO_EYES),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
