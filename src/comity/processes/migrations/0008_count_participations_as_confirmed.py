from django.db import migrations
from django.utils import timezone


def confirm_all(apps, schema_editor):
    """Let what was listed before parties were asked count as confirmed."""
    rows = apps.get_model("processes", "Participation").objects
    rows.filter(confirmed_at=None).update(confirmed_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("processes", "0007_confirm_participation")]

    operations = [migrations.RunPython(confirm_all, migrations.RunPython.noop)]
