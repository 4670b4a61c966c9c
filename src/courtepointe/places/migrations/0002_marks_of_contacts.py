"""Contact persons get the fingerprints by which doubles, and they themselves, are found."""

import json
from dataclasses import asdict
from typing import Any

from django.db import migrations, models

from courtepointe.formats.hsds import Record
from courtepointe.places.marks import Marks, marks_of


def mark(apps: Any, schema_editor: Any) -> None:
    """Open what is sealed once, and write its marks."""
    rows = apps.get_model("places", "Part").objects.filter(table__in=("contact", "phone"))
    for row in rows.iterator(chunk_size=500):
        told = {**row.values, **json.loads(row.private or "{}")}
        marks = marks_of(Record(row.table, told))
        if marks != Marks():
            rows.model.objects.filter(pk=row.pk).update(**asdict(marks))


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        migrations.AddField(
            "part", "contact_print", models.CharField(blank=True, default="", max_length=64)
        ),
        migrations.AddField(
            "part", "name_print", models.CharField(blank=True, default="", max_length=64)
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
