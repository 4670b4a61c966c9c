import uuid

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
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("theme", models.CharField(blank=True, max_length=120)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("starts", models.DateTimeField(db_index=True)),
                ("ends", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("access", models.TextField(blank=True)),
                ("places", models.PositiveIntegerField(null=True)),
                ("needs", models.JSONField(default=list)),
                ("is_open", models.BooleanField(default=False)),
                ("closes", models.DateTimeField()),
                ("token", models.CharField(max_length=43, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("changed", models.DateTimeField()),
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
                "verbose_name": "activity",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))),
                        name="an_activity_ends_after_it_starts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendanceCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.CharField(max_length=20)),
                ("count", models.PositiveIntegerField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="engagement.activity",
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
                "verbose_name": "attendance",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "group"), name="a_group_is_counted_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=120)),
                ("lang", models.CharField(max_length=2)),
                ("secret", models.CharField(max_length=64, unique=True)),
                ("made", models.DateTimeField()),
                ("revoked", models.DateTimeField(null=True)),
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
                "verbose_name": "address of the calendar",
            },
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=200)),
                ("purpose", models.TextField(blank=True)),
                ("quorum_percent", models.PositiveSmallIntegerField(null=True)),
                ("begins", models.DateField()),
                ("ended", models.DateField(null=True)),
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
                "verbose_name": "committee",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended", None), ("ended__gte", models.F("begins")), _connector="OR"
                        ),
                        name="a_committee_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quorum_percent", None),
                            ("quorum_percent__range", (1, 100)),
                            _connector="OR",
                        ),
                        name="a_quorum_is_a_part",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("catalogue_code", models.CharField(blank=True, max_length=40)),
                ("title_fr", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=200)),
                ("level", models.CharField(max_length=20)),
                ("hours", models.DecimalField(decimal_places=1, max_digits=4)),
                ("months", models.PositiveSmallIntegerField()),
                ("skills", models.JSONField(default=list)),
                ("learnt_fr", models.JSONField(default=list)),
                ("learnt_en", models.JSONField(default=list)),
                ("retired", models.DateField(null=True)),
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
                "verbose_name": "training",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("catalogue_code", ""), _negated=True),
                        fields=("workspace", "catalogue_code"),
                        name="a_training_is_taken_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Election",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("seats_open", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("held", "Held"),
                            ("without_quorum", "Without Quorum"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=16,
                    ),
                ),
                ("eligible", models.PositiveIntegerField(null=True)),
                ("present", models.PositiveIntegerField(null=True)),
                ("quorum", models.PositiveIntegerField(default=0)),
                ("cast", models.PositiveIntegerField(null=True)),
                ("spoiled", models.PositiveIntegerField(null=True)),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="elections",
                        to="engagement.committee",
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
                "verbose_name": "election",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seats_open__gte", 1)), name="an_election_fills_a_seat"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cast", None), ("spoiled__lte", models.F("cast")), _connector="OR"
                        ),
                        name="spoiled_ballots_were_cast",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("present", None),
                            ("present__lte", models.F("eligible")),
                            _connector="OR",
                        ),
                        name="who_is_present_is_eligible",
                    ),
                ],
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
                ("name", models.CharField(max_length=120)),
                ("organisation", models.CharField(blank=True, max_length=200)),
                ("votes", models.PositiveIntegerField(null=True)),
                ("elected", models.BooleanField(null=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidates",
                        to="engagement.election",
                    ),
                ),
            ],
            options={
                "verbose_name": "candidate",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("election", "name", "organisation"), name="a_candidate_stands_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("confirmed", "Confirmed"),
                            ("waiting", "Waiting"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("attended", models.BooleanField(null=True)),
                ("made", models.DateTimeField()),
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
                "verbose_name": "enrolment",
            },
        ),
        migrations.CreateModel(
            name="Attestation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=10, unique=True)),
                ("attended", models.DateField()),
                ("issued", models.DateField()),
                ("until", models.DateField(null=True)),
                ("withdrawn", models.DateTimeField(null=True)),
                ("why_withdrawn", models.TextField(blank=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestations",
                        to="engagement.course",
                    ),
                ),
                (
                    "enrolment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="attestation",
                        to="engagement.enrolment",
                    ),
                ),
            ],
            options={
                "verbose_name": "attestation",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("issued")), _connector="OR"
                        ),
                        name="an_attestation_holds_a_while",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("starts", models.DateTimeField(db_index=True)),
                ("ends", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("access", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("minutes", models.TextField(blank=True)),
                ("guests", models.PositiveSmallIntegerField(default=0)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("changed", models.DateTimeField()),
                (
                    "committee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="engagement.committee",
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
                "verbose_name": "meeting",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))),
                        name="a_meeting_ends_after_it_starts",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="election",
            name="meeting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="elections",
                to="engagement.meeting",
            ),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("taken", models.DateField()),
                ("text", models.TextField()),
                ("changes", models.TextField(blank=True)),
                ("review", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_force", "In Force"),
                            ("revised", "Revised"),
                            ("ended", "Ended"),
                        ],
                        default="in_force",
                        max_length=10,
                    ),
                ),
                ("ended", models.DateField(null=True)),
                ("why_ended", models.TextField(blank=True)),
                (
                    "committee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to="engagement.committee",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_by",
                        to="engagement.decision",
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
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to="engagement.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "indexes": [
                    models.Index(fields=["workspace", "state", "review"], name="decisions_due")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "year", "number"),
                        name="decisions_are_numbered_by_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="a_decision_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended", None), ("state", "in_force")),
                            models.Q(
                                models.Q(("state", "in_force"), _negated=True),
                                ("ended__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_decision_that_ended_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("length_min", models.PositiveSmallIntegerField(default=0)),
                ("led_by", models.CharField(blank=True, max_length=120)),
                ("notes", models.TextField(blank=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="engagement.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of an agenda",
            },
        ),
        migrations.CreateModel(
            name="Mission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("starts", models.DateTimeField(db_index=True)),
                ("ends", models.DateTimeField()),
                ("people_needed", models.PositiveSmallIntegerField()),
                ("skills", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("filled", "Filled"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("people_came", models.PositiveSmallIntegerField(null=True)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("changed", models.DateTimeField()),
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
                "verbose_name": "mission",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))),
                        name="a_mission_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people_needed__gte", 1)), name="a_mission_needs_people"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by_name", models.CharField(max_length=120)),
                ("made", models.DateTimeField()),
                ("skills", models.JSONField(default=list)),
                ("any_skill", models.BooleanField(default=False)),
                ("languages", models.JSONField(default=list)),
                ("slots", models.JSONField(default=list)),
                ("steps", models.PositiveSmallIntegerField(default=0)),
                ("most", models.PositiveSmallIntegerField()),
                ("found", models.PositiveIntegerField()),
                ("closed", models.DateTimeField(null=True)),
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
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calls",
                        to="engagement.mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "call to volunteers",
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", courtepointe.people.sealed.SealedText()),
                ("people", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("confirmed", "Confirmed"),
                            ("waiting", "Waiting"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("consent", models.CharField(max_length=40)),
                ("secret", models.CharField(max_length=64, unique=True)),
                ("made", models.DateTimeField()),
                ("destroy_on", models.DateField(db_index=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="engagement.activity",
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
                "verbose_name": "registration",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("people__range", (1, 30))),
                        name="somebody_registers_a_few",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegistrationNeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("need", models.CharField(max_length=20)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("count", models.PositiveSmallIntegerField()),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="engagement.registration",
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
                "verbose_name": "need of a registration",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("registration", "need", "language"), name="a_need_is_told_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.CharField(blank=True, max_length=200)),
                ("person", models.CharField(blank=True, max_length=120)),
                ("role", models.CharField(max_length=20)),
                ("votes", models.BooleanField(default=True)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="engagement.committee",
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
                "verbose_name": "seat of a committee",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation", ""), _negated=True),
                            models.Q(("person", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_seat_is_somebodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="a_seat_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("expected", "Expected"),
                            ("present", "Present"),
                            ("excused", "Excused"),
                            ("absent", "Absent"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="engagement.meeting",
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
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="engagement.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "presence at a meeting",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "seat"), name="a_seat_is_present_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts", models.DateTimeField(db_index=True)),
                ("ends", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("access", models.TextField(blank=True)),
                ("language", models.CharField(max_length=10)),
                ("places", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("changed", models.DateTimeField()),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="engagement.course",
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
                "verbose_name": "session of a training",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))),
                        name="a_session_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places__gte", 1)), name="a_session_has_a_place"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="enrolment",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="enrolments",
                to="engagement.trainingsession",
            ),
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("what", models.CharField(blank=True, max_length=200)),
                ("planned_cad", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("actual_cad", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="costs",
                        to="engagement.activity",
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
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="costs",
                        to="engagement.trainingsession",
                    ),
                ),
            ],
            options={
                "verbose_name": "cost",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("activity", None), ("session", None), _connector="XOR"),
                        name="a_cost_is_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_cad__gte", 0), ("planned_cad", None), _connector="OR"
                        ),
                        name="a_planned_cost_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_cad__isnull", False),
                            ("actual_cad__isnull", False),
                            _connector="OR",
                        ),
                        name="a_cost_is_planned_or_actual",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Volunteer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=10)),
                ("skills", models.TextField(blank=True)),
                ("languages", models.TextField(blank=True)),
                ("slots", models.TextField(blank=True)),
                ("consent", models.CharField(max_length=40)),
                ("consented", models.DateField()),
                ("keep_until", models.DateField(db_index=True)),
                ("paused", models.BooleanField(default=False)),
                ("last_called", models.DateField(null=True)),
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
                "verbose_name": "volunteer",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "code"), name="a_volunteer_has_one_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("keep_until__gt", models.F("consented"))),
                        name="nobody_is_kept_for_ever",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("text", models.CharField(blank=True, max_length=400)),
                ("given", models.DateField()),
                (
                    "mission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recognitions",
                        to="engagement.mission",
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
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recognitions",
                        to="engagement.volunteer",
                    ),
                ),
            ],
            options={
                "verbose_name": "thanks",
            },
        ),
        migrations.AddField(
            model_name="enrolment",
            name="volunteer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="enrolments",
                to="engagement.volunteer",
            ),
        ),
        migrations.CreateModel(
            name="CallAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                (
                    "answer",
                    models.CharField(
                        choices=[("none", "None"), ("yes", "Yes"), ("no", "No")],
                        default="none",
                        max_length=4,
                    ),
                ),
                ("answered", models.DateTimeField(null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="engagement.call",
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
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="engagement.volunteer",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a call",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("call", "volunteer"), name="a_call_reaches_somebody_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VolunteerContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("contact", courtepointe.people.sealed.SealedText()),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "volunteer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact",
                        to="engagement.volunteer",
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
                "verbose_name": "volunteer’s contact",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "fingerprint"), name="a_contact_is_one_volunteers"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Zone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("area_key", models.CharField(blank=True, max_length=250)),
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
                "verbose_name": "zone",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "code"), name="a_zone_has_one_code"
                    ),
                    models.UniqueConstraint(
                        fields=("workspace", "name"), name="a_zone_has_one_name"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="volunteer",
            name="zone",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="volunteers",
                to="engagement.zone",
            ),
        ),
        migrations.CreateModel(
            name="Pivot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pivot_roles",
                        to="engagement.volunteer",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pivots",
                        to="engagement.zone",
                    ),
                ),
            ],
            options={
                "verbose_name": "pivot citizen",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("volunteer", "role"),
                        name="a_pivot_has_a_role_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="a_pivot_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="mission",
            name="zone",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="missions",
                to="engagement.zone",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="zone",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="engagement.zone",
            ),
        ),
        migrations.CreateModel(
            name="ZoneTouch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="engagement.zone",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="engagement.zone",
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
                "verbose_name": "zones that touch",
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other"), name="two_zones_touch_once"),
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))),
                        name="zones_that_touch_are_in_order",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                fields=("session", "volunteer"), name="somebody_enrols_in_a_session_once"
            ),
        ),
    ]
