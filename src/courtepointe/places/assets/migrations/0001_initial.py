import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_brought"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asset", "Asset"),
                            ("vulnerability", "Vulnerability"),
                            ("observation", "Observation"),
                        ],
                        max_length=13,
                    ),
                ),
                ("form", models.CharField(max_length=40)),
                ("form_version", models.CharField(blank=True, max_length=40)),
                ("category", models.JSONField(default=list)),
                ("is_person", models.BooleanField(default=False)),
                ("day", models.DateField(null=True)),
                ("texts", models.JSONField(default=dict)),
                ("choices", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("silences", models.JSONField(default=dict)),
                ("point", models.JSONField(null=True)),
                ("direction", models.CharField(blank=True, max_length=20)),
                ("confidence", models.CharField(blank=True, max_length=20)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("reviewers", "Reviewers"),
                            ("workspace", "Workspace"),
                            ("partners", "Partners"),
                            ("public", "Public"),
                        ],
                        max_length=9,
                    ),
                ),
                ("consent_version", models.CharField(max_length=40)),
                ("consent_on", models.DateField()),
                (
                    "consent_how",
                    models.CharField(
                        choices=[
                            ("online", "Online"),
                            ("phone", "Phone"),
                            ("paper", "Paper"),
                            ("spoken", "Spoken"),
                        ],
                        max_length=6,
                    ),
                ),
                ("consent_withdrawn", models.DateTimeField(null=True)),
                (
                    "source",
                    models.CharField(
                        choices=[("hand", "Hand"), ("phone", "Phone"), ("workshop", "Workshop")],
                        max_length=8,
                    ),
                ),
                ("source_key", models.CharField(max_length=120)),
                ("source_ids", models.JSONField(default=list)),
                ("source_turn", models.PositiveIntegerField(default=0)),
                ("source_hash", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("merged", "Merged"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                ("refusal", models.TextField(blank=True)),
                ("made", models.DateTimeField()),
                ("reviewed", models.DateTimeField(null=True)),
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
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged",
                        to="assets.contribution",
                    ),
                ),
                (
                    "reviewed_by",
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
            ],
            options={
                "verbose_name": "contribution",
                "indexes": [
                    models.Index(
                        fields=["workspace", "state", "kind"], name="contributions_of_a_workspace"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "source", "source_key", "source_turn"),
                        name="a_filled_form_contributes_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_person", False), ("point__isnull", True), _connector="OR"
                        ),
                        name="a_person_has_no_point",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("refusal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_refusal_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            ("consent_withdrawn__isnull", False),
                            _connector="OR",
                        ),
                        name="a_withdrawal_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(("by__isnull", True), ("point__isnull", True)),
                            _connector="OR",
                        ),
                        name="what_is_withdrawn_is_nobodys",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContributionPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("picture", models.BinaryField()),
                ("wide", models.PositiveIntegerField()),
                ("tall", models.PositiveIntegerField()),
                (
                    "people_seen",
                    models.CharField(
                        choices=[
                            ("unknown", "Unknown"),
                            ("nobody", "Nobody"),
                            ("agreed", "Agreed"),
                        ],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                ("made", models.DateTimeField()),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="assets.contribution",
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
                "verbose_name": "photo",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contribution", "name"), name="a_photo_comes_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=40)),
                ("files", models.JSONField(default=list)),
                ("content", models.BinaryField()),
                ("made", models.DateTimeField()),
                ("expires", models.DateTimeField()),
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
                "verbose_name": "filled forms that wait",
            },
        ),
    ]
