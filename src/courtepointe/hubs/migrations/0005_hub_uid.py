"""Each hub has an identifier of its own: those that are there are given one each."""

import uuid
from typing import Any

from django.db import migrations, models


def name_each(apps: Any, schema_editor: Any) -> None:
    """Give each hub an identifier; a default alone would give them all the same."""
    for row in apps.get_model("hubs", "Hub").objects.filter(uid=None).only("pk"):
        row.uid = uuid.uuid4()
        row.save(update_fields=["uid"])


class Migration(migrations.Migration):
    dependencies = [("hubs", "0004_power_by_hour")]

    operations = [
        migrations.AddField("hub", "uid", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(name_each, migrations.RunPython.noop),
        migrations.AlterField(
            "hub", "uid", models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
        ),
    ]
