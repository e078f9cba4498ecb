"""Each entry says by itself whether it is public and made up, in an index of heads."""

from django.db import migrations, models

PUBLIC = """UPDATE search_searchentry SET is_public = true
    WHERE id IN (SELECT entry_id FROM search_entrykey WHERE key = 'public')"""


def added(name):
    """Return the column added by hand: Django would make the table anew and drop its triggers."""
    return migrations.SeparateDatabaseAndState(
        [
            migrations.RunSQL(
                f"ALTER TABLE search_searchentry ADD COLUMN {name} bool NOT NULL DEFAULT false",
                f"ALTER TABLE search_searchentry DROP COLUMN {name}",
            )
        ],
        [migrations.AddField('searchentry', name, models.BooleanField(default=False))],
    )


class Migration(migrations.Migration):

    dependencies = [('contenttypes', '0002_remove_content_type_name'), ('search', '0002_full_text')]

    operations = [
        added('is_made_up'),
        added('is_public'),
        migrations.RunSQL(PUBLIC, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(
                fields=[
                    'id', 'is_public', 'kind', 'content_type', 'object_id', 'language', 'weight',
                ],
                name='entry_head',
            ),
        ),
    ]
