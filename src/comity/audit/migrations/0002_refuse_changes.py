"""The database itself refuses to change or delete what the log says.

Only the columns that blacking out empties may change; the chain proves that nothing else was
written into them. SQLite drops triggers with the table it rebuilds: a later migration that
alters ``audit_event`` runs ``refuse_changes`` again.
"""

from django.db import migrations

KEPT = (
    "id", "at", "actor_id", "action", "content_type_id", "object_id", "commitments", "digest",
)

SQLITE = (
    "CREATE TRIGGER event_refuses_update BEFORE UPDATE ON audit_event WHEN "
    + " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in KEPT)
    + " BEGIN SELECT RAISE(ABORT, 'The log is only added to.'); END",
    "CREATE TRIGGER event_refuses_delete BEFORE DELETE ON audit_event"
    " BEGIN SELECT RAISE(ABORT, 'The log is only added to.'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'The log is only added to.' USING ERRCODE = 'restrict_violation';"
    " END $$",
    "CREATE TRIGGER event_refuses_update BEFORE UPDATE ON audit_event FOR EACH ROW WHEN ("
    + " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in KEPT)
    + ") EXECUTE FUNCTION audit_event_refuse()",
    "CREATE TRIGGER event_refuses_delete BEFORE DELETE ON audit_event FOR EACH ROW"
    " EXECUTE FUNCTION audit_event_refuse()",
)


def refuse_changes(_apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def allow_changes(_apps, schema_editor):
    on_table = "" if schema_editor.connection.vendor == "sqlite" else " ON audit_event"
    for name in ("event_refuses_update", "event_refuses_delete"):
        schema_editor.execute(f"DROP TRIGGER {name}{on_table}", params=None)
    if on_table:
        schema_editor.execute("DROP FUNCTION audit_event_refuse()", params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
