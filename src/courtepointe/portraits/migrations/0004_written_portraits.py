import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portraits", "0003_releases"),
    ]

    operations = [
        migrations.CreateModel(
            name="WrittenPortrait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=43, unique=True)),
                ("atlas_code", models.CharField(max_length=80)),
                ("area_key", models.CharField(blank=True, max_length=250)),
                ("custom_token", models.CharField(blank=True, max_length=43)),
                ("template", models.CharField(max_length=40)),
                ("sections", models.TextField(blank=True)),
                ("paper", models.CharField(max_length=10)),
                ("created", models.DateTimeField()),
                ("changed", models.DateTimeField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("area_key", ""), ("custom_token", ""), _connector="XOR"
                        ),
                        name="written_portrait_is_of_one_area",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Paragraph",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[("text", "Text"), ("quote", "Quote"), ("photo", "Photo")],
                        max_length=10,
                    ),
                ),
                ("text_fr", models.TextField(blank=True)),
                ("text_en", models.TextField(blank=True)),
                ("by", models.CharField(blank=True, max_length=200)),
                ("photo", models.BinaryField(null=True)),
                ("photo_wide", models.PositiveIntegerField(default=0)),
                ("photo_tall", models.PositiveIntegerField(default=0)),
                ("written", models.DateTimeField()),
                (
                    "portrait",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paragraphs",
                        to="portraits.writtenportrait",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text_fr", ""), _negated=True),
                            models.Q(("text_en", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="paragraph_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "photo"), ("photo__isnull", False)),
                            models.Q(
                                models.Q(("kind", "photo"), _negated=True), ("photo__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="photo_paragraphs_have_photos",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=43, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("title_fr", models.CharField(max_length=400)),
                ("title_en", models.CharField(max_length=400)),
                ("template", models.CharField(max_length=40)),
                ("atlas_code", models.CharField(max_length=80)),
                ("pack_hash", models.CharField(max_length=80)),
                ("inputs_hash", models.CharField(max_length=64)),
                ("releases", models.TextField(blank=True)),
                ("method", models.CharField(max_length=80)),
                ("made", models.DateTimeField()),
                ("withdrawn", models.DateTimeField(null=True)),
                (
                    "portrait",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="editions",
                        to="portraits.writtenportrait",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("portrait", "number"), name="editions_of_a_portrait_are_numbered"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lang", models.CharField(max_length=2)),
                ("form", models.CharField(max_length=10)),
                ("content", models.BinaryField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="portraits.edition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "lang", "form"), name="an_edition_has_each_file_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("indicator", models.CharField(max_length=120)),
                ("read_fr", models.CharField(max_length=120)),
                ("read_en", models.CharField(max_length=120)),
                ("read", models.DateTimeField()),
                (
                    "paragraph",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="anchors",
                        to="portraits.paragraph",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("paragraph", "indicator"), name="a_figure_is_anchored_once"
                    )
                ],
            },
        ),
    ]
