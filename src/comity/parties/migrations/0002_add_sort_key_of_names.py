from django.db import migrations, models

import comity.core.sorting


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="partyname",
            name="sort_key",
            field=comity.core.sorting.SortKeyField(language="language", max_length=255, of="name"),
        ),
        migrations.AddIndex(
            model_name="partyname",
            index=models.Index(fields=["sort_key"], name="party_name_by_sort_key"),
        ),
    ]
