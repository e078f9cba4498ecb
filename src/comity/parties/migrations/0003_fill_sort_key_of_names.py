from django.db import migrations


def fill(apps, _schema_editor):
    """Give each name that is on record the key by which lists stand."""
    names = apps.get_model("parties", "PartyName").objects.filter(sort_key="")
    found = []
    for name in names.iterator():
        name._meta.get_field("sort_key").pre_save(name, add=False)
        found.append(name)
    names.model.objects.bulk_update(found, ["sort_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_add_sort_key_of_names")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
