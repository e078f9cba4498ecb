from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processes", "0005_withdraw_requests")]

    operations = [
        migrations.AddField(
            model_name="series",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        )
    ]
