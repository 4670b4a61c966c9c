from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_destruction_run"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="account",
            name="is_operator",
        ),
    ]
