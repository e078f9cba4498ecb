from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processes", "0002_number_meetings")]

    operations = [
        migrations.AddField(
            model_name="turn",
            name="passed_over_on",
            field=models.DateField(blank=True, null=True, verbose_name="passed over on"),
        ),
        migrations.AddField(
            model_name="turn",
            name="reason",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="reason for passing over"
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("passed_over_on", None), ("reason", "")),
                    models.Q(
                        models.Q(("reason", ""), _negated=True),
                        ("passed_over_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="turn_passed_over_for_a_reason",
            ),
        ),
    ]
