import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_brought"),
    ]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("sector", models.CharField(blank=True, max_length=80)),
                ("active", models.BooleanField(default=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="people.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner organisation",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "code"), name="a_partner_has_its_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Wave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("text_version", models.CharField(max_length=20)),
                ("opened", models.DateTimeField()),
                ("closed", models.DateTimeField(null=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="network_waves",
                        to="people.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "wave of the network survey",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "name"), name="a_wave_is_named_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed", None), ("closed__gte", models.F("opened")), _connector="OR"
                        ),
                        name="a_wave_closes_after_it_opens",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("frequency", models.PositiveSmallIntegerField(null=True)),
                ("trust", models.PositiveSmallIntegerField(null=True)),
                (
                    "from_partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="named",
                        to="partners.partner",
                    ),
                ),
                (
                    "to_partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="named_by",
                        to="partners.partner",
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
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties",
                        to="partners.wave",
                    ),
                ),
            ],
            options={
                "verbose_name": "tie between partners",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("wave", "from_partner", "to_partner", "kind"),
                        name="a_tie_is_named_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_partner", models.F("to_partner")), _negated=True),
                        name="nobody_is_its_own_partner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Asked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("secret", models.CharField(blank=True, max_length=64)),
                ("answered", models.DateTimeField(null=True)),
                ("role", models.CharField(blank=True, max_length=20)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="asked",
                        to="partners.partner",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked",
                        to="partners.wave",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation asked in a wave",
                "constraints": [
                    models.UniqueConstraint(fields=("wave", "partner"), name="asked_once_a_wave"),
                    models.UniqueConstraint(
                        condition=models.Q(("secret", ""), _negated=True),
                        fields=("secret",),
                        name="a_survey_link_is_one",
                    ),
                ],
            },
        ),
    ]
