"""A step of a residence document: an appointment is given up when everything is planned again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0048_people_over_transit_sites'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='residencedocumentrow',
            name='a_document_takes_known_steps',
        ),
        migrations.AddConstraint(
            model_name='residencedocumentrow',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['signalled', 'changed', 'invited', 'centre-changed', 'left-reception', 'session-cancelled', 'replanned', 'no-show', 'wrong-details', 'looked-at', 'given', 'check-refused', 'handed-out', 'returned', 'withdrawn'])), name='a_document_takes_known_steps'),
        ),
    ]
