from django.db import migrations


def fill(apps, _schema_editor):
    """Give each citation that is on record its place in the order of its source."""
    citations = apps.get_model("sources", "Citation").objects
    found = []
    for citation in citations.filter(place_order="").iterator():
        citation._meta.get_field("place_order").pre_save(citation, add=False)
        found.append(citation)
    citations.bulk_update(found, ["place_order"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_add_reading_order_of_citations")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
