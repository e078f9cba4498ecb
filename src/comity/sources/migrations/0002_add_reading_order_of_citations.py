from django.db import migrations, models

import comity.sources.locators


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="citation",
            name="place_order",
            field=comity.sources.locators.ReadingOrderField(of="locator"),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(fields=["source", "place_order"], name="citation_in_reading_order"),
        ),
    ]
