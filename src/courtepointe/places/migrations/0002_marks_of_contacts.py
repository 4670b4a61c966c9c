"""Contact persons get the fingerprints by which doubles are found."""

import json
from typing import Any

from django.db import migrations

from courtepointe.places.marks import key_of_contact


def mark(apps: Any, schema_editor: Any) -> None:
    """Open each contact once, and write its marks."""
    rows = apps.get_model("places", "Part").objects.filter(table="contact", key="")
    for row in rows.iterator(chunk_size=500):
        key = key_of_contact(json.loads(row.private or "{}"))
        if key:
            rows.model.objects.filter(pk=row.pk).update(key=key)


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
