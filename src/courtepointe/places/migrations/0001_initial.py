import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import courtepointe.people.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=30)),
                ("uid", models.UUIDField()),
                ("values", models.JSONField(default=dict)),
                ("more", models.JSONField(default=dict)),
                ("private", courtepointe.people.sealed.SealedText(blank=True, default="")),
                ("sources", models.JSONField(default=dict)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("workspace", "Workspace"),
                            ("partners", "Partners"),
                            ("public", "Public"),
                        ],
                        default="workspace",
                        max_length=10,
                    ),
                ),
                ("awaits_review", models.BooleanField(default=False)),
                ("closed", models.DateField(null=True)),
                ("owner", models.UUIDField(null=True)),
                ("place", models.UUIDField(null=True)),
                ("folded", models.CharField(max_length=300)),
                ("is_located", models.BooleanField(default=False)),
                ("area_key", models.CharField(blank=True, max_length=250)),
                ("area_name", models.CharField(blank=True, max_length=250)),
                ("disagrees", models.BooleanField(default=False)),
                ("verified_on", models.DateField(null=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "record of the directory",
                "indexes": [
                    models.Index(fields=["workspace", "folded", "id"], name="directory_by_name"),
                    models.Index(
                        fields=["visibility", "folded", "id"], name="directory_public_by_name"
                    ),
                    models.Index(fields=["workspace", "area_key"], name="directory_by_area"),
                    models.Index(fields=["workspace", "owner"], name="directory_by_owner"),
                    models.Index(fields=["workspace", "place"], name="directory_by_place"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "table", "uid"), name="a_record_stands_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Capacity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unit", models.CharField(max_length=60)),
                ("maximum", models.PositiveIntegerField()),
                ("available", models.PositiveIntegerField(null=True)),
                ("verified_on", models.DateField(null=True)),
                (
                    "verified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="capacities",
                        to="places.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "capacity",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("holder", "unit"), name="a_unit_is_counted_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("available", None),
                            ("available__lte", models.F("maximum")),
                            _connector="OR",
                        ),
                        name="no_more_is_available_than_there_is",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=30)),
                ("uid", models.UUIDField()),
                ("values", models.JSONField(default=dict)),
                ("more", models.JSONField(default=dict)),
                ("private", courtepointe.people.sealed.SealedText(blank=True, default="")),
                ("sources", models.JSONField(default=dict)),
                ("key", models.CharField(blank=True, max_length=80)),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="places.entry",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "detail of a record",
                "indexes": [
                    models.Index(fields=["workspace", "table", "key"], name="details_by_key")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "table", "uid"), name="a_detail_stands_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=400)),
                ("file", models.CharField(blank=True, max_length=250)),
                ("dated", models.DateField(null=True)),
                ("taken", models.DateTimeField()),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                ("value", courtepointe.people.sealed.SealedText()),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("taken", "Taken"), ("left", "Left")],
                        default="open",
                        max_length=5,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="places.entry",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="places.part",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="places.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "indexes": [models.Index(fields=["workspace", "state"], name="proposals_by_state")],
            },
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("name", models.CharField(max_length=400)),
                ("file", models.CharField(blank=True, max_length=250)),
                ("dated", models.DateField(null=True)),
                ("visibility", models.CharField(max_length=10)),
                ("told", courtepointe.people.sealed.SealedText()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "import that waits",
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=30)),
                ("first", models.UUIDField()),
                ("second", models.UUIDField()),
                ("probability", models.FloatField()),
                ("distance_m", models.FloatField(null=True)),
                ("reasons", models.JSONField(default=list)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "None"),
                            ("same", "Same"),
                            ("different", "Different"),
                            ("later", "Later"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("decided", models.DateTimeField(null=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "likely double",
                "indexes": [
                    models.Index(
                        fields=["workspace", "decision", "-probability"], name="pairs_to_decide"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "table", "first", "second"), name="a_pair_stands_once"
                    )
                ],
            },
        ),
    ]
