"""Residence documents and sessions at centres, only ever added."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
    create trigger only_added before update or delete on store_residencedocumentrow
      for each row execute function eenthuis_refuse_change('household', 'why', 'born_on');
    create trigger never_emptied before truncate on store_residencedocumentrow
      for each statement execute function eenthuis_refuse_change();
    create trigger only_added before update or delete on store_documentsessionrow
      for each row execute function eenthuis_refuse_change();
    create trigger never_emptied before truncate on store_documentsessionrow
      for each statement execute function eenthuis_refuse_change();
"""
UNGUARD = """
    drop trigger only_added on store_residencedocumentrow;
    drop trigger never_emptied on store_residencedocumentrow;
    drop trigger only_added on store_documentsessionrow;
    drop trigger never_emptied on store_documentsessionrow;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0038_reception_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentSessionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('centre', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('step', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('team', models.CharField(max_length=20)),
                ('staff', models.PositiveSmallIntegerField()),
                ('counters', models.PositiveSmallIntegerField()),
                ('slots', models.PositiveSmallIntegerField()),
                ('first_slot', models.TimeField()),
                ('minutes_per_slot', models.PositiveSmallIntegerField()),
                ('metres', models.PositiveIntegerField()),
                ('why', models.TextField(blank=True)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.documentsessionrow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre', 'on', 'step'), name='one_version_of_a_session_per_step'), models.CheckConstraint(condition=models.Q(('kind__in', ('made', 'changed', 'cancelled'))), name='a_session_has_a_known_step'), models.CheckConstraint(condition=models.Q(('slots__gte', 1), ('counters__gte', 1), ('staff__gte', 1), ('minutes_per_slot__gte', 1)), name='a_session_has_room')],
            },
        ),
        migrations.CreateModel(
            name='ResidenceDocumentRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20)),
                ('step', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('state', models.CharField(max_length=15)),
                ('household', models.CharField(max_length=20)),
                ('centre', models.CharField(max_length=20)),
                ('ready_on', models.DateField()),
                ('born_on', models.DateField(null=True)),
                ('photo_on', models.DateField(null=True)),
                ('fingerprints_on', models.DateField(null=True)),
                ('has_register_number', models.BooleanField()),
                ('has_address', models.BooleanField()),
                ('not_before', models.DateField(null=True)),
                ('no_shows', models.PositiveSmallIntegerField(default=0)),
                ('session_centre', models.CharField(blank=True, max_length=20)),
                ('session_on', models.DateField(null=True)),
                ('slot', models.PositiveSmallIntegerField(null=True)),
                ('on', models.DateField()),
                ('why', models.TextField(blank=True)),
                ('given_by', models.CharField(blank=True, max_length=80)),
                ('checked_by', models.CharField(blank=True, max_length=80)),
                ('decided_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='store.residencedocumentrow')),
            ],
            options={
                'indexes': [models.Index(fields=['household'], name='document_by_household'), models.Index(fields=['session_on', 'session_centre'], name='document_by_session'), models.Index(fields=['state', 'centre'], name='document_by_state')],
                'constraints': [models.UniqueConstraint(fields=('number', 'step'), name='one_step_of_a_document_at_a_time'), models.CheckConstraint(condition=models.Q(('number__regex', '^[A-Z][A-Z0-9-]{1,19}$')), name='a_document_has_a_number_of_no_citizen'), models.CheckConstraint(condition=models.Q(('kind__in', ['signalled', 'changed', 'invited', 'centre-changed', 'left-reception', 'session-cancelled', 'no-show', 'wrong-details', 'looked-at', 'given', 'check-refused', 'handed-out', 'returned', 'withdrawn'])), name='a_document_takes_known_steps'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'invited', 'to-reschedule', 'to-look-at', 'given', 'handed-out', 'elsewhere', 'withdrawn'])), name='a_document_stands_somewhere'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('given', 'handed-out')), _negated=True), models.Q(('given_by', ''), _negated=True), _connector='OR'), name='a_document_is_given_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'handed-out'), _negated=True), models.Q(models.Q(('checked_by', ''), _negated=True), models.Q(('checked_by', models.F('given_by')), _negated=True)), _connector='OR'), name='another_checks_that_it_was_handed_out'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('invited', 'given', 'handed-out')), _negated=True), models.Q(('session_on__isnull', False), ('slot__isnull', False)), _connector='OR'), name='who_is_invited_has_a_place')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
