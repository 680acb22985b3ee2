"""Reception places: scores, estimates, shares, offers, swaps, sites, advice and decisions, only ever added."""

import django.db.models.deletion
from django.db import migrations, models


TABLES = (
    "store_sesscoresrow", "store_receptionneedrow", "store_receptionsharesrow", "store_placeofferrow",
    "store_placeswaprow", "store_placeswapsteprow", "store_receptionsiterow", "store_allocationadvicerow",
    "store_allocationrow", "store_allocationsteprow",
)
FOUR_EYES = """
create trigger four_eyes before insert on store_allocationsteprow
  for each row execute function eenthuis_check_four_eyes('allocation_id', 'published');
create trigger four_eyes before insert on store_placeswapsteprow
  for each row execute function eenthuis_check_four_eyes('swap_id', 'confirmed');
"""
NO_EYES = """
drop trigger four_eyes on store_allocationsteprow;
drop trigger four_eyes on store_placeswapsteprow;
"""
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
        ('store', '0037_recommendations'),
    ]

    operations = [
        migrations.CreateModel(
            name='SesScoresRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('scores', models.JSONField()),
                ('source', models.TextField()),
                ('is_invented', models.BooleanField()),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='AllocationAdviceRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('province', models.CharField(max_length=4)),
                ('kind', models.CharField(max_length=10)),
                ('aim', models.CharField(max_length=20)),
                ('places', models.JSONField()),
                ('short', models.PositiveIntegerField()),
                ('note', models.TextField(blank=True)),
                ('on', models.DateField()),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['year', 'province'], name='advice_by_province')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('drafted', 'reported'))), name='an_advice_has_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='AllocationRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=14, unique=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('province', models.CharField(max_length=4)),
                ('places', models.JSONField()),
                ('subject', models.TextField()),
                ('parts', models.JSONField()),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('written_on', models.DateField()),
                ('why', models.TextField(blank=True)),
                ('pdf', models.BinaryField()),
                ('docx', models.BinaryField()),
                ('pdf_digest', models.CharField(max_length=64)),
                ('docx_digest', models.CharField(max_length=64)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.receiptrow')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.allocationrow')),
            ],
        ),
        migrations.CreateModel(
            name='AllocationStepRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('on', models.DateField()),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('allocation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='store.allocationrow')),
            ],
        ),
        migrations.CreateModel(
            name='PlaceOfferRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offer', models.CharField(max_length=20)),
                ('step', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('year', models.PositiveSmallIntegerField()),
                ('municipality', models.CharField(max_length=6)),
                ('place_kind', models.CharField(max_length=10)),
                ('places', models.PositiveIntegerField()),
                ('is_durable', models.BooleanField()),
                ('for_minors', models.BooleanField()),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('is_invented', models.BooleanField(default=False)),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.placeofferrow')),
            ],
        ),
        migrations.CreateModel(
            name='PlaceSwapRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('province', models.CharField(max_length=4)),
                ('changes', models.JSONField()),
                ('place_kind', models.CharField(max_length=10)),
                ('is_durable', models.BooleanField()),
                ('note', models.CharField(max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['year', 'province'], name='place_swap_by_province')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place_kind__in', ('regular', 'special'))), name='a_place_swap_has_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='PlaceSwapStepRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('party', models.CharField(max_length=6)),
                ('on', models.DateField()),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('swap', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='store.placeswaprow')),
            ],
        ),
        migrations.CreateModel(
            name='ReceptionNeedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('places', models.PositiveIntegerField()),
                ('minors', models.PositiveIntegerField(null=True)),
                ('announced_on', models.DateField()),
                ('source', models.TextField()),
                ('note', models.TextField(blank=True)),
                ('is_invented', models.BooleanField()),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.receptionneedrow')),
            ],
        ),
        migrations.CreateModel(
            name='ReceptionSiteRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.CharField(max_length=20)),
                ('step', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('municipality', models.CharField(max_length=6)),
                ('name', models.CharField(max_length=80)),
                ('place_kind', models.CharField(max_length=10)),
                ('form', models.CharField(max_length=10)),
                ('for_minors', models.BooleanField()),
                ('is_durable', models.BooleanField()),
                ('spans', models.JSONField()),
                ('last_day', models.DateField(null=True)),
                ('source', models.TextField(blank=True)),
                ('is_invented', models.BooleanField(default=False)),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_on', models.DateField()),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.receptionsiterow')),
            ],
        ),
        migrations.CreateModel(
            name='ReceptionSharesRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('as_of', models.DateField()),
                ('places', models.JSONField()),
                ('minors', models.JSONField(default=dict)),
                ('durable', models.JSONField(default=dict)),
                ('is_invented', models.BooleanField()),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.receptionneedrow')),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.receiptrow')),
                ('scores', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.sesscoresrow')),
            ],
        ),
        migrations.AddIndex(
            model_name='allocationrow',
            index=models.Index(fields=['year', 'province'], name='allocation_by_province'),
        ),
        migrations.AddConstraint(
            model_name='allocationsteprow',
            constraint=models.UniqueConstraint(fields=('allocation', 'kind'), name='one_step_of_a_kind_per_decision'),
        ),
        migrations.AddConstraint(
            model_name='allocationsteprow',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('published', 'withdrawn'))), fields=('allocation',), name='an_allocation_ends_once'),
        ),
        migrations.AddConstraint(
            model_name='allocationsteprow',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('put-forward', 'published', 'withdrawn'))), name='an_allocation_has_a_known_step'),
        ),
        migrations.AddIndex(
            model_name='placeofferrow',
            index=models.Index(fields=['year', 'municipality'], name='place_offer_by_municipality'),
        ),
        migrations.AddConstraint(
            model_name='placeofferrow',
            constraint=models.UniqueConstraint(fields=('offer', 'step'), name='one_version_of_an_offer_per_step'),
        ),
        migrations.AddConstraint(
            model_name='placeofferrow',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('added', 'changed', 'withdrawn'))), name='an_offer_has_a_known_step'),
        ),
        migrations.AddConstraint(
            model_name='placeofferrow',
            constraint=models.CheckConstraint(condition=models.Q(('place_kind__in', ('regular', 'special')), ('places__gte', 1)), name='an_offer_of_places_has_places'),
        ),
        migrations.AddConstraint(
            model_name='placeofferrow',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__isnull', True), ('first_day__lte', models.F('last_day')), _connector='OR'), name='an_offer_of_places_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='placeswapsteprow',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('put-forward', 'accepted', 'confirmed', 'withdrawn'))), name='a_place_swap_has_a_known_step'),
        ),
        migrations.AddConstraint(
            model_name='placeswapsteprow',
            constraint=models.UniqueConstraint(fields=('swap', 'kind', 'party'), name='a_party_does_a_step_once'),
        ),
        migrations.AddConstraint(
            model_name='placeswapsteprow',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('confirmed', 'withdrawn'))), fields=('swap',), name='a_place_swap_ends_once'),
        ),
        migrations.AddConstraint(
            model_name='receptionneedrow',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces__isnull', True)), fields=('year',), name='one_first_estimate_per_cycle'),
        ),
        migrations.AddIndex(
            model_name='receptionsiterow',
            index=models.Index(fields=['municipality'], name='site_by_municipality'),
        ),
        migrations.AddIndex(
            model_name='receptionsiterow',
            index=models.Index(fields=['last_day'], name='site_by_last_day'),
        ),
        migrations.AddConstraint(
            model_name='receptionsiterow',
            constraint=models.UniqueConstraint(fields=('site', 'step'), name='one_version_of_a_site_per_step'),
        ),
        migrations.AddConstraint(
            model_name='receptionsiterow',
            constraint=models.CheckConstraint(condition=models.Q(('place_kind__in', ('regular', 'special')), ('form__in', ('regular', 'emergency')), ('kind__in', ('opened', 'places', 'extended', 'closed', 'confirmed'))), name='a_site_has_a_known_step'),
        ),
        migrations.RunSQL(FOUR_EYES, NO_EYES),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
