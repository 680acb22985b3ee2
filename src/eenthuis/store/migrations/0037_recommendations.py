"""The register of recommendations: what happened with each and what partners say of it, only ever added."""

from django.db import migrations, models


TABLES = ("store_recommendationentryrow", "store_recommendationcommentrow")
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
        ('store', '0036_flex_projects'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecommendationCommentRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recommendation', models.PositiveSmallIntegerField()),
                ('role', models.CharField(max_length=30)),
                ('municipality', models.CharField(blank=True, max_length=6)),
                ('province', models.CharField(blank=True, max_length=4)),
                ('on', models.DateField()),
                ('text', models.TextField()),
                ('said_by', models.CharField(max_length=80)),
                ('said_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['recommendation'], name='comments_on_recommendation')],
            },
        ),
        migrations.CreateModel(
            name='RecommendationEntryRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recommendation', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('what', models.TextField()),
                ('source', models.TextField(blank=True)),
                ('answer', models.CharField(blank=True, max_length=12)),
                ('owner', models.CharField(blank=True, max_length=20)),
                ('due', models.DateField(null=True)),
                ('about', models.BigIntegerField(null=True)),
                ('is_invented', models.BooleanField(default=False)),
                ('recorded_by', models.CharField(max_length=80)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['recommendation'], name='entries_of_recommendation')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'struck-out')), fields=('about',), name='an_entry_is_struck_out_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('step-moved', 'step-done', 'step-withdrawn', 'struck-out')), _negated=True), ('about__isnull', False), _connector='OR'), name='an_entry_says_what_it_is_about')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
