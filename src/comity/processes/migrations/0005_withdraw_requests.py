from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processes", "0004_approve_names_and_maps")]

    operations = [
        migrations.AlterField(
            model_name="request",
            name="state",
            field=models.CharField(
                choices=[
                    ("received", "received"),
                    ("accepted", "accepted"),
                    ("declined", "declined"),
                    ("done", "done"),
                    ("withdrawn", "withdrawn"),
                ],
                default="received",
                max_length=20,
                verbose_name="state",
            ),
        )
    ]
