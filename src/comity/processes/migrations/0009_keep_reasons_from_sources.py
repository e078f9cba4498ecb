from django.db import migrations


def keep_reasons_from_sources(apps, schema_editor):
    """Take out of the sources of a participation why its party contests it; the log keeps that."""
    events = apps.get_model("audit", "Event").objects.filter(action="participation.contested")
    grounds = apps.get_model("sources", "Grounds").objects
    originals = apps.get_model("sources", "Original").objects
    for kind, row, reason in events.values_list("content_type", "object_id", "reason"):
        at = {"content_type": kind, "object_id": row}
        grounds.filter(**at, words=reason).delete()
        originals.filter(**at, grounds=reason).update(grounds="")


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0008_count_participations_as_confirmed"),
        ("audit", "0002_refuse_changes"),
        ("sources", "0005_keep_grounds_in_words"),
    ]

    operations = [migrations.RunPython(keep_reasons_from_sources, migrations.RunPython.noop)]
