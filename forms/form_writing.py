"""Shapes of the pages where the office writes its forms and calls for applications."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from forms.meetings import CLOCK, ClockField


def _strip(text: str | None) -> str | None:
    return text.strip() if text else text


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A form as a YAML file."""

    file = FileField(
        _l("Formuläret som YAML-fil"),
        description=_l("Dra filen hit, eller välj den på datorn. Inget visas för sökande förrän du publicerar."),
        validators=[FileRequired(_l("Välj filen med formuläret."))],
        render_kw={"accept": ".yaml,.yml,.txt"},
    )


class PublishForm(FlaskForm):  # type: ignore[misc]
    """Publish what was looked through: which text, compared with which version, and whether drafts must follow."""

    version = IntegerField(validators=[InputRequired()])
    seen = IntegerField(validators=[InputRequired()])
    drafts_follow = BooleanField(_l("Påbörjade ansökningar måste gå över till den nya versionen innan de skickas in"))


class CallForm(FlaskForm):  # type: ignore[misc]
    """A call for applications. ``family`` gets its choices from the view, and is left out when a call is changed."""

    family = SelectField(_l("Formulär"), coerce=int, validators=[InputRequired(_l("Välj ett formulär."))])
    title = StringField(
        _l("Vad heter utlysningen?"),
        description=_l("Till exempel: Medel till insatser 2027."),
        filters=[_strip],
        validators=[DataRequired(_l("Skriv vad utlysningen heter.")), Length(max=200)],
    )
    information = TextAreaField(
        _l("Vad ska den som söker veta?"),
        description=_l("Visas på sidan där man börjar sin ansökan."),
        filters=[_strip],
        validators=[Optional(), Length(max=2000)],
        render_kw={"rows": 5},
    )
    opens_day = DateField(_l("Öppnar"), validators=[InputRequired(_l("Ange dagen, till exempel 2026-04-09."))])
    opens_time = ClockField(
        _l("Öppnar klockan"),
        render_kw=CLOCK,
        validators=[InputRequired(_l("Skriv klockslaget så här: 11.30."))],
    )
    closes_day = DateField(_l("Sista dag"), validators=[InputRequired(_l("Ange dagen, till exempel 2026-04-09."))])
    closes_time = ClockField(
        _l("Senast klockan"),
        render_kw=CLOCK,
        validators=[DataRequired(_l("Skriv klockslaget så här: 11.30."))],
    )
    late_policy = RadioField(
        _l("Om en ansökan kommer för sent"),
        choices=[
            SelectChoice("refuse", _l("Den tas inte emot. Det som är skrivet finns kvar.")),
            SelectChoice("mark", _l("Den tas emot och märks som sen.")),
        ],
        default="refuse",
        validators=[InputRequired(_l("Välj vad som ska hända."))],
    )
    earliest = DateField(_l("Insatser får börja tidigast"), validators=[Optional()])
    latest = DateField(_l("Insatser får sluta senast"), validators=[Optional()])
    remind = StringField(
        _l("Påminn så många arbetsdagar före sista dagen"),
        description=_l("Till dem som har börjat och inte skickat in. Skriv tal med komma mellan, till exempel 10, 2."),
        filters=[_strip],
        validators=[Optional(), Length(max=60)],
        default="10, 2",
    )

    def offer(self, families: Iterable[tuple[int, str]]) -> None:
        """Let one of these forms be chosen: id and title of each."""
        self.family.choices = [SelectChoice(str(family_id), title) for family_id, title in families]

    def validate_remind(self, field: StringField) -> None:
        """Whole numbers only."""
        if not all(part.isdigit() for part in _parts(field.data)):
            raise ValidationError(_l("Skriv tal med komma mellan, till exempel 10, 2."))

    def remind_days(self) -> tuple[int, ...]:
        """The numbers that were typed."""
        return tuple(int(part) for part in _parts(self.remind.data))


def _parts(typed: str | None) -> list[str]:
    return [part for part in re.split(r"[,;\s]+", typed or "") if part]
