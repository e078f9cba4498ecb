from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processes", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="number",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="number in the series"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                fields=("series", "number"),
                name="meeting_number_once_in_series",
                violation_error_message="The series has a meeting with this number already.",
            ),
        ),
    ]
