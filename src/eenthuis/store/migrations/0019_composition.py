"""What was published of family composition: counts per month and the files of the report, only ever added."""

import django.db.models.deletion
from django.db import migrations, models


TABLES = ("store_compositionrow", "store_compositioncountsrow", "store_compositionfilerow")
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
        ('store', '0018_offer_place'),
    ]

    operations = [
        migrations.CreateModel(
            name='CompositionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(unique=True)),
                ('shown', models.JSONField()),
                ('made_by', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.receiptrow')),
            ],
        ),
        migrations.CreateModel(
            name='CompositionCountsRow',
            fields=[
                ('composition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='counted', serialize=False, to='store.compositionrow')),
                ('counts', models.JSONField()),
                ('people_linked', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='CompositionFileRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('content', models.BinaryField()),
                ('composition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='store.compositionrow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('composition', 'name'), name='one_file_of_a_name_per_month')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
