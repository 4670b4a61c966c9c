import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("closed", models.DateField(null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programme_runs",
                        to="people.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "run of the programme",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed", None)),
                        fields=("workspace",),
                        name="one_run_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))),
                        name="a_run_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("chance", models.CharField(max_length=10)),
                ("weight", models.CharField(max_length=10)),
                ("response", models.TextField(blank=True)),
                ("carrier", models.CharField(blank=True, max_length=20)),
                ("review_on", models.DateField(null=True)),
                ("state", models.CharField(max_length=10)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="risks",
                        to="programme.run",
                    ),
                ),
            ],
            options={
                "verbose_name": "risk of the programme",
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("users", models.CharField(max_length=200)),
                ("use", models.CharField(max_length=300)),
                ("method", models.CharField(max_length=20)),
                ("on", models.DateField(null=True)),
                ("carrier", models.CharField(blank=True, max_length=20)),
                ("state", models.CharField(max_length=10)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="programme.run",
                    ),
                ),
            ],
            options={
                "verbose_name": "evaluation question",
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20)),
                ("title", models.CharField(blank=True, max_length=160)),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("began", models.DateField(null=True)),
                ("ended", models.DateField(null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phases",
                        to="programme.run",
                    ),
                ),
            ],
            options={
                "verbose_name": "phase of the programme",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))),
                        name="a_phase_is_planned_to_end_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("began", None),
                            ("ended", None),
                            ("ended__gte", models.F("began")),
                            _connector="OR",
                        ),
                        name="a_phase_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("strength", models.CharField(max_length=10)),
                ("changes", models.TextField(blank=True)),
                ("state", models.CharField(max_length=10)),
                ("on", models.DateField()),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="programme.question",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="programme.run",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding of the evaluation",
            },
        ),
        migrations.CreateModel(
            name="Communication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("audience", models.CharField(max_length=20)),
                ("message", models.TextField()),
                ("channel", models.CharField(max_length=20)),
                ("languages", models.JSONField(default=list)),
                ("on", models.DateField(null=True)),
                ("carrier", models.CharField(blank=True, max_length=20)),
                ("state", models.CharField(max_length=10)),
                ("sent_on", models.DateField(null=True)),
                ("seen_after", models.TextField(blank=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="communications",
                        to="programme.run",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the communications plan",
            },
        ),
        migrations.CreateModel(
            name="Achievement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField(blank=True)),
                ("on", models.DateField()),
                ("residents", models.PositiveIntegerField(null=True)),
                ("volunteers", models.PositiveIntegerField(null=True)),
                ("organisations", models.PositiveIntegerField(null=True)),
                ("visibility", models.CharField(max_length=10)),
                ("celebrated", models.TextField(blank=True)),
                ("celebrated_on", models.DateField(null=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="achievements",
                        to="programme.run",
                    ),
                ),
            ],
            options={
                "verbose_name": "achievement",
            },
        ),
        migrations.CreateModel(
            name="StageCard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("strand", models.CharField(max_length=20)),
                ("stage", models.CharField(blank=True, max_length=60)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("title", models.CharField(blank=True, max_length=160)),
                ("asks", models.TextField(blank=True)),
                ("state", models.CharField(default="todo", max_length=10)),
                ("why_aside", models.CharField(blank=True, max_length=500)),
                ("carrier", models.CharField(blank=True, max_length=20)),
                ("due", models.DateField(null=True)),
                ("began", models.DateField(null=True)),
                ("done_on", models.DateField(null=True)),
                ("evidence", models.TextField(blank=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cards",
                        to="programme.run",
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
                "verbose_name": "stage of the path",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stage", ""), _negated=True),
                        fields=("run", "stage"),
                        name="a_stage_has_one_card_a_run",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage", ""), ("title", ""), _negated=True),
                        name="a_stage_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="News",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("text", models.TextField()),
                ("written", models.DateTimeField()),
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
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="programme.news",
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="news",
                        to="programme.run",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="news",
                        to="programme.stagecard",
                    ),
                ),
            ],
            options={
                "verbose_name": "note of the path",
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                ("to_whom", models.CharField(max_length=200)),
                ("way", models.CharField(max_length=20)),
                ("on", models.DateField(null=True)),
                ("state", models.CharField(max_length=10)),
                ("outcome", models.TextField(blank=True)),
                ("lesson", models.TextField(blank=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transfers",
                        to="programme.run",
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
                "verbose_name": "transfer to another neighbourhood",
            },
        ),
    ]
