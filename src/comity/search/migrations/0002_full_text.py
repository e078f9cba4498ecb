"""The database's own full-text index, which follows the entries by itself."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE search_fulltext USING fts5(
        folded_title, folded_text, content='search_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    "INSERT INTO search_fulltext(search_fulltext, rank) VALUES('rank', 'bm25(8.0, 1.0)')",
    """CREATE TRIGGER search_entry_added AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_fulltext(rowid, folded_title, folded_text)
        VALUES (new.id, new.folded_title, new.folded_text);
    END""",
    """CREATE TRIGGER search_entry_removed AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_fulltext(search_fulltext, rowid, folded_title, folded_text)
        VALUES ('delete', old.id, old.folded_title, old.folded_text);
    END""",
    """CREATE TRIGGER search_entry_changed
    AFTER UPDATE OF folded_title, folded_text ON search_searchentry BEGIN
        INSERT INTO search_fulltext(search_fulltext, rowid, folded_title, folded_text)
        VALUES ('delete', old.id, old.folded_title, old.folded_text);
        INSERT INTO search_fulltext(rowid, folded_title, folded_text)
        VALUES (new.id, new.folded_title, new.folded_text);
    END""",
]
SQLITE_BACK = [
    "DROP TRIGGER search_entry_added",
    "DROP TRIGGER search_entry_removed",
    "DROP TRIGGER search_entry_changed",
    "DROP TABLE search_fulltext",
]
POSTGRESQL = [
    """ALTER TABLE search_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', folded_title), 'A')
        || setweight(to_tsvector('simple', folded_text), 'D')) STORED""",
    "CREATE INDEX search_entry_vector ON search_searchentry USING gin (vector)",
]
POSTGRESQL_BACK = ["ALTER TABLE search_searchentry DROP COLUMN vector"]


def run(statements):
    def forward(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return forward


class Migration(migrations.Migration):

    dependencies = [('search', '0001_initial')]

    operations = [
        migrations.RunPython(
            run({'sqlite': SQLITE, 'postgresql': POSTGRESQL}),
            run({'sqlite': SQLITE_BACK, 'postgresql': POSTGRESQL_BACK}),
        ),
    ]
